import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Decimal } from '../../src/domain/decimal.ts';
import { dec, ONE, ZERO } from '../../src/domain/decimal.ts';
import { asRatio } from '../../src/domain/units.ts';
import { bankruptcyPrice } from '../../src/risk/bankruptcy-price.ts';
import type { IsolatedLeg } from '../../src/risk/isolated-liquidation.ts';
import {
  isolatedLiquidationPrice,
  walkedLiquidationPrice,
} from '../../src/risk/isolated-liquidation.ts';
import { continuousTiers, maintenanceOf } from '../../src/risk/maintenance.ts';
import { healthFactor, requirementWithFee } from '../../src/risk/margin-ratio.ts';
import { settleValue } from '../../src/risk/notional.ts';
import { unrealizedPnl } from '../../src/risk/pnl.ts';
import { tiers } from './sample-desk.ts';

const SEED = 20_260_711;

/** Equity as the venue's rule counts it ÷ what that rule demands, at a price. */
function ruleHealth(leg: IsolatedLeg, mark: Decimal): Decimal | null {
  const { closingFee, maintenanceOn } = leg.profile;
  const value = settleValue(leg.kind, leg.size, mark);
  const base = maintenanceOn === 'entry' ? settleValue(leg.kind, leg.size, leg.entry) : value;
  const maintenance = maintenanceOf(leg.tiers, base) ?? ZERO;
  const fee = closingFee === 'added' ? leg.takerFee : ZERO;
  const required = requirementWithFee(maintenance, value, fee);
  if (closingFee !== 'reserved') {
    return healthFactor(leg.margin.plus(unrealizedPnl({ ...leg, mark })), required);
  }
  const bankruptcy = bankruptcyPrice({ ...leg, closingFee: leg.takerFee });
  if (bankruptcy === null) return null;
  return healthFactor(unrealizedPnl({ ...leg, entry: bankruptcy, mark }), required);
}

const cents = (min: number, max: number) =>
  fc.integer({ min: min * 100, max: max * 100 }).map((n) => dec(n).div(100));

const arbitraryLeg: fc.Arbitrary<IsolatedLeg> = fc
  .record({
    kind: fc.constantFrom('linear' as const, 'inverse' as const),
    side: fc.constantFrom('long' as const, 'short' as const),
    entry: cents(100, 100_000),
    size: cents(1, 1000),
    leverage: cents(2, 50),
    takerFee: fc.integer({ min: 0, max: 10 }).map((n) => dec(n).div(10_000)),
    profile: fc.record({
      maintenanceOn: fc.constantFrom('mark' as const, 'entry' as const),
      closingFee: fc.constantFrom('none' as const, 'added' as const, 'reserved' as const),
    }),
    // Floors around the value at entry, so that the bracket at the price often is not the one at entry.
    floors: fc.uniqueArray(fc.integer({ min: 40, max: 180 }), { maxLength: 6 }),
    rates: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 7, maxLength: 7 }),
  })
  .map(({ leverage, floors, rates, ...rest }) => {
    // Inverse size is a face value: as many dollars as the linear position is worth.
    const size = rest.kind === 'linear' ? rest.size : rest.size.times(rest.entry);
    const value = settleValue(rest.kind, size, rest.entry);
    const sorted = [0, ...floors.toSorted((a, b) => a - b)];
    const rising = rates.toSorted((a, b) => a - b);
    const table = sorted.map((percent, index) => ({
      floor: value.times(percent).div(100),
      rate: dec(rising[index] ?? 40).div(1000),
    }));
    return { ...rest, size, margin: value.div(leverage), tiers: continuousTiers(table) };
  });

/** The same leg under brackets that jump up, jump down, cost more than they earn, or end where it dies. */
const jaggedLeg: fc.Arbitrary<IsolatedLeg> = fc
  .record({
    leg: arbitraryLeg,
    jumps: fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 8, maxLength: 8 }),
    steep: fc.option(fc.integer({ min: 900, max: 1100 })),
    edge: fc.option(fc.nat(6)),
  })
  .map(({ leg, jumps, steep, edge }) => {
    const value = settleValue(leg.kind, leg.size, leg.entry);
    const jagged = leg.tiers.map((tier, index) => ({
      ...tier,
      rate: index === 3 && steep !== null ? asRatio(dec(steep).div(1000)) : tier.rate,
      deduction: tier.deduction.plus(value.times(jumps[index] ?? 0).div(10_000)),
    }));
    const dies = walkedLiquidationPrice({ ...leg, tiers: jagged }, leg.entry);
    const last = jagged.length - 2;
    if (edge === null || dies === null || last < 0) return { ...leg, tiers: jagged };
    const cap = settleValue(leg.kind, leg.size, dies);
    const at = Math.min(edge, last);
    return { ...leg, tiers: jagged.map((tier, i) => (i === at ? { ...tier, cap } : tier)) };
  });

