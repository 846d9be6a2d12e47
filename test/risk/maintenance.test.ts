import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Decimal, dec, ZERO } from '../../src/domain/decimal.ts';
import {
  continuousTiers,
  maintenanceOf,
  tierMaintenance,
  valueTiers,
} from '../../src/risk/maintenance.ts';
import { instrument, tiers } from './sample-desk.ts';

const BRACKETS = tiers(['0', '0.004', '0'], ['50000', '0.005', '50'], ['250000', '0.01', '1300']);

test.each([
  { why: 'inside the first', value: '10000', maintenance: '40' },
  { why: 'exactly at a cap: still below it', value: '50000', maintenance: '200' },
  { why: 'just past a cap', value: '50001', maintenance: '200.005' },
  { why: 'in the last, which has no end', value: '1000000', maintenance: '8700' },
])('maintenance $why', ({ value, maintenance }) => {
  expect(maintenanceOf(BRACKETS, dec(value))?.toString()).toBe(maintenance);
});

test('a value past the cap of the last bracket is charged as the last bracket', () => {
  const capped = BRACKETS.map((tier) => ({ ...tier, cap: tier.cap ?? dec('1000000') }));
  expect(maintenanceOf(capped, dec('2000000'))?.toString()).toBe('18700');
});

test('deductions follow from floors and rates', () => {
  const made = continuousTiers(BRACKETS.map(({ floor, rate }) => ({ floor, rate })));
  expect(made).toEqual(BRACKETS);
});

describe('brackets over the settle value', () => {
  const steps = tiers(['0', '0.01', '0'], ['100', '0.02', '1']);

  test.each([
    { why: 'linear in contracts', symbol: 'BTC/USDT:USDT', unit: 'contracts', rate: '0.015' },
    { why: 'linear in base units', symbol: 'BTC/USDT:USDT', unit: 'base', rate: '0.01' },
    { why: 'inverse in dollars', symbol: 'BTC/USD:BTC', unit: 'quote', rate: '0.01' },
    { why: 'inverse in contracts', symbol: 'BTC/USD:BTC', unit: 'contracts', rate: '0.015' },
  ] as const)('$why do not move with the price: one bracket', ({ symbol, unit, rate }) => {
    const contract = instrument(symbol, {
      tiers: steps,
      tierUnit: unit,
      contractSize: dec('0.1'),
    });
    // 200 contracts are past 100, their 20 units are not.
    const flat = valueTiers(contract, dec('200'));
    expect(flat).toHaveLength(1);
    expect(flat?.[0]?.rate.toString()).toBe(rate);
    expect(flat?.[0]?.cap).toBeNull();
  });

  test.each([
    { symbol: 'BTC/USDT:USDT', unit: 'quote' },
    { symbol: 'BTC/USD:BTC', unit: 'base' },
  ] as const)('$symbol in $unit move with the price: kept', ({ symbol, unit }) => {
    expect(valueTiers(instrument(symbol, { tiers: steps, tierUnit: unit }), dec('200'))).toBe(
      steps,
    );
  });

  test('none given, none known', () => {
    expect(valueTiers(instrument('BTC/USDT:USDT'), dec('1'))).toBeNull();
    expect(valueTiers(instrument('BTC/USDT:USDT', { tiers: [] }), dec('1'))).toBeNull();
  });
});

test('made deductions leave no jump: either bracket says the same where one ends, and more is never less', () => {
  const step = fc.record({
    width: fc.integer({ min: 1, max: 5_000_000 }),
    rise: fc.integer({ min: 1, max: 400 }),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      let floor = ZERO;
      let rate = ZERO;
      const tiers = continuousTiers(
        steps.map(({ width, rise }, index) => {
          if (index > 0) floor = floor.plus(width);
          rate = rate.plus(dec(rise).div(10_000));
          return { floor, rate };
        }),
      );
      for (const [index, upper] of tiers.entries()) {
        const lower = tiers[index - 1];
        if (lower === undefined) continue;
        const edge = upper.floor;
        expect(tierMaintenance(upper, edge).eq(tierMaintenance(lower, edge))).toBe(true);
        const at = (value: Decimal) => maintenanceOf(tiers, value) ?? expect.fail('no brackets');
        expect(at(edge.times('0.9999')).lte(at(edge))).toBe(true);
        expect(at(edge.times('1.0001')).gte(at(edge))).toBe(true);
      }
    }),
    { seed: 20_261_128, numRuns: 1000 },
  );
});
