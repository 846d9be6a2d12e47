import { describe, expect, test } from 'vitest';
import { dec } from '../../src/domain/decimal.ts';
import type { VenueRatio } from '../../src/domain/position.ts';
import { assessDesk } from '../../src/risk/assess-desk.ts';
import type { AccountText } from './sample-desk.ts';
import { account, desk, instrument, position } from './sample-desk.ts';

const BTC = instrument('BTC/USDT:USDT');
const held = (id: string) => [
  position({ account: id, instrument: BTC, contracts: '1', mark: '50000' }),
];

const ratio = (value: string, direction: VenueRatio['direction'], at = '1'): VenueRatio => ({
  name: 'venue',
  value: dec(value),
  direction,
  liquidatesAt: dec(at),
});

const GOOD = { equity: '1000', initial: '100', maintenance: '50', positions: held('a') } as const;

describe('an account', () => {
  test.each<{ why: string; text: AccountText; shown: Record<string, string | null> }>([
    {
      why: 'three ratios of one truth',
      text: GOOD,
      shown: { marginUsage: '0.1', riskUse: '0.05', healthFactor: '20', band: 'ok' },
    },
    {
      why: 'usage alone decides',
      text: { ...GOOD, initial: '700' },
      shown: { marginUsage: '0.7', healthFactor: '20', band: 'crit' },
    },
    {
      why: 'health alone decides',
      text: { ...GOOD, maintenance: '800' },
      shown: { healthFactor: '1.25', band: 'warn' },
    },
    {
      why: 'equity gone: no ratio over it, but a health of zero',
      text: { ...GOOD, equity: '0' },
      shown: { marginUsage: null, riskUse: null, healthFactor: '0', band: 'emerg' },
    },
    {
      why: 'more than equity gone',
      text: { ...GOOD, equity: '-100', positions: [] },
      shown: { marginUsage: null, riskUse: null, healthFactor: null, band: 'emerg' },
    },
    {
      why: 'flat: no health, and calm',
      text: { equity: '1000', initial: '0', maintenance: '0' },
      shown: { marginUsage: '0', riskUse: '0', healthFactor: null, band: 'ok' },
    },
    {
      why: 'balances never read: nothing is known',
      text: { equity: null, positions: held('a') },
      shown: { equityUsd: null, marginUsage: null, riskUse: null, healthFactor: null, band: null },
    },
    {
      why: 'maintenance not told: usage is still known',
      text: { equity: '1000', initial: '100', positions: held('a') },
      shown: { marginUsage: '0.1', riskUse: null, healthFactor: null, band: 'ok' },
    },
    {
      why: 'the venue counts haircuts and is worse',
      text: { ...GOOD, venueRatio: ratio('0.9', 'up') },
      shown: { riskUse: '0.05', venueRiskUse: '0.9', band: 'crit' },
    },
    {
      why: 'the venue is kinder than we are',
      text: { ...GOOD, maintenance: '990', venueRatio: ratio('0.1', 'up') },
      shown: { venueRiskUse: '0.1', band: 'emerg' },
    },
  ])('$why', ({ text, shown }) => {
    const [risk] = assessDesk(desk(account(text))).accounts;
    for (const [key, value] of Object.entries(shown)) {
      expect(String(risk?.[key as 'band'] ?? null), key).toBe(String(value));
    }
  });

  test.each([
    { why: 'Bybit accountMMRate, Binance margin ratio', given: ratio('0.8', 'up'), risk: '0.8' },
    { why: 'OKX mgnRatio falls toward liquidation', given: ratio('4', 'down'), risk: '0.25' },
    { why: 'uniMMR liquidates at 1.05', given: ratio('1.05', 'down', '1.05'), risk: '1' },
    { why: 'uniMMR at its first warning', given: ratio('1.5', 'down', '1.05'), risk: '0.7' },
    { why: 'Hyperliquid portfolio margin, at 0.95', given: ratio('0.95', 'up', '0.95'), risk: '1' },
    { why: 'a zero that means nothing', given: ratio('0', 'down'), risk: null },
  ])('maps the venue’s ratio: $why', ({ given, risk }) => {
    const [assessed] = assessDesk(desk(account({ ...GOOD, venueRatio: given }))).accounts;
    expect(assessed?.venueRiskUse?.toString() ?? null).toBe(risk);
  });
});

describe('the pool', () => {
  test('sums what is known, and names who is not in it', () => {
    const snapshot = desk(
      account({
        id: 'a',
        equity: '1000',
        initial: '900',
        maintenance: '800',
        positions: held('a'),
      }),
      account({ id: 'b', equity: '9000', initial: '100', maintenance: '50', positions: held('b') }),
      account({ id: 'c', equity: '500', initial: '10', positions: held('c') }),
      account({ id: 'd', equity: null, status: 'missing' }),
    );
    const { totals, accounts } = assessDesk(snapshot);
    expect(accounts.map(({ band }) => band)).toEqual(['emerg', 'ok', 'ok', null]);
    expect(totals.missing).toEqual(['c', 'd']);
    expect(totals.equityUsd?.toString()).toBe('10500');
    expect(totals.initialMarginUsd?.toString()).toBe('1010');
    expect(totals.maintenanceMarginUsd?.toString()).toBe('850');
    expect(totals.marginUsage?.toDecimalPlaces(6).toString()).toBe('0.09619');
    // c knows no maintenance, so its equity does not flatter the pool's health.
    expect(totals.healthFactor?.toDecimalPlaces(6).toString()).toBe('11.764706');
    expect(totals.orderMarginUsd).toBeNull();
    expect(totals.band).toBe('ok');
  });

  test('of nobody is unknown, not zero', () => {
    const { totals } = assessDesk(desk(account({ equity: null, status: 'missing' })));
    expect(totals).toMatchObject({
      equityUsd: null,
      marginUsage: null,
      band: null,
      missing: ['a'],
    });
  });
});

test('positions come in the order of the desk, each with its account’s status and health', () => {
  const cross = { instrument: BTC, contracts: '1', mark: '50000', mode: 'cross' } as const;
  const a = account({ ...GOOD, positions: [position(cross)] });
  const b = account({
    id: 'b',
    status: 'stale',
    positions: [position({ ...cross, account: 'b' })],
  });
  const { positions } = assessDesk(desk(b, a));
  expect(positions.map(({ status }) => status)).toEqual(['stale', 'ok']);
  expect(positions.map(({ healthFactor }) => healthFactor?.toString() ?? null)).toEqual([
    null,
    '20',
  ]);
  expect(new Set(positions.map(({ handle }) => handle)).size).toBe(2);
});
