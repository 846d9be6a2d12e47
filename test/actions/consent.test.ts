import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Approved } from '../../src/actions/approve.ts';
import { approve, intentOf } from '../../src/actions/approve.ts';
import type {
  ActionLimits,
  ConsentAnswer,
  Consenter,
  ConsentRefusal,
  ConsentRequest,
} from '../../src/actions/consent.ts';
import { consent, lowersRisk } from '../../src/actions/consent.ts';
import type { Preview } from '../../src/actions/preview.ts';
import { dec } from '../../src/domain/decimal.ts';
import { money } from '../../src/domain/money.ts';
import { asAccountId, asPrice, asUsd } from '../../src/domain/units.ts';
import { anApproved, aPreview, aRequest, LEG, usd } from './a-preview.ts';

const limits: ActionLimits | null = aRequest().limits;
const trader = aRequest().by;
const other: Consenter = { ...trader, person: 'other' };
const approver = { person: 'approver', roles: ['approver'], accounts: null } as const;
const both = { ...trader, roles: ['trader', 'approver'] } as const;
const admin = { person: 'admin', roles: ['admin'], accounts: null } as const;
const of = (amount: number) => aPreview({ counted: usd(amount) });
const lowering = (amount: number) => aPreview({ counted: usd(amount), warnings: [] });
const transfer = aPreview({
  act: { kind: 'transfer', to: asAccountId('b'), amount: money(dec(500), 'USDT') },
  markPrice: null,
});
const stops = aPreview({
  act: { kind: 'set-stops', leg: LEG, stops: { takeProfit: [], stopLoss: [], trailing: null } },
  counted: { kind: 'none' },
});
const second = { verb: 'approve', by: approver, isConfirmed: true } as const;
const mark = (price: number) => asPrice(dec(price));
const spent = (byPerson: number, byAccount: number) => ({
  byPerson: asUsd(dec(byPerson)),
  byAccount: asUsd(dec(byAccount)),
});

interface Row {
  readonly why: string;
  readonly change: Partial<ConsentRequest>;
  readonly is: ConsentRefusal | ConsentAnswer['kind'];
}

const answerTo = (change: Partial<ConsentRequest>) => {
  const answer = consent(aRequest(change));
  return answer.kind === 'refused' ? answer.reason : answer.kind;
};

const check = ({ change, is }: Row) => expect(answerTo(change)).toBe(is);

describe('who', () => {
  test.each<Row>([
    { why: 'the asker, a trader', change: {}, is: 'granted' },
    { why: 'a viewer', change: { by: { ...trader, roles: ['viewer'] } }, is: 'not-permitted' },
    { why: 'no role at all', change: { by: { ...trader, roles: [] } }, is: 'not-permitted' },
    { why: 'an admin is no trader unless listed', change: { by: admin }, is: 'not-permitted' },
    { why: 'another trader', change: { by: other }, is: 'not-yours' },
    { why: 'an approver does not confirm', change: { by: approver }, is: 'not-permitted' },
    {
      why: 'the asker is somebody else than the preview says',
      change: { by: other, asker: other },
      is: 'not-yours',
    },
    {
      why: 'account within their own',
      change: { by: { ...trader, accounts: ['a'] } },
      is: 'granted',
    },
    {
      why: 'account of others',
      change: { by: { ...trader, accounts: ['b'] } },
      is: 'account-not-yours',
    },
    {
      why: 'a transfer to an account of others',
      change: { preview: transfer, by: { ...trader, accounts: ['a'] } },
      is: 'account-not-yours',
    },
    {
      why: 'both accounts theirs',
      change: { preview: transfer, access: ['trade', 'trade'] },
      is: 'granted',
    },
    { why: 'of two one is named', change: { preview: transfer }, is: 'account-read-only' },
    { why: 'an account that is read only', change: { access: ['read'] }, is: 'account-read-only' },
    {
      why: 'one of two is read only',
      change: { preview: transfer, access: ['trade', 'read'] },
      is: 'account-read-only',
    },
    { why: 'an account nobody knows', change: { access: [null] }, is: 'account-read-only' },
    { why: 'no account named', change: { access: [] }, is: 'account-read-only' },
  ])('$why: $is', check);
});

