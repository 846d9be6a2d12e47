import type { BookSide } from './exit-cost.ts';
import { exitCost } from './exit-cost.ts';
import { squareRootImpact } from './square-root-impact.ts';

export interface ExitQuestion {
  /** Base units to close. */
  readonly size: number;
  readonly book: BookSide;
  readonly sigmaDaily: number;
  /** Base units a day; null: not known. */
  readonly dailyVolume: number | null;
}

/** Coefficient of the impact law until own fills calibrate it. */
const IMPACT_COEFFICIENT = 1;

/**
 * Share of the price that closing the whole position costs: by the book when it can take it all, else by
 * the square-root law or by the part that is shown, whichever says more. Null when the book ends and no
 * volume is known: a guess past the last level is no figure.
 */
export function exitImpact({ size, book, sigmaDaily, dailyVolume }: ExitQuestion): number | null {
  if (!(size > 0) || !(book.mid > 0)) return null;
  const { unfilled, slippage } = exitCost(book, size);
  if (unfilled === 0) return slippage;
  if (dailyVolume === null) return null;
  const coefficient = IMPACT_COEFFICIENT;
  const law = squareRootImpact({ coefficient, sigmaDaily, size, dailyVolume });
  return Number.isFinite(law) ? Math.max(law, slippage ?? 0) : null;
}

/** Impacts below this are the spread and noise of any market: no reason to widen. */
const MATERIAL_IMPACT = 0.001;

export function isMaterialImpact(impact: number): boolean {
  return impact >= MATERIAL_IMPACT;
}

/**
 * The barrier moved towards the mark by what getting out costs: past it, closing leaves less than
 * maintenance. At most to the mark itself; where it was when the impact is immaterial.
 */
export function widenBarrier(
  { mark, barrier }: { readonly mark: number; readonly barrier: number },
  impact: number,
): number {
  if (!isMaterialImpact(impact)) return barrier;
  return barrier < mark
    ? Math.min(mark, barrier * (1 + impact))
    : Math.max(mark, barrier * (1 - impact));
}
