import type { Decimal } from '../domain/decimal.ts';
import { ZERO } from '../domain/decimal.ts';
import { difference, sum } from '../domain/sum.ts';
import { bankruptcyPrice } from './bankruptcy-price.ts';
import type { IsolatedLeg } from './isolated-liquidation.ts';
import { settleValue } from './notional.ts';

/** Equity counted by the venue as a line over u: base + gain × value, value = size × u. */
export interface EquityLine {
  readonly base: Decimal;
  readonly gain: 1 | -1;
}

/** Null when the assigned margin has no bankruptcy price to be reckoned from. */
export function equityLine(leg: IsolatedLeg): EquityLine | null {
  const { kind, side, size, entry, margin } = leg;
  const gain = (side === 'long') === (kind === 'linear') ? 1 : -1;
  if (leg.profile.closingFee !== 'reserved') {
    const entryValue = settleValue(kind, size, entry);
    return { base: gain === 1 ? difference(margin, entryValue) : sum(margin, entryValue), gain };
  }
  // The reserved fee is no help, so equity is what is left before bankruptcy: zero exactly there.
  const bankruptcy = bankruptcyPrice({ ...leg, closingFee: leg.takerFee });
  if (bankruptcy === null) return null;
  const lost = settleValue(kind, size, bankruptcy);
  return { base: gain === 1 ? lost.neg() : lost, gain };
}

/** What is required on top of maintenance, as a share of the value. */
export function addedFee(leg: IsolatedLeg): Decimal {
  return leg.profile.closingFee === 'added' ? leg.takerFee : ZERO;
}
