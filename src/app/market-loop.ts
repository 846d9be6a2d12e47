import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { MarketHistory } from './market-history.ts';

export interface MarketLoop {
  /** When the last round ended; null before the first. */
  lastAt(): number | null;
  readonly done: Promise<void>;
}

/** Often enough that a closed hour is there half a minute later; a round with nothing due asks nobody. */
const EVERY_MS = 15_000;

/** Keeps the market history fresh until `signal` aborts. */
export function startMarketLoop(
  history: MarketHistory,
  timing: { readonly clock: Clock; readonly log: Log; readonly signal: AbortSignal },
): MarketLoop {
  const { clock, log, signal } = timing;
  let lastAt: number | null = null;
  const run = async () => {
    while (!signal.aborted) {
      try {
        await history.refresh(signal);
      } catch (cause) {
        // A bug of ours must not end the loop with no word.
        log.error('market round failed', {
          error: cause instanceof Error ? cause.name : 'unknown',
        });
      }
      lastAt = clock.now();
      await clock.after(EVERY_MS, signal);
    }
  };
  return { lastAt: () => lastAt, done: run() };
}
