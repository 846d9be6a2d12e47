import type { Position } from '../domain/position.ts';
import type { InstrumentId } from '../domain/units.ts';
import type { Clock } from '../ports/clock.ts';
import type { OrderBook } from '../ports/market-data.ts';
import type { DeskRisk } from '../risk/assess-desk.ts';
import type { InstrumentDepth } from '../risk/probability/probability-evidence.ts';
import type { MarketHistory } from './market-history.ts';

/** Instruments whose books are asked for one answer: the nearest to liquidation. */
const ASKED = 6;
const LEVELS = 50;

export interface DepthDeps {
  readonly history: Pick<MarketHistory, 'book' | 'turnover'>;
  readonly clock: Clock;
  /** An answer waits no longer; what comes later serves the next one. */
  readonly depthWaitMs: number;
  /** Of the program: a book that nobody waits for any more is still read. */
  readonly signal: AbortSignal;
}

/** How deep the books are where getting out matters first. What did not answer in time is absent. */
export async function exitDepth(
  { positions }: Pick<DeskRisk, 'positions'>,
  { history, clock, depthWaitMs, signal }: DepthDeps,
): Promise<ReadonlyMap<InstrumentId, InstrumentDepth>> {
  const nearest = nearestOf(positions);
  const found = new Map<InstrumentId, InstrumentDepth>();
  if (nearest.length === 0) return found;
  const turnover = history.turnover(signal);
  const reading = nearest.map(async (position) => {
    const { instrument } = position;
    const [book, turnoverOf] = await Promise.all([
      history.book(instrument, LEVELS, signal),
      turnover,
    ]);
    const depth = book.ok ? depthOf(book.value.value, position, turnoverOf(instrument)) : null;
    if (depth !== null) found.set(instrument.id, depth);
  });
  const settled = new AbortController();
  await Promise.race([Promise.all(reading), clock.after(depthWaitMs, settled.signal)]);
  settled.abort();
  return new Map(found);
}

function nearestOf(positions: DeskRisk['positions']): Position[] {
  const near = positions
    .filter(({ liquidationDistance }) => liquidationDistance?.gt(0) === true)
    .toSorted((a, b) => a.liquidationDistance?.cmp(b.liquidationDistance ?? 0) ?? 0);
  const byInstrument = new Map(near.map(({ position }) => [position.instrument.id, position]));
  return [...byInstrument.values()].slice(0, ASKED);
}

function depthOf(
  { bids, asks }: OrderBook,
  { markPrice }: Position,
  turnoverUsd: number | null,
): InstrumentDepth | null {
  const [bid, ask] = [bids[0], asks[0]];
  if (bid === undefined || ask === undefined) return null;
  const mid = (bid.price + ask.price) / 2;
  const mark = markPrice?.toNumber() ?? mid;
  return {
    bids: { levels: bids, mid },
    asks: { levels: asks, mid },
    dailyVolume: turnoverUsd !== null && mark > 0 ? turnoverUsd / mark : null,
  };
}
