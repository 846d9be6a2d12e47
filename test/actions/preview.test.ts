import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Figures } from '../../src/actions/figures.ts';
import type { Preview } from '../../src/actions/preview.ts';
import type { PositionAsk, PositionScene } from '../../src/actions/preview-position.ts';
import { previewPosition } from '../../src/actions/preview-position.ts';
import type { TransferDraft, TransferScene } from '../../src/actions/preview-transfer.ts';
import { previewTransfer } from '../../src/actions/preview-transfer.ts';
import type { MarginAsk } from '../../src/actions/resolve-amount.ts';
import type { StopsChange } from '../../src/actions/stops.ts';
import { dec } from '../../src/domain/decimal.ts';
import { money } from '../../src/domain/money.ts';
import type { StopsState } from '../../src/domain/stops.ts';
import { asAccountId, asPrice, asRatio } from '../../src/domain/units.ts';
import { account } from '../risk/sample-desk.ts';
import { sha256 } from './a-preview.ts';
import { aScene, aSubject } from './a-scene.ts';

/** What a reader sees, to six digits. */
function shown(figures: Figures) {
  const text = (value: { toDecimalPlaces(digits: number): unknown } | null) =>
    value === null ? null : String(value.toDecimalPlaces(6));
  return {
    quantity: text(figures.quantity),
    collateral: text(figures.collateral?.amount ?? null),
    health: text(figures.healthFactor),
    price: text(figures.estimatedLiquidationPrice),
    distance: text(figures.liquidationDistance),
    probability: text(figures.probability24h),
    free: text(figures.freeCollateral?.amount ?? null),
  };
}

function preview(ask: PositionAsk, scene: PositionScene = aScene()): Preview {
  const made = previewPosition({ requestedBy: 'trader', ask }, scene);
  if (!made.ok) throw new TypeError(made.error);
  return made.value;
}

const amount = (value: string | number): MarginAsk => ({ kind: 'amount', amount: dec(value) });
const add = (value: string | number): PositionAsk => ({ kind: 'add-margin', ask: amount(value) });
const remove = (value: number): PositionAsk => ({ kind: 'remove-margin', ask: amount(value) });
const close = (share: string): PositionAsk => ({
  kind: 'reduce',
  ask: { kind: 'share', share: dec(share) },
});
const set = (some: Partial<StopsChange>): PositionAsk => ({
  kind: 'set-stops',
  change: { takeProfit: 'keep', stopLoss: 'keep', trailing: 'keep', ...some },
});
const at = (price: number) => [{ price: asPrice(dec(price)), share: asRatio(dec(1)) }];

const BEFORE = {
  quantity: '1',
  collateral: '5000',
  health: '16.666667',
  price: '45252.525253',
  distance: '0.094949',
  probability: '0.1',
  free: '2000',
};

describe('what adding and removing would do', () => {
  test('before and after, with what is left to pay with', () => {
    const made = preview(add(100));
    expect(shown(made.before)).toEqual(BEFORE);
    expect(shown(made.after)).toEqual({
      ...BEFORE,
      collateral: '5100',
      health: '17',
      price: '45151.515152',
      distance: '0.09697',
      free: '1900',
    });
    expect(made.warnings).toEqual([]);
    expect(made.counted).toEqual({ kind: 'usd', usd: dec(100) });
    expect(made.after.liquidationPrice).toEqual({ kind: 'unknown' });
    expect(made.after.riskUse?.toFixed(6)).toBe('0.058824');
  });

  test.each([
    { why: 'a little', ask: remove(10), warnings: ['health-falls', 'liquidation-nearer'] },
    {
      why: 'past where it gets likely',
      ask: remove(1_000),
      warnings: ['health-falls', 'liquidation-nearer', 'probability-rises'],
    },
    {
      why: 'more than it lives on',
      ask: remove(4_700),
      warnings: ['health-falls', 'liquidation-nearer', 'probability-rises', 'would-liquidate'],
    },
  ])('removing warns: $why', ({ ask, warnings }) => {
    expect(preview(ask).warnings).toEqual(warnings);
  });

  test('what helps too little is no danger by itself', () => {
    const dying = aScene({ subject: aSubject({ collateral: '200' }) });
    const made = preview(add(50), dying);
    expect(made.after.healthFactor?.lt(1)).toBe(true);
    expect(made.warnings).toEqual([]);
  });

  test('a venue that prints another price does not make adding look dangerous', () => {
    const scene = aScene({ subject: aSubject({ liquidation: '45000' }) });
    const made = preview(add(1), scene);
    expect(made.before.liquidationDistance?.toString()).toBe('0.1');
    expect(made.after.liquidationDistance?.lt('0.1')).toBe(true);
    expect(made.warnings).toEqual([]);
  });
});

