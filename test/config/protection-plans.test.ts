import { expect, test } from 'vitest';
import { deskSchema } from '../../src/config/desk-schema.ts';
import { planFaults, protectionPlans } from '../../src/config/protection-plans.ts';

const ACCOUNTS = [
  { id: 'a', venue: 'bybit', access: 'trade', fundedBy: ['b'] },
  { id: 'b', venue: 'bybit', access: 'trade' },
  { id: 'c', venue: 'okx' },
];
/** An object with such a key looks like a promise to a linter. */
const doing = (act: object) => Object.fromEntries([['then', act]]);

const WHOLE = {
  ...{ id: 'p', account: 'a', when: { healthFactor: '<1.2' }, until: '2026-12-31' },
  ...doing({ addMargin: { upTo: 2000, from: 'b' } }),
  caps: { perAct: 2000, perDay: '6000' },
};
const read = (...plans: readonly object[]) =>
  deskSchema.safeParse({ accounts: ACCOUNTS, protection: plans });

test('the smallest plan: a dry run, ten minutes apart', () => {
  const parsed = read(WHOLE);
  if (!parsed.success) throw parsed.error;
  expect(planFaults(parsed.data)).toEqual([]);
  const [plan] = protectionPlans(parsed.data.protection);
  expect(JSON.parse(JSON.stringify(plan))).toEqual({
    ...{ id: 'p', account: 'a', position: null, isDryRun: true, agreed: null },
    when: { kind: 'health-below', value: '1.2' },
    act: { kind: 'add-margin', upTo: '2000', from: 'b' },
    caps: { perAct: '2000', perDay: '6000' },
    ...{ cooldownMs: 600_000, until: Date.UTC(2026, 11, 31) },
  });
});

const position = (changes: object) => ({
  ...{ ...WHOLE, position: 'k4tz', when: { profit: '>10%' } },
  ...doing({ lock: '50%' }),
  ...changes,
});

test.each([
  { why: 'no direction', plan: { ...WHOLE, when: { healthFactor: '1.2' } } },
  { why: 'the wrong direction', plan: { ...WHOLE, when: { healthFactor: '>1.2' } } },
  { why: 'a chance without percent', plan: { ...WHOLE, when: { probability24h: '>0.25' } } },
  { why: 'two triggers', plan: { ...WHOLE, when: { healthFactor: '<1.2', profit: '>1%' } } },
  { why: 'no trigger', plan: { ...WHOLE, when: {} } },
  { why: 'no end', plan: { ...WHOLE, until: 'always' } },
  { why: 'no caps', plan: { ...WHOLE, caps: { perAct: 1 } } },
  { why: 'more than all of it', plan: position({ ...doing({ reduce: '101%' }) }) },
  { why: 'a handle that is none', plan: position({ position: 'io1l' }) },
])('refused by its form: $why', ({ plan }) => {
  expect(read(plan).success).toBe(false);
});

test.each([
  { why: 'an account that is not there', plan: { ...WHOLE, account: 'z' }, at: 'account' },
  { why: 'an account that is only read', plan: { ...WHOLE, account: 'c' }, at: 'account' },
  {
    why: 'no way for collateral',
    plan: { ...WHOLE, ...doing({ addMargin: { upTo: 1, from: 'c' } }) },
    at: 'then',
  },
  {
    why: 'an account from nowhere',
    plan: { ...WHOLE, ...doing({ addMargin: { upTo: 1 } }) },
    at: 'then',
  },
  {
    why: 'an account cannot be reduced',
    plan: { ...WHOLE, ...doing({ reduce: '5%' }) },
    at: 'then',
  },
  { why: 'an account has no profit', plan: { ...WHOLE, when: { profit: '>5%' } }, at: 'when' },
  {
    why: 'a position from elsewhere',
    plan: position({ ...doing({ addMargin: { upTo: 1, from: 'b' } }) }),
    at: 'then',
  },
])('refused beside the rest: $why', ({ plan, at }) => {
  const parsed = read(plan);
  if (!parsed.success) throw parsed.error;
  expect(planFaults(parsed.data).map(({ path }) => path.at(-1))).toContain(at);
});

test('two plans of one name', () => {
  const parsed = read(WHOLE, WHOLE);
  if (!parsed.success) throw parsed.error;
  expect(planFaults(parsed.data)).toMatchObject([{ path: ['protection', 1, 'id'] }]);
});
