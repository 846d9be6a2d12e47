import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Act } from '../../src/actions/act.ts';
import type { Evidence, ReadBack } from '../../src/actions/reconcile.ts';
import { reconcile } from '../../src/actions/reconcile.ts';
import { dec } from '../../src/domain/decimal.ts';
import { money } from '../../src/domain/money.ts';
import type { StopsState } from '../../src/domain/stops.ts';
import { asAccountId, asPrice, asRatio } from '../../src/domain/units.ts';
import { LEG } from './a-preview.ts';

const NOTHING: ReadBack = {
  contracts: null,
  collateral: null,
  stops: null,
  payerWallet: null,
  receiverWallet: null,
};
const usdt = money(dec(100), 'USDT');
const ADD: Act = { kind: 'add-margin', leg: LEG, amount: usdt };
const REMOVE: Act = { kind: 'remove-margin', leg: LEG, amount: usdt };
const REDUCE: Act = { kind: 'reduce', leg: LEG, contracts: dec(2) };
const TRANSFER: Act = { kind: 'transfer', to: asAccountId('b'), amount: usdt };
const margin = (amount: string) => ({ ...NOTHING, collateral: dec(amount) });
const size = (contracts: string) => ({ ...NOTHING, contracts: dec(contracts) });
const wallets = (payer: string, receiver: string) => ({
  ...NOTHING,
  payerWallet: dec(payer),
  receiverWallet: dec(receiver),
});
const triggers = (takeProfit: number | null, stopLoss: number | null): StopsState => {
  const one = (price: number | null) =>
    price === null ? [] : [{ price: asPrice(dec(price)), share: asRatio(dec(1)) }];
  return { takeProfit: one(takeProfit), stopLoss: one(stopLoss), trailing: null };
};
const stops = (takeProfit: number | null, stopLoss: number | null) => ({
  ...NOTHING,
  stops: triggers(takeProfit, stopLoss),
});
const SET: Act = { kind: 'set-stops', leg: LEG, stops: triggers(120, 90) };

interface Row {
  readonly why: string;
  readonly act: Act;
  readonly before: ReadBack;
  readonly observed: ReadBack;
  readonly more?: Partial<Evidence>;
  readonly is: string;
}

function outcomeOf({ act, before, observed, more }: Row): string {
  const evidence: Evidence = {
    ...{ act, before, observed, byClientRef: 'not-offered', isSettled: true },
    ...{ isOld: false, marginOnReduce: 'released' },
    tolerance: dec('0.01'),
    ...more,
  };
  const answer = reconcile(evidence);
  return answer.kind === 'still-unknown' ? answer.because : answer.kind;
}

const early = { isSettled: false };
const part = (amount: string, contracts: string) => ({
  ...margin(amount),
  contracts: dec(contracts),
});
const gone = { ...stops(null, null), contracts: dec(0) };
describe('while others act on the same position', () => {
  const before = part('500', '10');
  test.each<Row>([
    {
      why: 'a fifth was closed, and took its share along',
      act: ADD,
      before,
      observed: part('400', '8'),
      is: 'refused',
    },
    {
      why: 'added, then a fifth was closed',
      act: ADD,
      before,
      observed: part('480', '8'),
      is: 'done',
    },
    {
      why: 'a fifth was closed, then added',
      act: ADD,
      before,
      observed: part('500', '8'),
      is: 'done',
    },
    {
      why: 'what a close gave back is not what was to be taken',
      act: REMOVE,
      before,
      observed: part('400', '8'),
      is: 'refused',
    },
    {
      why: 'taken, and then closed in part',
      act: REMOVE,
      before,
      observed: part('320', '8'),
      is: 'done',
    },
    {
      why: 'a venue that keeps the margin books the gain there',
      act: ADD,
      before,
      observed: part('600', '8'),
      more: { marginOnReduce: 'kept' },
      is: 'something-else',
    },
    {
      why: 'the same size says it alone, there too',
      act: ADD,
      before,
      observed: part('600', '10'),
      more: { marginOnReduce: 'kept' },
      is: 'done',
    },
    {
      why: 'somebody opened more',
      act: ADD,
      before,
      observed: part('600', '11'),
      is: 'something-else',
    },
    {
      why: 'the position is gone',
      act: ADD,
      before,
      observed: { ...NOTHING, contracts: dec(0) },
      is: 'something-else',
    },
    {
      why: 'and its stops with it',
      act: SET,
      before: { ...stops(null, null), contracts: dec(10) },
      observed: gone,
      is: 'something-else',
    },
    {
      why: 'neither figure, but the id is not there',
      act: REDUCE,
      before: size('10'),
      observed: size('9'),
      more: { byClientRef: 'absent' },
      is: 'something-else',
    },
    {
      why: 'and still is not after ten minutes',
      act: REDUCE,
      before: size('10'),
      observed: size('9'),
      more: { byClientRef: 'absent', isOld: true },
      is: 'refused',
    },
    {
      why: 'without an id no time tells',
      act: REDUCE,
      before: size('10'),
      observed: size('9'),
      more: { isOld: true },
      is: 'something-else',
    },
  ])('$why: $is', (row) => {
    expect(outcomeOf(row)).toBe(row.is);
  });
});

