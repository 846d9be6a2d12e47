import { describe, expect, test } from 'vitest';
import { dec } from '../../src/domain/decimal.ts';
import type { Handle } from '../../src/domain/units.ts';
import { asRatio } from '../../src/domain/units.ts';
import type { PositionRisk } from '../../src/risk/position-risk.ts';
import { assessPosition } from '../../src/risk/position-risk.ts';
import type { PositionText } from './sample-desk.ts';
import { instrument, position, tiers } from './sample-desk.ts';

const TIERS = tiers(['0', '0.005', '0']);
const BTC = instrument('BTC/USDT:USDT', { venue: 'binanceusdm', tiers: TIERS });
const BTC_INVERSE = instrument('BTC/USD:BTC', { tiers: TIERS, contractSize: dec('100') });

function assess(text: PositionText): PositionRisk {
  const around = {
    handle: 'ab23' as Handle,
    status: 'ok',
    accountHealth: asRatio(dec('3')),
    pools: { pools: [], diesAt: [], missing: 'no-equity' },
  } as const;
  return assessPosition(position(text), around);
}

/** The seed's position: 0.1 BTC from 65,000 with 650 of margin. */
const SEED = {
  instrument: BTC,
  contracts: '0.1',
  entry: '65000',
  mark: '65500',
  mode: 'isolated',
  collateral: '650',
} as const;

describe('our own liquidation price', () => {
  test.each([
    { why: 'on the mark, without fee', venue: 'binanceusdm', at: '58793.9698492' },
    { why: 'a venue we have no rules of', venue: 'kraken', at: '58793.9698492' },
    { why: 'maintenance stays at entry', venue: 'ztdx', at: '58825' },
    { why: 'the fee of the close is required too', venue: 'okx', at: '58823.5294118' },
    { why: 'the fee of the close is held inside the margin', venue: 'bybit', at: '58826.3243276' },
  ])('$venue: $why', ({ venue, at }) => {
    const fee = asRatio(dec('0.00055'));
    const contract = { ...BTC, venue, takerFee: venue === 'okx' ? asRatio(dec('0.0005')) : fee };
    const risk = assess({ ...SEED, venue, instrument: contract });
    expect(risk.estimatedLiquidationPrice?.toDecimalPlaces(7).toString()).toBe(at);
    expect(risk).toMatchObject({ estimateMissing: null, liquidationState: 'price' });
  });

  test.each<{ why: string; text: Partial<PositionText>; reason: string; state: string }>([
    {
      why: 'depends on the account',
      text: { mode: 'cross' },
      reason: 'no-equity',
      state: 'unknown',
    },
    {
      why: 'on the whole desk',
      text: { mode: 'portfolio' },
      reason: 'no-equity',
      state: 'unknown',
    },
    { why: 'mode not told', text: { mode: null }, reason: 'no-margin-mode', state: 'unknown' },
    {
      why: 'no brackets',
      text: { instrument: { ...BTC, tiers: null } },
      reason: 'no-tiers',
      state: 'unknown',
    },
    {
      why: 'fee not told where it counts',
      text: { venue: 'okx' },
      reason: 'no-fee',
      state: 'unknown',
    },
    {
      why: 'paid in full: an answer, not a hole',
      text: { collateral: '6500' },
      reason: 'never',
      state: 'none',
    },
    {
      why: 'balances of its pool not known, and the venue says there is none',
      text: { mode: 'cross', liquidation: 'none' },
      reason: 'no-equity',
      state: 'none',
    },
  ])('is not guessed: $why', ({ text, reason, state }) => {
    const risk = assess({ ...SEED, ...text });
    expect(risk.estimatedLiquidationPrice).toBeNull();
    expect(risk).toMatchObject({
      estimateMissing: reason,
      liquidationState: state,
      liquidationDistance: null,
      band: state === 'none' ? 'ok' : null,
    });
  });

  test('without entry or margin it is named what is missing', () => {
    const { entry: _entry, ...noEntry } = SEED;
    const { collateral: _collateral, ...noCollateral } = SEED;
    expect(assess(noEntry).estimateMissing).toBe('no-entry');
    expect(assess(noCollateral).estimateMissing).toBe('no-collateral');
  });
});

describe('distance and band', () => {
  test.each([
    {
      why: 'the venue’s price goes first',
      side: 'long',
      liquidation: '60000',
      distance: '0.0839694656',
      band: 'warn',
    },
    {
      why: 'a short the other way',
      side: 'short',
      liquidation: '67465',
      distance: '0.03',
      band: 'crit',
    },
    {
      why: 'past it already',
      side: 'long',
      liquidation: '66155',
      distance: '-0.01',
      band: 'emerg',
    },
  ] as const)('$why', ({ side, liquidation, distance, band }) => {
    const risk = assess({ ...SEED, side, liquidation });
    expect(risk.liquidationDistance?.toDecimalPlaces(10).toString()).toBe(distance);
    expect(risk.band).toBe(band);
  });

  test('a price without a mark has no distance', () => {
    const risk = assess({ ...SEED, mark: null, liquidation: '60000' });
    expect(risk).toMatchObject({
      liquidationState: 'price',
      liquidationDistance: null,
      band: null,
    });
  });
});