describe('what reducing would do', () => {
  test('where margin goes with the part, the rest stands as it stood', () => {
    const made = preview(close('0.2'));
    // At 40,000 of value the lower bracket asks 200 of what 4,000 are there for.
    expect(shown(made.after)).toEqual({
      ...BEFORE,
      quantity: '0.8',
      collateral: '4000',
      health: '20',
      price: '45226.130653',
      distance: '0.095477',
      free: null,
    });
    expect(made.counted).toEqual({ kind: 'usd', usd: dec(10_000) });
    expect(made.warnings).toEqual([]);
  });

  test('what the venue itself says of the PnL goes down in proportion, of the requirement by the brackets', () => {
    const subject = aSubject({ entry: '49000', pnl: '1000', maintenance: '300' });
    const made = preview(close('0.2'), aScene({ subject }));
    expect(shown(made.before).health).toBe('20');
    expect(shown(made.after).health).toBe('24');
  });

  test('where it stays, health rises by it, less what closing costs', () => {
    const made = preview(close('0.2'), aScene({ marginOnReduce: 'kept' }));
    expect(shown(made.after)).toMatchObject({ collateral: '4995', health: '24.975' });
  });

  test('a cross one moves its account', () => {
    const made = preview(close('0.2'), aScene({ subject: aSubject({ mode: 'cross' }) }));
    expect(shown(made.before).health).toBe('30');
    expect(shown(made.after)).toMatchObject({ quantity: '0.8', health: '44.975' });
  });

  test('closed is closed: nothing is left to be liquidated', () => {
    const { after, warnings } = preview(close('1'));
    expect(shown(after)).toMatchObject({ quantity: '0', collateral: '0', health: null });
    expect(after.liquidationPrice).toEqual({ kind: 'none' });
    expect(warnings).toEqual([]);
  });
});

describe('what stops would do', () => {
  const stopped: StopsState = { takeProfit: [], stopLoss: at(48_000), trailing: null };
  test.each<{ why: string; ask: PositionAsk; stops?: StopsState; warnings: readonly string[] }>([
    { why: 'before the liquidation', ask: set({ stopLoss: at(48_000) }), warnings: [] },
    {
      why: 'behind it',
      ask: set({ stopLoss: at(45_000) }),
      warnings: ['stop-beyond-liquidation'],
    },
    {
      why: 'the last one goes',
      ask: set({ stopLoss: 'clear' }),
      stops: stopped,
      warnings: ['stop-removed'],
    },
    {
      why: 'a trailing one takes over',
      ask: set({ stopLoss: 'clear', trailing: asRatio(dec('0.01')) }),
      stops: stopped,
      warnings: [],
    },
  ])('warns: $why', ({ ask, stops, warnings }) => {
    const made = preview(ask, aScene(stops === undefined ? {} : { stops }));
    expect(made.warnings).toEqual(warnings);
    expect(made.counted).toEqual({ kind: 'none' });
  });

  test('the act says all that shall stand, and the figures the full-size ones', () => {
    const made = preview(set({ takeProfit: at(60_000) }), aScene({ stops: stopped }));
    expect(made.act).toMatchObject({ stops: { takeProfit: at(60_000), stopLoss: at(48_000) } });
    expect(made.before.takeProfit).toEqual({ kind: 'none' });
    expect(made.after.takeProfit).toEqual({ kind: 'price', price: dec(60_000) });
    expect(shown(made.after)).toEqual(BEFORE);
  });
});

test.each<{ why: string; ask: PositionAsk; scene?: PositionScene; error: string }>([
  { why: 'too much', ask: add(2_001), error: 'more-than-free' },
  { why: 'a stop above', ask: set({ stopLoss: at(51_000) }), error: 'stop-loss-wrong-side' },
  {
    why: 'no fee known',
    ask: close('0.5'),
    scene: aScene({
      subject: aSubject({ instrument: { ...aSubject().position.instrument, takerFee: null } }),
    }),
    error: 'no-fee',
  },
])('no preview of what cannot be: $why', ({ ask, scene = aScene(), error }) => {
  const made = previewPosition({ requestedBy: 'trader', ask }, scene);
  expect(made).toEqual({ ok: false, error });
});

