import { expect, test } from 'vitest';
import { probabilityNotes } from '../../commands/layout/probability-notes.ts';
import { probabilityText } from '../../commands/layout/probability-text.ts';
import type { ProbabilityFigure } from '../../src/risk/probability/liquidation-probability.ts';
import { contextFor, snapshotOf } from './small-desk.ts';

const context = contextFor(snapshotOf());
const known = (method: string, isCalibrated: boolean, probability = 0.1234): ProbabilityFigure =>
  ({ kind: 'known', probability, method, isCalibrated, dataAt: null }) as ProbabilityFigure;

test.each([
  { why: 'checked against outcomes', figure: known('excursions', true), shown: '12.4%' },
  { why: 'the same from too few days', figure: known('excursions', false), shown: '~12.4%' },
  { why: 'a simulation', figure: known('simulation', false), shown: '~12.4%' },
  { why: 'nothing liquidates it', figure: known('certain', true, 0), shown: '0%' },
  { why: 'past already', figure: known('certain', true, 1), shown: '100.0%' },
  {
    why: 'next to nothing, rounded to the danger',
    figure: known('simulation', false, 1e-9),
    shown: '~0.01%',
  },
  { why: 'not known', figure: { kind: 'unknown', because: 'no-candles' } as const, shown: '–' },
])('$why: $shown', ({ figure, shown }) => {
  expect(probabilityText(figure, context)).toBe(shown);
});

test('what ~ stands for is said once, with how many; what is missing by reason', () => {
  const notes = probabilityNotes(
    [
      { name: 'aaaa', figure: known('simulation', false) },
      { name: 'bbbb', figure: known('simulation', false) },
      { name: 'cccc', figure: known('reflection', false) },
      { name: 'dddd', figure: known('excursions', true) },
      { name: 'eeee', figure: { kind: 'unknown', because: 'no-candles' } },
      { name: 'ffff', figure: { kind: 'unknown', because: 'no-candles' } },
    ],
    context,
  );
  expect(notes.map(({ text }) => text)).toEqual([
    '~ before P 24h: not checked against outcomes (Monte Carlo of the whole account: 2; formula from volatility alone: 1).',
    'P 24h not known for eeee, ffff: no price history of the asset.',
  ]);
  expect(probabilityNotes([{ name: 'd', figure: known('excursions', true) }], context)).toEqual([]);
});
