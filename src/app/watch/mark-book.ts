import type { PastMark } from '../../alerts/look/alert-view.ts';
import { dec } from '../../domain/decimal.ts';
import { isDollar } from '../../domain/money.ts';
import { splitMultiplier } from '../../domain/split-multiplier.ts';
import type { Price } from '../../domain/units.ts';
import type { InstrumentRef } from '../../ports/market-data.ts';
import type { MarkTick } from '../../ports/venue-stream.ts';

/** The newest mark of each instrument, and the road of each asset over the last minutes. */
export interface MarkBook {
  /** False: older than what is known, from the future or long past; nothing has changed. */
  heed(tick: MarkTick): boolean;
  markOf(instrument: InstrumentRef): KnownMark | null;
  /** Of one unit of the asset itself, oldest first; assets that nobody asks for any more fade away. */
  marks(): ReadonlyMap<string, readonly PastMark[]>;
}

interface KnownMark {
  readonly price: Price;
  readonly observedAt: number;
}

/** A tick older than this says nothing of now. */
const STALE_MS = 10_000;
/** Venues' clocks are not ours. */
const AHEAD_MS = 5000;
const KEEP_MS = 15 * 60_000;
const STEP_MS = 1000;

export function createMarkBook(now: () => number): MarkBook {
  const known = new Map<string, KnownMark>();
  const roads = new Map<string, PastMark[]>();

  const remember = (symbol: string, price: Price, at: number) => {
    const [base = '', rest = ''] = symbol.split('/');
    if (!isDollar(rest.split(':')[0] ?? '')) return;
    const { asset, multiplier } = splitMultiplier(base);
    const road = roads.get(asset) ?? [];
    const point = { at, price: multiplier === '1' ? price : price.div(dec(multiplier)) };
    // One point a second is a road; within a second the last one counts.
    if (at - (road.at(-2)?.at ?? 0) < STEP_MS) road.pop();
    road.push(point);
    while ((road[0]?.at ?? at) < at - KEEP_MS) road.shift();
    roads.set(asset, road);
  };

  return {
    heed({ instrument, markPrice, observedAt }) {
      const at = now();
      const key = keyOf(instrument);
      const before = known.get(key);
      const isLate = before !== undefined && observedAt <= before.observedAt;
      const isStray = at - observedAt > STALE_MS || observedAt - at > AHEAD_MS;
      if (isLate || isStray || !markPrice.isFinite() || !markPrice.gt(0)) return false;
      known.set(key, { price: markPrice, observedAt });
      remember(instrument.symbol, markPrice, at);
      return before === undefined || !before.price.eq(markPrice);
    },
    markOf: (instrument) => known.get(keyOf(instrument)) ?? null,
    marks() {
      for (const [asset, road] of roads) {
        if ((road.at(-1)?.at ?? 0) < now() - KEEP_MS) roads.delete(asset);
      }
      return roads;
    },
  };
}

function keyOf({ venue, symbol }: InstrumentRef): string {
  return `${venue} ${symbol}`;
}
