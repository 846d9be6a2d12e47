/**
 * Tails of a sample of returns or of profits and losses; `tail` is the probability, 0.01 for 99 %. The four
 * conventions in use differ by more than a tenth on a month of data, so each has its own name.
 * All take the sample sorted ascending (worst first); VaR and ES are losses, positive.
 */
export type Ascending = ArrayLike<number>;

export function ascending(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/** Quantile by linear interpolation at (n − 1)p, type 7 of Hyndman and Fan: numpy's and R's default. */
export function quantileType7(sorted: Ascending, p: number): number {
  const { low, part } = typeSevenPlace(sorted.length, p);
  return part === 0
    ? item(sorted, low)
    : item(sorted, low) * (1 - part) + item(sorted, low + 1) * part;
}

/** Where the type 7 quantile lies: `part` of the way from item `low` to the next. */
export function typeSevenPlace(
  count: number,
  p: number,
): { readonly low: number; readonly part: number } {
  const place = (count - 1) * p;
  const low = Math.floor(place);
  return { low, part: place - low };
}

/** Loss at the order statistic ⌈np⌉, no interpolation: Riskfolio-Lib's VaR. */
export function orderStatisticVar(sorted: Ascending, tail: number): number {
  return -item(sorted, Math.max(Math.ceil(sorted.length * tail) - 1, 0));
}

/**
 * Weights of the sorted sample that make up the worst `tail`: whole for ⌊n·tail⌋ items, the rest a part of
 * the next (Acerbi and Tasche 2002). They sum to 1.
 */
export function tailWeights(count: number, tail: number): Float64Array {
  const mass = count * tail;
  const whole = Math.floor(mass);
  const weights = new Float64Array(Math.min(whole + 1, count)).fill(1 / mass);
  if (whole < count) weights[whole] = (mass - whole) / mass;
  return weights;
}

/** Exact mean of the worst `tail` with fractional weight; equals Rockafellar and Uryasev's form. */
export function expectedShortfall(sorted: Ascending, tail: number): number {
  return -tailWeights(sorted.length, tail).reduce((sum, w, i) => sum + w * item(sorted, i), 0);
}

/** Plain mean of the ⌊(n − 1)·tail⌋ + 1 worst: empyrical's CVaR, named because it understates. */
export function empyricalShortfall(sorted: Ascending, tail: number): number {
  const count = Math.floor((sorted.length - 1) * tail) + 1;
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += item(sorted, i);
  return -sum / count;
}

function item(sorted: Ascending, index: number): number {
  return sorted[index] ?? Number.NaN;
}