test('found by doubles or walked in decimals, it is the same to the digit, over 2,000 legs', () => {
  const same = (leg: IsolatedLeg, from: Decimal | null) => {
    const [found, walked] = [
      isolatedLiquidationPrice(leg, from),
      walkedLiquidationPrice(leg, from),
    ];
    expect(found?.toString() ?? null).toBe(walked?.toString() ?? null);
  };
  fc.assert(
    fc.property(fc.oneof(arbitraryLeg, jaggedLeg, jaggedLeg), (leg) => {
      same(leg, leg.entry);
      same(leg, null);
    }),
    { seed: SEED, numRuns: 2000 },
  );
});

describe('the estimated liquidation price', () => {
  test('is where the venue’s own rule reads exactly 1, with the bracket of that price', () => {
    fc.assert(
      fc.property(arbitraryLeg, (leg) => {
        const price = isolatedLiquidationPrice(leg, leg.entry);
        if (price === null) {
          // Only a short fully covered in coin may be safe at every price.
          return leg.kind === 'inverse' && leg.side === 'short';
        }
        const health = ruleHealth(leg, price);
        return health?.minus(ONE).abs().lt('1e-20') === true;
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  test('separates safety from liquidation: a hair to either side', () => {
    fc.assert(
      fc.property(arbitraryLeg, (leg) => {
        const price = isolatedLiquidationPrice(leg, leg.entry);
        if (price === null) return;
        const hair = dec(leg.side === 'long' ? '1e-9' : '-1e-9');
        expect(ruleHealth(leg, price.times(ONE.plus(hair)))?.gt(1)).toBe(true);
        expect(ruleHealth(leg, price.times(ONE.minus(hair)))?.lt(1)).toBe(true);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  test('moves away from the position with every bit of margin', () => {
    fc.assert(
      fc.property(arbitraryLeg, cents(1, 100), (leg, percent) => {
        const before = isolatedLiquidationPrice(leg, leg.entry);
        const more = { ...leg, margin: leg.margin.times(ONE.plus(percent.div(100))) };
        const after = isolatedLiquidationPrice(more, leg.entry);
        if (after === null) return;
        expect(before).not.toBeNull();
        if (before === null) return;
        expect(leg.side === 'long' ? after.lt(before) : after.gt(before)).toBe(true);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });
});

const ON_MARK = { maintenanceOn: 'mark', closingFee: 'none' } as const;

function leg(more: Partial<IsolatedLeg>): IsolatedLeg {
  return {
    ...{ kind: 'linear', side: 'long', size: dec('1'), entry: dec('100'), margin: dec('10') },
    ...{ tiers: tiers(['0', '0.01', '0']), takerFee: ZERO, profile: ON_MARK },
    ...more,
  };
}

// A jump of maintenance at 110, as of a venue that gives no deductions: 1.1 below it, 11 above.
const JUMP = tiers(['0', '0.01', '0'], ['110', '0.1', '0']);

test.each([
  { why: 'long paid in full: no price above zero', leg: { margin: dec('100') }, at: null },
  {
    why: '1x inverse short: covered in coin at every price',
    leg: { kind: 'inverse' as const, side: 'short' as const, margin: dec('0.01') },
    at: null,
  },
  {
    why: 'root exactly on the edge of two brackets',
    leg: { margin: dec('20.8'), tiers: tiers(['0', '0.01', '0'], ['80', '0.02', '0.8']) },
    at: '80',
  },
  {
    why: 'the last bracket has no end even when a cap is given',
    leg: {
      side: 'short' as const,
      margin: dec('21.1'),
      tiers: tiers(['0', '0.01', '0'], ['50', '0.01', '0']).map((tier) => ({
        ...tier,
        cap: tier.cap ?? dec('90'),
      })),
    },
    at: '119.900990099',
  },
  {
    why: 'a short runs into a bracket that starts with a jump',
    leg: { side: 'short' as const, margin: dec('15'), tiers: JUMP },
    at: '110',
  },
  {
    why: 'a long below such a bracket is liquidated by a fall, not where the jump is',
    leg: { margin: dec('5'), tiers: JUMP },
    at: '95.9595959596',
  },
])('$why', ({ leg: more, at }) => {
  const price = isolatedLiquidationPrice(leg(more), dec('100'));
  expect(price?.toDecimalPlaces(10).toString() ?? null).toBe(at);
});

test('a position already past its price still has one, behind it', () => {
  const price = isolatedLiquidationPrice(leg({}), dec('80'));
  expect(price?.toDecimalPlaces(6).toString()).toBe('90.909091');
});