test('a coin whose dollars nobody knows is not taken for nothing', () => {
  const { instrument } = aSubject().position;
  const coin = aSubject({ instrument: { ...instrument, settle: 'BTC' }, collateral: '0.1' });
  const scene = aScene({ subject: coin, free: null });
  expect(preview(add('0.01'), scene).counted).toEqual({ kind: 'unpriced' });
  const priced = preview(add('0.01'), { ...scene, coinUsd: dec(50_000) });
  expect(priced.counted).toEqual({ kind: 'usd', usd: dec(500) });
});

test('adding is never a warning, removing always one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 199_999 }), (cents) => {
      const value = dec(cents).div(100);
      expect(preview(add(value.toString())).warnings).toEqual([]);
      const ask: PositionAsk = { kind: 'remove-margin', ask: { kind: 'amount', amount: value } };
      expect(preview(ask).warnings).toContain('health-falls');
    }),
    { seed: 20_261_126, numRuns: 200 },
  );
});

describe('what a transfer would do', () => {
  const side = (id: string, equity: string, more: Partial<TransferScene['from']> = {}) => {
    const made = account({ id, equity, maintenance: '100' });
    const funded = { ...made.account, fundedBy: [asAccountId('payer')] };
    return { account: { ...made, account: funded }, free: money(dec(800), 'USDT'), ...more };
  };
  const scene = (more: Partial<TransferScene> = {}): TransferScene => ({
    ...{ from: side('payer', '1000'), to: side('needy', '150'), step: dec('0.01') },
    ...{ coinUsd: null, expiresAt: 60_000, hash: sha256, ...more },
  });
  const draft = (value: string, currency = 'USDT'): TransferDraft => ({
    requestedBy: 'trader',
    amount: money(dec(value), currency),
  });
  const elsewhere = side('needy', '150');
  const { account: there } = elsewhere;

  test('both accounts, before and after', () => {
    const made = previewTransfer(draft('250.009'), scene());
    if (!made.ok) throw new TypeError(made.error);
    const { before, after, receiver, warnings, act } = made.value;
    expect(act).toMatchObject({ to: 'needy', amount: money(dec(250), 'USDT') });
    expect(shown(before)).toMatchObject({ health: '10', free: '800' });
    expect(shown(after)).toMatchObject({ health: '7.5', free: '550' });
    expect(receiver && shown(receiver.before)).toMatchObject({ health: '1.5', free: '800' });
    expect(receiver && shown(receiver.after)).toMatchObject({ health: '4', free: '1050' });
    expect(warnings).toEqual(['payer-health-falls']);
  });

  test('coins of unknown worth leave health unknown, not as it was', () => {
    const made = previewTransfer(draft('1', 'BTC'), scene());
    if (!made.ok) throw new TypeError(made.error);
    expect(made.value.counted).toEqual({ kind: 'unpriced' });
    expect(shown(made.value.after)).toMatchObject({ health: null, free: null });
  });

  test('the payer may not die of it', () => {
    const made = previewTransfer(
      draft('900'),
      scene({ from: side('payer', '1000', { free: null }) }),
    );
    expect(made.ok && made.value.warnings).toEqual(['payer-health-falls', 'would-liquidate']);
  });

  test.each<{ why: string; value: string; scene: TransferScene; error: string }>([
    {
      why: 'to itself',
      value: '1',
      scene: scene({ to: side('payer', '1') }),
      error: 'same-account',
    },
    { why: 'more than is free', value: '800.01', scene: scene(), error: 'more-than-free' },
    { why: 'nothing', value: '0', scene: scene(), error: 'not-positive' },
    { why: 'less than a step', value: '0.001', scene: scene(), error: 'too-small' },
    {
      why: 'to another venue',
      value: '1',
      scene: scene({
        to: { ...elsewhere, account: { ...there, account: { ...there.account, venue: 'okx' } } },
      }),
      error: 'other-venue',
    },
    {
      why: 'where the desk does not send',
      value: '1',
      scene: scene({
        to: { ...elsewhere, account: { ...there, account: { ...there.account, fundedBy: [] } } },
      }),
      error: 'not-funded-by',
    },
  ])('refused: $why', ({ value, scene: place, error }) => {
    expect(previewTransfer(draft(value), place)).toEqual({ ok: false, error });
  });
});
