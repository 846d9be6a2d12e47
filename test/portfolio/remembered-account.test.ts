import { describe, expect, test } from 'vitest';
import type { Account } from '../../src/domain/account.ts';
import { dec, ONE, ZERO } from '../../src/domain/decimal.ts';
import { money } from '../../src/domain/money.ts';
import { asAccountId, asPrice, asRatio, asUsd } from '../../src/domain/units.ts';
import { neverRead } from '../../src/portfolio/merge-reading.ts';
import { recallAccount, rememberAccount } from '../../src/portfolio/remembered-account.ts';
import type { AccountSnapshot } from '../../src/portfolio/snapshot.ts';
import { aPosition } from '../fakes/a-position.ts';

const ACCOUNT: Account = {
  id: asAccountId('a'),
  name: '量化策略A',
  venue: 'fake',
  books: [],
  fundedBy: [],
};

const plain = aPosition();
const tier = { floor: ZERO, cap: null, rate: asRatio(dec('0.005')), deduction: ZERO };
const FULL: AccountSnapshot = {
  account: ACCOUNT,
  status: 'ok',
  positions: [
    aPosition({
      instrument: { ...plain.instrument, tiers: [tier], tickSize: dec('0.1') },
      collateral: money(dec('0.12345678901234567890123456789'), 'BTC'),
      liquidation: { kind: 'price', price: asPrice(dec('58000.5')) },
      takeProfit: { kind: 'none' },
      venueRatio: { name: 'uniMMR', value: dec('3.1'), direction: 'down', liquidatesAt: ONE },
    }),
  ],
  positionsAt: 1000,
  margin: {
    equityUsd: asUsd(dec('-0.00000001')),
    availableUsd: null,
    initialMarginUsd: null,
    orderMarginUsd: null,
    maintenanceMarginUsd: asUsd(dec('12')),
    venueRatio: null,
    venueStatus: 'reduce_only',
    pooling: 'account',
    collateral: [{ asset: 'BTC', quantity: dec('1e-8'), venueUsd: null, brackets: null }],
    observedAt: 999,
    venueUpdatedAt: null,
  },
  gaps: [],
};

const saved = rememberAccount(FULL) ?? expect.fail('nothing was remembered');

describe('rememberAccount and recallAccount', () => {
  test('figures come back to the digit, as decimals', () => {
    const recalled = recallAccount(ACCOUNT, saved);
    expect(recalled).toEqual(FULL);
    const doubled = recalled.margin?.maintenanceMarginUsd?.times(2);
    expect(doubled?.toFixed()).toBe('24');
  });

  test('a gap is not remembered, the figures beside it are', () => {
    const gap = { code: 'age', ms: 5 } as const;
    const rest = { account: ACCOUNT.id, venue: 'fake', retryAfterMs: null, lastGoodAt: 1 } as const;
    const stale: AccountSnapshot = {
      ...FULL,
      status: 'stale',
      gaps: [{ ...rest, kind: 'stale', scope: 'account', detail: gap }],
    };
    expect(recallAccount(ACCOUNT, rememberAccount(stale) ?? saved)).toEqual(FULL);
  });

  test('an account without positions ever read stays missing, with the margin it had', () => {
    const half: AccountSnapshot = { ...neverRead(ACCOUNT), margin: FULL.margin };
    expect(recallAccount(ACCOUNT, rememberAccount(half) ?? saved)).toEqual(half);
    expect(rememberAccount(neverRead(ACCOUNT))).toBeNull();
  });

  test.each([
    { why: 'another form', text: { ...saved, version: 999 }, account: ACCOUNT },
    { why: 'cut text', text: { ...saved, body: saved.body.slice(0, -9) }, account: ACCOUNT },
    { why: 'no object', text: { ...saved, body: 'null' }, account: ACCOUNT },
    { why: 'no positions', text: { ...saved, body: '{"venue":"fake"}' }, account: ACCOUNT },
    {
      why: 'a figure that is none',
      text: { ...saved, body: '{"$decimal":"x"}' },
      account: ACCOUNT,
    },
    { why: 'another venue', text: saved, account: { ...ACCOUNT, venue: 'okx' } },
    { why: 'another account', text: saved, account: { ...ACCOUNT, id: asAccountId('b') } },
  ])('$why is as good as none', ({ text, account }) => {
    expect(recallAccount(account, text)).toEqual(neverRead(account));
  });
});
