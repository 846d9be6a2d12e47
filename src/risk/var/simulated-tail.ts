import { tailWeights, typeSevenPlace } from '../statistics/historical-tail.ts';

/** A scenario table: `profits[i][t]` is what exposure i makes on simulated day t, USD. */
export interface SimulatedBook {
  readonly profits: readonly Float64Array[];
  readonly totals: Float64Array;
  /** The worst days by total, worst first: enough of them for tails up to a tenth. */
  readonly worst: Int32Array;
}

export function simulatedBook(profits: readonly Float64Array[], days: number): SimulatedBook {
  const totals = new Float64Array(days);
  for (const row of profits) {
    for (let t = 0; t < days; t += 1) totals[t] = (totals[t] as number) + (row[t] as number);
  }
  return { profits, totals, worst: worstDays(totals) };
}

/** A plain sort finds the limit below which to look; sorting all days by index costs ten times as much. */
function worstDays(totals: Float64Array): Int32Array {
  const limit = totals.toSorted()[Math.ceil(totals.length / 5) + 1] ?? Number.POSITIVE_INFINITY;
  const below: number[] = [];
  for (let t = 0; t < totals.length; t += 1) if ((totals[t] as number) <= limit) below.push(t);
  return Int32Array.from(
    below.sort((a, b) => (totals[a] as number) - (totals[b] as number) || a - b),
  );
}

/** A loss measure and what each exposure adds to it; the parts sum to the total. */
export interface Decomposed {
  readonly totalUsd: number;
  readonly parts: readonly number[];
}

/** ES: the parts are each exposure's mean loss on the very days that make up the tail; no scaling. */
export function simulatedShortfall(book: SimulatedBook, tail: number): Decomposed {
  const weights = tailWeights(book.totals.length, tail);
  return { totalUsd: lossOf(book, book.totals, weights), parts: partsOf(book, weights) };
}

/**
 * VaR by the type 7 quantile. Euler's component is the mean loss of an exposure on days when the book loses
 * exactly the VaR; one or two days are too few to tell, so the days ranked around it are averaged (triangular
 * weights, half as wide as the tail is deep) and the parts scaled to add up to the VaR.
 */
export function simulatedVar(book: SimulatedBook, tail: number): Decomposed {
  const count = book.totals.length;
  const { low, part } = typeSevenPlace(count, tail);
  const exact = new Float64Array(low + 2);
  exact[low] = 1 - part;
  if (part > 0) exact[low + 1] = part;
  const totalUsd = lossOf(book, book.totals, exact);
  const parts = partsOf(book, around(count, low + part, Math.max((count * tail) / 2, 1)));
  const scale = totalUsd / parts.reduce((sum, x) => sum + x, 0);
  // Around a hedged book's quantile the average may differ wildly from it: then the quantile's own days.
  const isFair = scale > 0.5 && scale < 2;
  return { totalUsd, parts: isFair ? parts.map((x) => x * scale) : partsOf(book, exact) };
}

function around(count: number, place: number, reach: number): Float64Array {
  const weights = new Float64Array(Math.min(Math.ceil(place + reach) + 2, count));
  weights.forEach((_, rank) => {
    weights[rank] = Math.max(1 - Math.abs(rank - place) / (reach + 1), 0);
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function partsOf(book: SimulatedBook, weights: Float64Array): number[] {
  return book.profits.map((row) => lossOf(book, row, weights));
}

/** Weighted mean loss, weights by rank of the day's total. */
function lossOf({ worst }: SimulatedBook, row: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let rank = 0; rank < weights.length; rank += 1) {
    const weight = weights[rank] as number;
    if (weight !== 0) sum += weight * (row[worst[rank] as number] as number);
  }
  return 0 - sum;
}
