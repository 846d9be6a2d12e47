import { faultTrace } from '../../domain/fault-trace.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Mark, MarketSource } from '../../ports/market-data.ts';
import type { MarkTick } from '../../ports/venue-stream.ts';

interface MarkPollingDeps {
  readonly sources: readonly MarketSource[];
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Whether marks of this venue come by themselves now. */
  readonly isStreamed: (venue: string) => boolean;
  readonly heed: (tick: MarkTick) => void;
  /** Everything that one answer said: what dollar coins cost is in it too. */
  readonly told: (marks: readonly Mark[], askedAt: number) => void;
}

/** Without a stream: one call for all instruments of a venue, well inside every venue's budget. */
const ALONE_MS = 3000;
/** Beside a stream: only for coins, and so that a stream that lies is found out. */
const BESIDE_MS = 30_000;
const LIMIT_MS = 8000;

/** Asks every venue for its marks, side by side, until `signal` aborts. */
export function startMarkPolling(deps: MarkPollingDeps): {
  lastAt(): number | null;
  readonly done: Promise<void>;
} {
  const { clock, log, signal } = deps;
  let lastAt: number | null = null;
  const ask = async (source: MarketSource) => {
    const late = new AbortController();
    const settled = new AbortController();
    void clock.after(LIMIT_MS, settled.signal).then(() => late.abort());
    // A mark is at least as new as the question; the answer may have been on its way for long.
    const askedAt = clock.now();
    const found = await source.marks(AbortSignal.any([signal, late.signal]));
    settled.abort();
    if (!found.ok) return;
    lastAt = clock.now();
    deps.told(found.value.value, askedAt);
    for (const { instrument, markPrice } of found.value.value) {
      deps.heed({ instrument, markPrice, observedAt: askedAt });
    }
  };
  const poll = async (source: MarketSource) => {
    while (!signal.aborted) {
      try {
        await ask(source);
      } catch (cause) {
        log.error('marks not read', { source: source.name, error: faultTrace(cause) });
      }
      const isStreamed = source.venues.every(deps.isStreamed);
      await clock.after(isStreamed ? BESIDE_MS : ALONE_MS, signal);
    }
  };
  const done = Promise.all(deps.sources.map(poll)).then(() => {});
  return { lastAt: () => lastAt, done };
}
