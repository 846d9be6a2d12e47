import type { Clock } from '../../ports/clock.ts';
import type { ActionsRunning } from './create-actions.ts';

const SHORTEST_MS = 1000;
const LONGEST_MS = 15_000;
/** With nothing unknown there are only previews that expire, and whoever holds one is told at the click. */
const IDLE_MS = 5000;

/** Settles what is open, again and again; ever less often as long as nothing new is unknown. */
export function startSettleLoop(
  actions: Pick<ActionsRunning, 'settle' | 'openCount'>,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): { lastAt(): number | null } {
  let lastAt: number | null = null;
  void (async () => {
    let pause = SHORTEST_MS;
    let known = 0;
    while (!signal.aborted) {
      await actions.settle();
      lastAt = clock.now();
      const open = await actions.openCount();
      pause = open > known ? SHORTEST_MS : Math.min(pause * 2, LONGEST_MS);
      known = open;
      await clock.after(open === 0 ? IDLE_MS : pause, signal);
    }
  })();
  return { lastAt: () => lastAt };
}
