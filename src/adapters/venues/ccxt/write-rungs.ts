import type { Decimal } from '../../../domain/decimal.ts';
import { ONE } from '../../../domain/decimal.ts';
import type { Rung, StopsState } from '../../../domain/stops.ts';
import { asRatio, type Price } from '../../../domain/units.ts';
import { toStep } from './write-market.ts';

export type StopKind = 'takeProfit' | 'stopLoss';
export const STOP_KINDS: readonly StopKind[] = ['takeProfit', 'stopLoss'];

/** A trigger that closes a number of contracts, whatever the position's size then. */
export interface SizedStop {
  readonly kind: StopKind;
  readonly price: Price;
  readonly contracts: Decimal;
}

/** Stops as venues keep them apart: of the whole position, and of a number of contracts each. */
export interface WantedStops {
  readonly whole: Readonly<Record<StopKind, Price | null>>;
  readonly sized: readonly SizedStop[];
}

/** Null: a rung is smaller than the smallest order. */
export function wantedStops(
  stops: StopsState,
  { contracts, step }: { readonly contracts: Decimal; readonly step: Decimal | null },
): WantedStops | null {
  const sized = STOP_KINDS.flatMap((kind) =>
    wholeOf(stops[kind]) === null
      ? stops[kind].map(({ price, share }) => ({
          kind,
          price,
          contracts: toStep(contracts.times(share), step),
        }))
      : [],
  );
  if (sized.some((stop) => stop.contracts.lte(0))) return null;
  const whole = { takeProfit: wholeOf(stops.takeProfit), stopLoss: wholeOf(stops.stopLoss) };
  return { whole, sized };
}

function wholeOf(rungs: readonly Rung[]): Price | null {
  const [only] = rungs;
  return rungs.length === 1 && only?.share.gte(1) ? only.price : null;
}

/** A share of the position; never more than all of it. */
export function rungOf(price: Price, contracts: Decimal | null, size: Decimal): Rung {
  const share = contracts === null || contracts.gte(size) ? ONE : contracts.div(size);
  return { price, share: asRatio(share) };
}

/** What must come and what must go; each that stands serves one that is wanted. */
export function compareSized<T extends SizedStop>(
  wanted: readonly SizedStop[],
  standing: readonly T[],
): { readonly missing: SizedStop[]; readonly surplus: T[] } {
  const surplus = [...standing];
  const missing = wanted.filter((stop) => {
    const found = surplus.findIndex((other) => isSame(stop, other));
    if (found >= 0) surplus.splice(found, 1);
    return found < 0;
  });
  return { missing, surplus };
}

function isSame(a: SizedStop, b: SizedStop): boolean {
  return a.kind === b.kind && a.price.eq(b.price) && a.contracts.eq(b.contracts);
}