describe('read back', () => {
  test.each<Row>([
    {
      why: 'margin is there',
      act: ADD,
      before: margin('500'),
      observed: margin('600'),
      is: 'done',
    },
    {
      why: 'even early',
      act: ADD,
      before: margin('500'),
      observed: margin('600'),
      more: early,
      is: 'done',
    },
    {
      why: 'less funding',
      act: ADD,
      before: margin('500'),
      observed: margin('599.99'),
      is: 'done',
    },
    {
      why: 'off by more',
      act: ADD,
      before: margin('500'),
      observed: margin('599.98'),
      is: 'something-else',
    },
    {
      why: 'as before, long after',
      act: ADD,
      before: margin('500'),
      observed: margin('500'),
      is: 'refused',
    },
    {
      why: 'as before, but it may yet show',
      act: ADD,
      before: margin('500'),
      observed: margin('500'),
      more: early,
      is: 'too-early',
    },
    {
      why: 'twice the amount',
      act: ADD,
      before: margin('500'),
      observed: margin('700'),
      is: 'something-else',
    },
    {
      why: 'too small to tell',
      act: ADD,
      before: margin('500'),
      observed: margin('550'),
      more: { tolerance: dec(60) },
      is: 'something-else',
    },
    { why: 'nobody read it', act: ADD, before: margin('500'), observed: NOTHING, is: 'not-read' },
    {
      why: 'nobody knew before',
      act: ADD,
      before: NOTHING,
      observed: margin('600'),
      is: 'not-read',
    },
    {
      why: 'margin is gone',
      act: REMOVE,
      before: margin('500'),
      observed: margin('400'),
      is: 'done',
    },
    {
      why: 'the wrong way',
      act: REMOVE,
      before: margin('500'),
      observed: margin('600'),
      is: 'something-else',
    },
    { why: 'closed', act: REDUCE, before: size('5'), observed: size('3'), is: 'done' },
    { why: 'all closed', act: REDUCE, before: size('2'), observed: size('0'), is: 'done' },
    {
      why: 'a part is closed',
      act: REDUCE,
      before: size('5'),
      observed: size('4'),
      is: 'something-else',
    },
    {
      why: 'both wallets',
      act: TRANSFER,
      before: wallets('900', '100'),
      observed: wallets('800', '200'),
      is: 'done',
    },
    {
      why: 'on its way',
      act: TRANSFER,
      before: wallets('900', '100'),
      observed: wallets('800', '100'),
      is: 'half-done',
    },
    {
      why: 'one wallet unread',
      act: TRANSFER,
      before: wallets('900', '100'),
      observed: { ...wallets('800', '0'), receiverWallet: null },
      is: 'not-read',
    },
    {
      why: 'both stops',
      act: SET,
      before: stops(null, null),
      observed: stops(120, 90),
      is: 'done',
    },
    {
      why: 'one of two',
      act: SET,
      before: stops(null, null),
      observed: stops(120, null),
      is: 'half-done',
    },
    {
      why: 'none of two',
      act: SET,
      before: stops(null, null),
      observed: stops(null, null),
      is: 'refused',
    },
    {
      why: 'the one that is kept says nothing',
      act: SET,
      before: stops(120, null),
      observed: stops(null, 90),
      is: 'done',
    },
    {
      why: 'the one that changes is not there',
      act: SET,
      before: stops(120, null),
      observed: stops(120, null),
      is: 'refused',
    },
    {
      why: 'another price',
      act: SET,
      before: stops(120, null),
      observed: stops(120, 91),
      is: 'something-else',
    },
  ])('$why: $is', (row) => {
    expect(outcomeOf(row)).toBe(row.is);
  });
});

describe('by our own id', () => {
  const gone = { act: REDUCE, before: size('5'), observed: size('3') };
  const still = { act: REDUCE, before: size('5'), observed: size('5') };
  test.each<Row>([
    { why: 'the venue has it', ...still, more: { byClientRef: 'done' }, is: 'done' },
    { why: 'the venue refused it', ...gone, more: { byClientRef: 'refused' }, is: 'refused' },
    { why: 'not there, long after', ...still, more: { byClientRef: 'absent' }, is: 'refused' },
    { why: 'not there yet', ...still, more: { byClientRef: 'absent', ...early }, is: 'too-early' },
    {
      why: 'not there, but closed: somebody else',
      ...gone,
      more: { byClientRef: 'absent' },
      is: 'contradicts',
    },
    { why: 'could not be asked', ...still, more: { byClientRef: 'not-read' }, is: 'not-read' },
    {
      why: 'could not be asked, but closed',
      ...gone,
      more: { byClientRef: 'not-read' },
      is: 'not-read',
    },
  ])('$why: $is', (row) => {
    expect(outcomeOf(row)).toBe(row.is);
  });
});

test('what the venue does not show is never claimed', () => {
  const cents = fc.integer({ min: 0, max: 2_000 }).map((value) => dec(value).div(100));
  let claimed = 0;
  fc.assert(
    fc.property(cents, cents, cents, fc.boolean(), (before, amount, observed, isSettled) => {
      const answer = reconcile({
        act: { kind: 'add-margin', leg: LEG, amount: money(amount, 'USDT') },
        before: { ...NOTHING, collateral: before },
        observed: { ...NOTHING, collateral: observed },
        byClientRef: 'not-offered',
        isSettled,
        isOld: false,
        marginOnReduce: 'released',
        tolerance: dec('0.5'),
      });
      const near = (a: typeof before) => observed.minus(a).abs().lte('0.5');
      if (answer.kind === 'done') expect(near(before.plus(amount))).toBe(true);
      if (answer.kind === 'refused') expect(near(before) && isSettled).toBe(true);
      claimed += answer.kind === 'still-unknown' ? 0 : 1;
    }),
    { seed: 20_261_126, numRuns: 3000 },
  );
  expect(claimed).toBeGreaterThan(100);
});
