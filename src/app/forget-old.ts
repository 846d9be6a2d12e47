import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Store } from '../ports/store.ts';

const SOON_MS = 3_600_000;
const EVERY_MS = 86_400_000;

/**
 * Once a day, first an hour after the start: deletes ended actions, alert events and account history that
 * are older than the desk keeps them. The audit is kept for good. What fails is tried again the next day.
 */
export function startForgetting(deps: {
  readonly store: Pick<Store, 'actions' | 'alerts' | 'history'>;
  readonly keepMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}): { lastAt(): number | null; readonly done: Promise<void> } {
  const { store, clock, log, signal } = deps;
  let lastAt: number | null = null;
  const forget = async (): Promise<void> => {
    const before = clock.now() - deps.keepMs;
    for (const part of [store.actions, store.alerts, store.history]) {
      const forgotten = await part.forget(before);
      if (!forgotten.ok) log.error('old rows not deleted', { kind: forgotten.error.kind });
    }
    lastAt = clock.now();
  };
  const run = async () => {
    await clock.after(SOON_MS, signal);
    while (!signal.aborted) {
      await forget();
      await clock.after(EVERY_MS, signal);
    }
  };
  return { lastAt: () => lastAt, done: run() };
}
