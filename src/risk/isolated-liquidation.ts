import type { Decimal } from '../domain/decimal.ts';
import { dec, ONE, ZERO } from '../domain/decimal.ts';
import type { Instrument, MaintenanceTier } from '../domain/instrument.ts';
import type { Side } from '../domain/position.ts';
import { product } from '../domain/product.ts';
import { quotient } from '../domain/quotient.ts';
import { sum } from '../domain/sum.ts';
import type { Price } from '../domain/units.ts';
import { asPrice } from '../domain/units.ts';
import { costPerValue } from './bracket-table.ts';
import type { EquityLine } from './equity-line.ts';
import { addedFee, equityLine } from './equity-line.ts';
import { maintenanceOf, tierMaintenance } from './maintenance.ts';
import type { MarginProfile } from './margin-profile.ts';
import { requirementWithFee } from './margin-ratio.ts';
import { settleValue } from './notional.ts';
import { isPositive } from './roughly.ts';
import { sureBrackets } from './sure-brackets.ts';

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
 * price does it. Exact: one linear equation is solved in each bracket that may hold the price. Doubles say
 * which do; where they cannot be sure, every bracket is walked.
 *
 * Linear positions are affine in the price u = P, inverse ones in u = 1/P; either way the settle value
 * is N·u, equity is K + g·N·u (g = ±1) and the requirement (r + f)·N·u − d. Where brackets are not
 * continuous there can be several crossings: the first one from `from` (a price, say the mark) in the
 * dangerous direction is meant, or the first from safety when `from` is null.
 */
export function isolatedLiquidationPrice(leg: IsolatedLeg, from: Decimal | null): Price | null {
  const line = equityLine(leg);
  if (line === null) return null;
  if (leg.profile.maintenanceOn === 'entry') return chosen(leg, entryCrossing(leg, line), from);
  const sure = sureBrackets(leg, line);
  if (sure === null) return chosen(leg, markCrossings(leg, line), from);
  return chosen(
    leg,
    sure.flatMap((tier) => crossingIn(tier, leg, line)),
    from,
  );
}

/** The same with every bracket walked in decimals: what the answer above has to agree with, digit by digit. */
export function walkedLiquidationPrice(leg: IsolatedLeg, from: Decimal | null): Price | null {
  const line = equityLine(leg);
  if (line === null) return null;
  const isOnEntry = leg.profile.maintenanceOn === 'entry';
  return chosen(leg, isOnEntry ? entryCrossing(leg, line) : markCrossings(leg, line), from);
}

function chosen(
  leg: IsolatedLeg,
  crossings: readonly Decimal[],
  from: Decimal | null,
): Price | null {
  const [first] = crossings;
  if (first === undefined) return null;
  const u = crossings.length === 1 ? first : firstCrossing(crossings, leg, from);
  return asPrice(leg.kind === 'linear' ? u : quotient(ONE, u));
}

/** Maintenance does not move with the price: base + gain × value = maintenance at entry [+ fee × value]. */
function entryCrossing(leg: IsolatedLeg, { base, gain }: EquityLine): Decimal[] {
  const required = maintenanceOf(leg.tiers, settleValue(leg.kind, leg.size, leg.entry));
  if (required === null) return [];
  return positive(required.minus(base), leg.size.times(addedFee(leg).neg().plus(gain)));
}

function markCrossings(leg: IsolatedLeg, line: EquityLine): Decimal[] {
  const fee = addedFee(leg);
  const spare = (tier: MaintenanceTier, value: Decimal): Decimal =>
    line.base
      .plus(value.times(line.gain))
      .minus(requirementWithFee(tierMaintenance(tier, value), value, fee));
  const found: Decimal[] = [];
  let from = ZERO;
  for (const [index, tier] of leg.tiers.entries()) {
    const to = index === leg.tiers.length - 1 ? null : tier.cap;
    for (const u of crossingIn(tier, leg, line)) {
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

/** By the rule of this bracket, whether its root lies in it or not. */
function crossingIn(
  tier: MaintenanceTier,
  leg: IsolatedLeg,
  { base, gain }: EquityLine,
): Decimal[] {
  const { deduction } = tier;
  const due = deduction.isZero() ? base : sum(base, deduction);
  return positive(due, product(leg.size, costPerValue(tier, addedFee(leg), gain)));
}

/**
 * Both ends count, with a hair of slack: a root exactly on an edge must not fall between two brackets
 * because its fortieth digit was rounded. The ends are those of tierAt: caps decide, the last has none.
 */
function isWithin(value: Decimal, from: Decimal, to: Decimal | null): boolean {
  const slack = value.times(EDGE);
  return value.plus(slack).gte(from) && (to === null || value.minus(slack).lte(to));
}

/** Going down from `from` when a higher u is better, going up when it is worse; else the nearest behind. */
function firstCrossing(
  crossings: readonly Decimal[],
  leg: IsolatedLeg,
  from: Decimal | null,
): Decimal {
  const isFalling = (leg.side === 'long') === (leg.kind === 'linear');
  const inOrder = crossings.toSorted((a, b) => (isFalling ? b.comparedTo(a) : a.comparedTo(b)));
  const start = from === null ? null : coordinate(leg, from);
  const ahead =
    start === null ? undefined : inOrder.find((u) => (isFalling ? u.lte(start) : u.gte(start)));
  return ahead ?? ((start === null ? inOrder[0] : inOrder.at(-1)) as Decimal);
}

function coordinate(leg: IsolatedLeg, price: Decimal): Decimal | null {
  if (leg.kind === 'linear') return price;
  return price.isZero() ? null : quotient(ONE, price);
}

function positive(numerator: Decimal, denominator: Decimal): Decimal[] {
  if (denominator.isZero()) return [];
  const u = quotient(numerator, denominator);
  return isPositive(u) ? [u] : [];
}
