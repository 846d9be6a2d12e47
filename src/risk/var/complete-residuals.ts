export interface CompletedRow {
  readonly residuals: Float64Array;
  readonly observedDays: number;
  readonly drawnDays: number;
}

/**
 * Fills the days an asset has no residual of its own (listed later, hole in its candles) so that one young
 * coin does not cost the whole desk its history: z = ρ·z_anchor + √(1 − ρ²)·e, where ρ is its correlation
 * with the anchor's residuals on common days and e runs through what ρ does not explain on those days, in
 * order (Stambaugh, Journal of Financial Economics 45, 1997; residuals kept instead of a normal law after
 * Page, Financial Analysts Journal 69, 2013). Null when fewer than `minimum` days are the asset's own.
 * Deterministic; NaN marks a missing day in `own`, the anchor has none.
 */
export function completeResiduals(
  own: Float64Array,
  anchor: Float64Array,
  minimum: number,
): CompletedRow | null {
  const observed: number[] = [];
  for (let t = 0; t < own.length; t += 1) if (!Number.isNaN(own[t])) observed.push(t);
  if (observed.length < minimum) return null;
  const drawnDays = own.length - observed.length;
  if (drawnDays === 0) return { residuals: own, observedDays: observed.length, drawnDays };
  const rho = correlation(observed, own, anchor);
  const unexplained = Math.sqrt(1 - rho ** 2);
  const rest = observed.map(
    (t) => ((own[t] as number) - rho * (anchor[t] as number)) / unexplained,
  );
  let drawn = 0;
  const residuals = own.map((residual, t) => {
    if (!Number.isNaN(residual)) return residual;
    const e = rest[drawn % rest.length] as number;
    drawn += 1;
    return rho * (anchor[t] as number) + unexplained * e;
  });
  return { residuals, observedDays: observed.length, drawnDays };
}

/** Kept off ±1, where nothing would be left to draw. */
const MOST = 0.999;

function correlation(days: readonly number[], a: Float64Array, b: Float64Array): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (const t of days) {
    const [x, y] = [a[t] as number, b[t] as number];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  const scale = Math.sqrt(aa * bb);
  return scale > 0 ? Math.min(Math.max(ab / scale, -MOST), MOST) : 0;
}