describe('two people', () => {
  test.each<Row>([
    { why: 'at the limit one is enough', change: { preview: of(1_000) }, is: 'granted' },
    { why: 'a cent above', change: { preview: of(1_000.01) }, is: 'needs-approver' },
    { why: 'the second one', change: { ...second, preview: of(1_001) }, is: 'granted' },
    {
      why: 'their own, with both roles',
      change: { ...second, preview: of(1_001), by: both },
      is: 'self-approval',
    },
    {
      why: 'the asker has not confirmed',
      change: { ...second, preview: of(1_001), isConfirmed: false },
      is: 'not-confirmed',
    },
    {
      why: 'a trader is no approver',
      change: { ...second, preview: of(1_001), by: other },
      is: 'not-permitted',
    },
    {
      why: 'an admin is no approver',
      change: { ...second, preview: of(1_001), by: admin },
      is: 'not-permitted',
    },
    { why: 'nobody asked for a second', change: second, is: 'no-approver-needed' },
    {
      why: 'the asker lost their role meanwhile',
      change: { ...second, preview: of(1_001), asker: { ...trader, roles: ['viewer'] } },
      is: 'not-permitted',
    },
    {
      why: 'the asker lost the account meanwhile',
      change: { ...second, preview: of(1_001), asker: { ...trader, accounts: ['b'] } },
      is: 'account-not-yours',
    },
    {
      why: 'an approver of other accounts',
      change: { ...second, preview: of(1_001), by: { ...approver, accounts: ['b'] } },
      is: 'account-not-yours',
    },
  ])('$why: $is', check);
});

describe('how much', () => {
  test.each<Row>([
    { why: 'at the cap', change: { ...second, preview: of(5_000) }, is: 'granted' },
    { why: 'above it', change: { ...second, preview: of(5_000.01) }, is: 'above-max-amount' },
    { why: 'lowers risk: higher', change: { preview: lowering(20_000) }, is: 'granted' },
    { why: 'and its own second', change: { preview: lowering(20_001) }, is: 'needs-approver' },
    { why: 'and its own cap', change: { preview: lowering(50_001) }, is: 'above-max-amount' },
    {
      why: 'no limits of its own: the common ones',
      change: { preview: lowering(5_001), limits: limits && { ...limits, reducing: null } },
      is: 'above-max-amount',
    },
    { why: 'the day is just enough', change: { spentToday: spent(19_500, 0) }, is: 'granted' },
    {
      why: 'the day of the person is over',
      change: { spentToday: spent(19_501, 0) },
      is: 'above-daily-of-person',
    },
    {
      why: 'the day of the account is over',
      change: { spentToday: spent(0, 19_501) },
      is: 'above-daily-of-account',
    },
    { why: 'the day is not known', change: { spentToday: null }, is: 'day-not-known' },
    {
      why: 'dollars nobody can say',
      change: { preview: aPreview({ counted: { kind: 'unpriced' } }) },
      is: 'amount-not-known',
    },
    { why: 'stops move no money', change: { preview: stops, spentToday: null }, is: 'granted' },
  ])('$why: $is', check);
});

describe('when, and on what', () => {
  test.each<Row>([
    { why: 'in the last millisecond', change: { now: 59_999 }, is: 'granted' },
    { why: 'at expiry', change: { now: 60_000 }, is: 'expired' },
    { why: 'a time that is none', change: { now: Number.NaN }, is: 'expired' },
    { why: 'another hash', change: { shownHash: of(1).hash }, is: 'not-what-was-shown' },
    { why: 'drift at the limit', change: { markNow: mark(60_300) }, is: 'granted' },
    { why: 'drift above it', change: { markNow: mark(60_301) }, is: 'new-preview' },
    { why: 'drift below it', change: { markNow: mark(59_699) }, is: 'new-preview' },
    { why: 'no mark now', change: { markNow: null }, is: 'mark-not-known' },
    {
      why: 'no mark then',
      change: { preview: aPreview({ markPrice: null }) },
      is: 'mark-not-known',
    },
    {
      why: 'a transfer has no mark',
      change: { preview: transfer, access: ['trade', 'trade'], markNow: null },
      is: 'granted',
    },
    {
      why: 'it would liquidate',
      change: { preview: aPreview({ warnings: ['health-falls', 'would-liquidate'] }) },
      is: 'would-liquidate',
    },
    {
      why: 'late and moved: late comes first',
      change: { now: 60_000, markNow: mark(1) },
      is: 'expired',
    },
  ])('$why: $is', check);
});

