import { expect, it } from 'vitest';
import { blindSheet } from '../../src/commentary/blind-sheet.ts';
import { checkPlan } from '../../src/commentary/check-plan.ts';
import { toldFacts } from '../../src/commentary/told-facts.ts';
import { dec } from '../../src/domain/decimal.ts';
import { aFact, anAct, aSheet } from './a-sheet.ts';

const warned = [1, 2, 3, 4, 5, 6, 7].map((n) => aFact({ id: `A${n}.mu`, value: '0.58' }));
const crit = [1, 2].map((n) => aFact({ id: `S${n}.dist`, value: '0.05', of: 'A1' }));
const calm = aFact({ id: 'P.mu', value: '0.1' });
const acts = [
  anAct({ id: 'X1', fact: 'A6.mu', before: '0.58', after: '0.4' }),
  anAct({ id: 'X2', fact: 'A7.mu', before: '0.58', after: '0.4' }),
];
const sheet = aSheet({ facts: [calm, ...warned, ...crit], remedies: acts });

it('tells the eight worst: the worst band first, then what an act helps, else as the desk has it', () => {
  expect(toldFacts(sheet).map(({ id, band }) => `${id} ${band}`)).toEqual([
    ...['S1.dist crit', 'S2.dist crit'],
    ...[6, 7, 1, 2, 3, 4].map((n) => `A${n}.mu warn`),
  ]);
});

it('lists no act for what it does not tell, and what is true of every fact nowhere', () => {
  const text = blindSheet(sheet);
  expect(text).toContain('\nX1 move A6.mu clears\nX2 move A7.mu clears');
  expect(text).not.toContain('A5');
  expect(blindSheet({ ...sheet, about: new Set() })).toBe('facts:\nacts:');
  expect(text).not.toMatch(/[ ,]beyond/);
});

it.each([
  { fact: 'A6.mu', fault: 'worst-missing', why: 'told, but not of the worst band' },
  { fact: 'A5.mu', fault: 'not-beyond', why: 'the ninth: a model cannot know of it' },
  { fact: 'S2.dist', fault: null, why: 'one of the worst' },
])('a plan that begins with $fact: $why', ({ fact, fault }) => {
  const items = [{ fact, claims: ['beyond' as const], act: null, aclaims: [] }];
  const checked = checkPlan({ items }, sheet);
  expect(checked.ok ? null : checked.error).toBe(fault);
});

it('says the same of desks that differ in amounts only', () => {
  const other = [...warned, ...crit].map((fact) => ({
    ...fact,
    value: fact.metric === 'mu' ? dec('0.57') : dec('0.045'),
  }));
  expect(blindSheet(aSheet({ facts: [calm, ...other], remedies: acts }))).toBe(
    blindSheet(aSheet({ facts: [calm, ...warned, ...crit], remedies: acts })),
  );
});
