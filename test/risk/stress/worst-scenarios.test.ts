import { expect, test } from 'vitest';
import { computeStressBook } from '../../../src/risk/stress/compute-stress-book.ts';
import { allScenarios } from '../../../src/risk/stress/scenario-grid.ts';
import { stressDesk } from '../../../src/risk/stress/stress-desk.ts';
import { rankOutcomes, worstOfFamilies } from '../../../src/risk/stress/worst-scenarios.ts';
import { account, desk } from '../sample-desk.ts';
import { leg } from './stressed.ts';

/** A dies of a fall of a quarter, B of a rise of a sixth. */
const snapshot = desk(
  account({
    ...{ id: 'A', venue: 'binanceusdm', equity: '60000', maintenance: '1200' },
    coins: [['USDT', '60000']],
    positions: [leg('long 4 BTC', { account: 'A' })],
  }),
  account({
    ...{ id: 'B', venue: 'binanceusdm', equity: '20000', maintenance: '600' },
    coins: [['USDT', '20000']],
    positions: [leg('short 2 BTC', { account: 'B' })],
  }),
);
const book = computeStressBook(snapshot);
const ranked = rankOutcomes(allScenarios(book).map((scenario) => stressDesk(book, scenario)));
const families = worstOfFamilies(ranked);

test('most accounts liquidated first, then the largest loss', () => {
  const keys = ranked.map(({ liquidated, lossUsd }) => [liquidated, lossUsd ?? 0] as const);
  expect(keys).toEqual(keys.toSorted(([a, x], [b, y]) => b - a || y - x));
  expect(ranked).toHaveLength(allScenarios(book).length);
});

test('one line a family, with the mildest step that liquidates anything', () => {
  const told = families.map(({ outcome, deadlyFrom }) => [outcome.scenario.id, deadlyFrom?.id]);
  const ids = told.map(([id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => id?.startsWith('all-'))).toHaveLength(1);
  // A: 240,000 × 25 % is its 60,000 less maintenance; B: 120,000 × 16.1 %.
  const from = new Map(told.map(([id, first]) => [id?.replace(/[\d.]+$/, ''), first]));
  expect(from.get('all-')).toBe('all-25');
  expect(from.get('btc+')).toBe('btc+20');
  expect(from.get('basis')).toBeUndefined();
});

test('a crash stands for itself unless deleveraging liquidates more', () => {
  const crashes = families.filter(({ outcome }) => outcome.scenario.kind === 'recorded');
  expect(crashes).toHaveLength(10);
  for (const { outcome, liquidated } of crashes) {
    const plain = ranked.find((each) => each.outcome.scenario.id === outcome.scenario.id);
    expect(plain?.liquidated).toBe(liquidated);
    if (outcome.scenario.deleveraged > 0) {
      const base = ranked.find(
        (each) => each.outcome.scenario.id === outcome.scenario.id.replace(/-adl-\w+$/, ''),
      );
      expect(base?.liquidated).toBeLessThan(liquidated);
    }
  }
});