describe('disagreement with the venue', () => {
  const withTick = (tickSize: string | null) => ({
    ...BTC,
    tickSize: tickSize === null ? null : dec(tickSize),
  });
  // Ours: 58793.9698…
  test.each([
    { why: 'within two ticks', tick: '0.1', liquidation: '58794.1', disagrees: false },
    { why: 'more than two ticks', tick: '0.1', liquidation: '58794.2', disagrees: true },
    {
      why: 'tick not known, within half a percent',
      tick: null,
      liquidation: '59089',
      disagrees: false,
    },
    {
      why: 'tick not known, more than half a percent',
      tick: null,
      liquidation: '59090',
      disagrees: true,
    },
    {
      why: 'wide ticks do not excuse half a percent',
      tick: '500',
      liquidation: '59090',
      disagrees: true,
    },
    { why: 'nothing to compare with', tick: '0.1', liquidation: 'none', disagrees: false },
  ])('$why', ({ tick, liquidation, disagrees }) => {
    const risk = assess({ ...SEED, instrument: withTick(tick), liquidation });
    expect(risk.disagrees).toBe(disagrees);
  });

  test('the venue’s own rounding is none', () => {
    const contract = {
      ...BTC,
      venue: 'bybit',
      takerFee: asRatio(dec('0.00055')),
      tickSize: dec('50'),
    };
    // Ours is 58826.32; Bybit prints a long up to the tick.
    expect(assess({ ...SEED, instrument: contract, liquidation: '58850' }).disagrees).toBe(false);
    expect(assess({ ...SEED, instrument: contract, liquidation: '58960' }).disagrees).toBe(true);
  });
});

describe('health factor', () => {
  test.each<{ why: string; text: Partial<PositionText>; health: string | null }>([
    { why: 'own figures, our maintenance at the mark', text: {}, health: '21.3740458015' },
    { why: 'at entry on ZTDX', text: { venue: 'ztdx' }, health: '21.5384615385' },
    { why: 'the venue’s maintenance first', text: { maintenance: '35' }, health: '20' },
    { why: 'the venue’s PnL first', text: { pnl: '-650' }, health: '0' },
    { why: 'cross: the account’s', text: { mode: 'cross' }, health: '3' },
    { why: 'mode not told: nobody’s', text: { mode: null }, health: null },
    {
      why: 'nothing to judge the requirement by',
      text: { instrument: { ...BTC, tiers: null } },
      health: null,
    },
  ])('$why', ({ text, health }) => {
    const risk = assess({ ...SEED, ...text });
    expect(risk.healthFactor?.toDecimalPlaces(10).toString() ?? null).toBe(health);
  });
});

describe('US dollars', () => {
  test('an inverse position is worth its face, its coin figures the mark', () => {
    const risk = assess({
      ...{
        instrument: BTC_INVERSE,
        side: 'short',
        contracts: '500',
        entry: '40000',
        mark: '50000',
      },
      ...{ mode: 'isolated', collateral: '0.5' },
    });
    expect(risk.notionalUsd?.toString()).toBe('50000');
    expect(risk.collateralUsd?.toString()).toBe('25000');
    // 50,000 × (1/50,000 − 1/40,000) = −0.25 BTC
    expect(risk.unrealizedPnlUsd?.toString()).toBe('-12500');
  });

  test('without a mark there is no value, unless the venue gives one or the face is it', () => {
    expect(assess({ ...SEED, mark: null }).notionalUsd).toBeNull();
    expect(assess({ ...SEED, mark: null }).unrealizedPnlUsd).toBeNull();
    expect(assess({ ...SEED, mark: null, venueNotional: '-6550' }).notionalUsd?.toString()).toBe(
      '6550',
    );
    expect(assess({ ...SEED, mark: null, pnl: '7' }).unrealizedPnlUsd?.toString()).toBe('7');
    const inverse = { instrument: BTC_INVERSE, contracts: '5', mark: null, pnl: '0.1' };
    expect(assess(inverse).notionalUsd?.toString()).toBe('500');
    expect(assess(inverse).unrealizedPnlUsd).toBeNull();
  });

  test('a quote that is no dollar is not taken for one', () => {
    const euro = instrument('BTC/EUR:EUR');
    const risk = assess({ instrument: euro, contracts: '1', mark: '50000', pnl: '10' });
    expect(risk).toMatchObject({ notionalUsd: null, unrealizedPnlUsd: null });
  });
});
