import { err, ok, type Result } from '../domain/result.ts';
import type { VenueError } from '../domain/venue-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { InstrumentRef, MarketSource, Observed, OrderBook } from '../ports/market-data.ts';
import type { MarketGap, MarketGapReason } from './market-gap.ts';

type Depth = Result<Observed<OrderBook>, MarketGap>;

export interface DepthCache {
  /** Asked when somebody needs it; an answer, a refusal too, serves everybody for ten seconds. */
  read(instrument: InstrumentRef, depth: number, signal: AbortSignal): Promise<Depth>;
}

const FRESH_MS = 10_000;

interface Entry {
  readonly askedAt: number;
  readonly answer: Promise<Depth>;
}

export function createDepthCache(sources: readonly MarketSource[], clock: Clock): DepthCache {
  const entries = new Map<string, Entry>();
  const ask = async (
    instrument: InstrumentRef,
    depth: number,
    signal: AbortSignal,
  ): Promise<Depth> => {
    let failure: { readonly source: string; readonly error: VenueError } | null = null;
    for (const source of sources) {
      if (!source.venues.includes(instrument.venue)) continue;
      const answer = await source.book(instrument, depth, signal);
      if (answer.ok) return ok(answer.value);
      failure = { source: source.name, error: answer.error };
    }
    const reason: MarketGapReason =
      failure === null ? { kind: 'no-contract' } : { kind: 'source', ...failure };
    return err({ what: 'depth', subject: instrument.symbol, reason, lastGoodAt: null });
  };
  return {
    read(instrument, depth, signal) {
      const now = clock.now();
      for (const [key, { askedAt }] of entries) {
        if (now - askedAt >= FRESH_MS) entries.delete(key);
      }
      const key = `${instrument.venue} ${instrument.symbol} ${depth}`;
      const known = entries.get(key);
      if (known !== undefined) return known.answer;
      const answer = ask(instrument, depth, signal);
      entries.set(key, { askedAt: now, answer });
      return answer;
    },
  };
}
