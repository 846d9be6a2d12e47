import type { Decimal } from '../domain/decimal.ts';
import { dec, ONE, ZERO } from '../domain/decimal.ts';
import type { Instrument, MaintenanceTier } from '../domain/instrument.ts';
import type { Side } from '../domain/position.ts';
import type { Price } from '../domain/units.ts';
import { asPrice } from '../domain/units.ts';
import { bankruptcyPrice } from './bankruptcy-price.ts';
import { maintenanceOf, tierMaintenance } from './maintenance.ts';
import type { MarginProfile } from './margin-profile.ts';
import { requirementWithFee } from './margin-ratio.ts';
import { settleValue } from './notional.ts';

const EDGE = dec('1e-30');

/** One isolated position and the rules it is under, amounts in its settle currency. */
export interface IsolatedLeg {
  readonly kind: Instrument['kind'];
  readonly side: Side;
  /** Linear: base units; inverse: face value in quote currency. */
  readonly size: Decimal;
  readonly entry: Decimal;
  /** Assigned margin, without PnL. */
  readonly margin: Decimal;
  /** Over the settle value (see valueTiers), at least one. */
  readonly tiers: readonly MaintenanceTier[];
  /** Zero where the profile has no closing fee. */
  readonly takerFee: Decimal;
  readonly profile: Pick<MarginProfile, 'maintenanceOn' | 'closingFee'>;
}

/**
 * The price at which equity equals the requirement, with the bracket of that very price; null when no
 * price does it. Exact: the brackets are walked and one linear equation is solved in each.
 *
 * Linear positions are affine in the price u = P, inverse ones in u = 1/P; either way the settle value
 * is N·u, equity is K + g·N·u (g = ±1) and the requirement (r + f)·N·u − d. Where brackets are not
 * continuous there can be several crossings: the first one from `from` (a price, say the mark) in the
 * dangerous direction is meant, or the first from safety when `from` is null.
 */
export function isolatedLiquidationPrice(leg: IsolatedLeg, from: Decimal | null): Price | null {
  const line = equityLine(leg);
  if (line === null) return null;
  const crossings =
    leg.profile.maintenanceOn === 'entry' ? entryCrossing(leg, line) : markCrossings(leg, line);
  const start = from === null ? null : coordinate(leg, from);
  const u = firstCrossing(crossings, line.gain, start);
  if (u === null) return null;
  return asPrice(leg.kind === 'linear' ? u : ONE.div(u));
}

/** Equity counted by the venue as a line over u: base + gain × value, value = size × u. */
interface EquityLine {
  readonly base: Decimal;
  readonly gain: 1 | -1;
}

function equityLine(leg: IsolatedLeg): EquityLine | null {
  const { kind, side, size, entry } = leg;
  const gain = (side === 'long') === (kind === 'linear') ? 1 : -1;
  const entryValue = settleValue(kind, size, entry);
  if (leg.profile.closingFee !== 'reserved') {
    return { base: leg.margin.minus(entryValue.times(gain)), gain };
  }
  // The reserved fee is no help, so equity is what is left before bankruptcy: zero exactly there.
  const bankruptcy = bankruptcyPrice({ ...leg, closingFee: leg.takerFee });
  if (bankruptcy === null) return null;
  return { base: settleValue(kind, size, bankruptcy).times(-gain), gain };
}

/** Maintenance does not move with the price: base + gain × value = maintenance at entry [+ fee × value]. */
function entryCrossing(leg: IsolatedLeg, { base, gain }: EquityLine): Decimal[] {
  const required = maintenanceOf(leg.tiers, settleValue(leg.kind, leg.size, leg.entry));
  if (required === null) return [];
  return positive(required.minus(base), leg.size.times(addedFee(leg).neg().plus(gain)));
}

function markCrossings(leg: IsolatedLeg, { base, gain }: EquityLine): Decimal[] {
  const fee = addedFee(leg);
  const spare = (tier: MaintenanceTier, value: Decimal): Decimal =>
    base
      .plus(value.times(gain))
      .minus(requirementWithFee(tierMaintenance(tier, value), value, fee));
  const found: Decimal[] = [];
  let from = ZERO;
  for (const [index, tier] of leg.tiers.entries()) {
    const to = index === leg.tiers.length - 1 ? null : tier.cap;
    const slope = leg.size.times(tier.rate.plus(fee).minus(gain));
    for (const u of positive(base.plus(tier.deduction), slope)) {
      if (isWithin(u.times(leg.size), from, to)) found.push(u);
    }
    const next = leg.tiers[index + 1];
    if (to === null || next === undefined) break;
    // A bracket that starts with a jump can be where the money runs out.
    if (spare(tier, to).gt(0) && spare(next, to).lt(0)) found.push(to.div(leg.size));
    from = to;
  }
  return found;
}

/**
 * Both ends count, with a hair of slack: a root exactly on an edge must not fall between two brackets
 * because its fortieth digit was rounded. The ends are those of tierAt: caps decide, the last has none.
 */
function isWithin(value: Decimal, from: Decimal, to: Decimal | null): boolean {
  const slack = value.times(EDGE);
  return value.plus(slack).gte(from) && (to === null || value.minus(slack).lte(to));
}

/** Going down from `start` when a higher u is better, going up when it is worse; else the nearest behind. */
function firstCrossing(
  crossings: readonly Decimal[],
  gain: 1 | -1,
  start: Decimal | null,
): Decimal | null {
  const inOrder = crossings.toSorted((a, b) => a.comparedTo(b) * -gain);
  const ahead =
    start === null ? undefined : inOrder.find((u) => (gain === 1 ? u.lte(start) : u.gte(start)));
  if (ahead !== undefined) return ahead;
  return (start === null ? inOrder[0] : inOrder.at(-1)) ?? null;
}

function addedFee(leg: IsolatedLeg): Decimal {
  return leg.profile.closingFee === 'added' ? leg.takerFee : ZERO;
}

function coordinate(leg: IsolatedLeg, price: Decimal): Decimal | null {
  if (leg.kind === 'linear') return price;
  return price.isZero() ? null : ONE.div(price);
}

function positive(numerator: Decimal, denominator: Decimal): Decimal[] {
  if (denominator.isZero()) return [];
  const u = numerator.div(denominator);
  return u.gt(0) ? [u] : [];
}