describe('what is not configured', () => {
  test.each<Row>([
    { why: 'no limits', change: { limits: null }, is: 'not-configured' },
    ...(['maxAmount', 'dailyAmount', 'twoPersonAbove', 'maxMarkDrift'] as const).map((key) => ({
      why: `no ${key}`,
      change: { limits: limits && { ...limits, [key]: null } },
      is: 'not-configured' as const,
    })),
    {
      why: 'not for acts that lower risk either',
      change: { preview: lowering(1), limits: limits && { ...limits, maxAmount: null } },
      is: 'not-configured',
    },
  ])('nobody may: $why', check);
});

test.each([
  { why: 'adding margin', preview: lowering(1), lowers: true },
  { why: 'adding margin that makes something worse', preview: of(1), lowers: false },
  { why: 'a transfer weakens who pays', preview: { ...transfer, warnings: [] }, lowers: false },
  { why: 'stops', preview: { ...stops, warnings: [] }, lowers: false },
])('lowers risk, or not: $why', ({ preview, lowers }) => {
  expect(lowersRisk(preview)).toBe(lowers);
});

/** Each spoils a click that is granted in a way no other part of it can mend. */
const SPOILERS: readonly Partial<ConsentRequest>[] = [
  { limits: null },
  { limits: limits && { ...limits, maxMarkDrift: null } },
  { access: ['trade', 'read'] },
  { access: [] },
  { shownHash: '' },
  { now: 60_000 },
  { markNow: null },
  { markNow: mark(70_000) },
  { spentToday: null },
  { by: { ...trader, roles: ['viewer', 'admin'] } },
  { asker: { ...trader, roles: [] } },
  { by: { ...trader, accounts: [] } },
];

test('one thing that is missing or wrong, whatever the rest, is enough for no', () => {
  const amounts = fc.integer({ min: 1, max: 5_000 });
  const anyone = fc.constantFrom({ verb: 'confirm' } as const, second);
  const spoilers = fc.subarray([...SPOILERS], { minLength: 1 });
  const seen = new Set<string>();
  fc.assert(
    fc.property(amounts, anyone, spoilers, (amount, click, spoiled) => {
      const request = aRequest(Object.assign({ preview: of(amount) }, click, ...spoiled));
      const answer = consent(request);
      seen.add(answer.kind);
      expect(answer.kind).not.toBe('granted');
      expect(answer.kind).not.toBe('needs-approver');
      expect(approve(request).kind).toBe(answer.kind);
    }),
    { seed: 20_261_126, numRuns: 1000 },
  );
  expect([...seen].sort()).toEqual(['new-preview', 'refused']);
});

test('only what was approved becomes an intent, and it says who and what', () => {
  const execute = (approved: Approved) => intentOf(approved, 'ref-1');
  const approved = anApproved();
  expect(execute(approved)).toEqual({
    account: 'a',
    act: approved.act,
    clientRef: 'ref-1',
    requestedBy: 'trader',
    approvedBy: 'trader',
    hash: aPreview().hash,
  });
  const preview: Preview = aPreview();
  // @ts-expect-error a preview is to be looked at
  const misuse = () => execute(preview);
  expect(misuse).toBeTypeOf('function');
});

test('the hash is of all that was shown', () => {
  const hashes = [
    aPreview(),
    of(501),
    transfer,
    stops,
    lowering(500),
    aPreview({ requestedBy: 'other' }),
    aPreview({ account: asAccountId('b') }),
    aPreview({ expiresAt: 60_001 }),
    aPreview({ markPrice: mark(60_001) }),
  ].map(({ hash }) => hash);
  expect(new Set(hashes).size).toBe(hashes.length);
  expect(aPreview().hash).toBe(aPreview().hash);
});
