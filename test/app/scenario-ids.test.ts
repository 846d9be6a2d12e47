import { expect, test } from 'vitest';
import { scenarioIds } from '../../src/app/scenario-ids.ts';
import { computeStressBook } from '../../src/risk/stress/compute-stress-book.ts';
import { allScenarios } from '../../src/risk/stress/scenario-grid.ts';
import { desk, snapshotOf } from '../commands/small-desk.ts';

test('every scenario that /stress has for the desk is offered by its name', () => {
  const snapshot = snapshotOf(...desk);
  const book = computeStressBook(snapshot);
  const volatility = Object.fromEntries(book.assets.map((asset) => [asset, 0.02]));
  const offered = scenarioIds(snapshot);
  const known = allScenarios(book, volatility).map(({ id }) => id);
  expect(known.filter((id) => !offered.includes(id))).toEqual([]);
  expect(offered).toEqual(expect.arrayContaining(['2025-10-10', 'all-30', 'vol-x2-down']));
  expect(new Set(offered).size).toBe(offered.length);
});

test('a desk of which nothing is known yet offers what needs no asset', () => {
  expect(scenarioIds(snapshotOf())).toEqual(expect.arrayContaining(['2025-10-10', 'funding+0.3']));
});
