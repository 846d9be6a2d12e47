import { describe, expect, test } from 'vitest';
import type { Position } from '../../../src/domain/position.ts';
import type { AccountSnapshot } from '../../../src/portfolio/snapshot.ts';
import { assessDesk } from '../../../src/risk/assess-desk.ts';
import { desk } from '../sample-desk.ts';
import {
  type AccountParts,
  APART,
  accountOf,
  BTC,
  BTC_HELD,
  cross,
  ETH,
  LONGS,
  mmRate,
  uniMmr,
} from './cross-account.ts';

describe('a position of a cross pool goes down where', () => {
  test.each<{ why: string; text: AccountParts; at: string; basis: string }>([
    {
      why: 'equity meets maintenance, the others’ included',
      text: { venue: 'binanceusdm' },
      at: '40505.050505',
      basis: 'reported',
    },
    {
      why: 'isolated margin, gain and maintenance are taken out of the totals',
      text: {
        equity: '12100',
        maintenance: '650',
        positions: [...LONGS, APART],
        coins: [['USDT', '12100', '12100']],
      },
      at: '40505.050505',
      basis: 'reported',
    },
    {
      why: 'the account’s maintenance is not told: the sum of its cross positions',
      text: { venue: 'hyperliquid', maintenance: null },
      at: '40505.050505',
      basis: 'reported',
    },
    {
      why: 'OKX: the fees of all forced closes are required too, and grow with the value',
      text: { venue: 'okx' },
      at: '40530.570995',
      basis: 'reported',
    },
    {
      why: 'portfolio margin of Binance: at 105 % of maintenance',
      text: {
        venue: 'binancepm',
        ratio: uniMmr('16.6666666'),
        positions: LONGS.map((each) => ({ ...each, marginMode: 'portfolio' as const })),
      },
      at: '40530.570995',
      basis: 'reported',
    },
    {
      why: 'coin collateral loses value too, at its haircut',
      text: { equity: '20000', coins: BTC_HELD, rate: '0.9' },
      at: '34273.504274',
      basis: 'reported',
    },
    {
      why: 'haircut not told: what the venue’s ratio leaves, at the safe end of its digits',
      text: { equity: '20000', coins: BTC_HELD, ratio: mmRate('0.0308') },
      at: '34030.650078',
      basis: 'venue-ratio',
    },
    {
      why: 'Binance multi-assets: the ratio is over the balance after haircuts',
      text: {
        ...{ venue: 'binanceusdm', equity: '20000', coins: BTC_HELD },
        ratio: mmRate('0.03125'),
      },
      at: '34160.303471',
      basis: 'venue-ratio',
    },
    {
      why: 'several haircuts not told: this coin is taken to carry all of it',
      text: {
        ...{ equity: '25000', ratio: mmRate('0.0273') },
        coins: [...BTC_HELD, ['ETH', '2', '5000']],
      },
      at: '32102.680488',
      basis: 'bound',
    },
    {
      why: 'no ratio either: the coin is taken to count for nothing',
      text: { equity: '20000', coins: BTC_HELD },
      at: '40505.050505',
      basis: 'bound',
    },
    {
      why: 'the ratio knows of a loan that no balance shows',
      text: { ratio: mmRate('0.05') },
      at: '38509.042521',
      basis: 'venue-ratio',
    },
    {
      why: 'a ratio of few digits that fits is no reason to be less exact',
      text: { ratio: mmRate('0.06') },
      at: '40505.050505',
      basis: 'reported',
    },
    {
      why: 'a settle coin that is its own pool: other coins do not help',
      text: { venue: 'okx', pooling: 'coin', equity: '20000', coins: BTC_HELD },
      at: '40530.570995',
      basis: 'reported',
    },
  ])('$why', ({ text, at, basis }) => {
    const given = accountOf(text);
    const [risk] = assessDesk(desk(given)).positions;
    expect(risk?.estimatedLiquidationPrice?.toFixed(6)).toBe(at);
    expect(risk).toMatchObject({
      estimateBasis: basis,
      estimateMissing: null,
      liquidationState: 'price',
    });
    expect(risk?.liquidationDistance?.gt(0)).toBe(true);
  });

  test.each<{ why: string; text: AccountParts; reason: string }>([
    { why: 'balances never read', text: { equity: null }, reason: 'no-equity' },
    {
      why: 'nobody says which coins stand in for which',
      text: { pooling: null },
      reason: 'no-pooling',
    },
    {
      why: 'the requirement of another position is not known',
      text: {
        maintenance: null,
        positions: [
          cross({}),
          { ...LONGS[1], maintenanceMargin: null, instrument: { ...ETH, tiers: null } } as Position,
        ],
      },
      reason: 'no-maintenance',
    },
    {
      why: 'its own brackets are not known',
      text: { positions: [cross({ instrument: { ...BTC, tiers: null } })] },
      reason: 'no-tiers',
    },
    {
      why: 'another leg on the asset has no mark',
      text: { positions: [cross({}), cross({ mark: null, side: 'short' })] },
      reason: 'no-mark',
    },
    {
      why: 'an isolated position’s own margin is not known',
      text: { positions: [...LONGS, { ...APART, collateral: null }] },
      reason: 'no-isolated',
    },
    {
      why: 'the fee of another position is not told where it counts',
      text: {
        venue: 'okx',
        positions: [
          cross({}),
          cross({ instrument: { ...ETH, takerFee: null }, contracts: '4', mark: '2500' }),
        ],
      },
      reason: 'no-fee',
    },
    {
      why: 'only a haircut nobody told keeps it alive',
      text: {
        equity: '10100',
        coins: [
          ['USDT', '100', '100'],
          ['BTC', '0.2', '10000'],
        ],
      },
      reason: 'no-haircut',
    },
    {
      why: 'the venue requires what its scenarios cost',
      text: { venue: 'okx', positions: [{ ...cross({}), marginMode: 'portfolio' }] },
      reason: 'portfolio',
    },
    {
      why: 'a position that could not be read may be on the same asset',
      text: { gaps: [{ scope: 'row' } as AccountSnapshot['gaps'][number]] },
      reason: 'unread-position',
    },
    {
      why: 'a coin without a price',
      text: {
        coins: [
          ['USDT', '10000', '10000'],
          ['XYZ', '5'],
        ],
      },
      reason: 'no-coin-price',
    },
    {
      why: 'not quoted in dollars',
      text: { positions: [cross({ instrument: { ...BTC, quote: 'EUR' } })] },
      reason: 'not-dollars',
    },
    {
      why: 'enough dollars for any fall',
      text: { equity: '60000', coins: [['USDT', '60000', '60000']] },
      reason: 'never',
    },
  ])('is not guessed: $why', ({ text, reason }) => {
    const given = accountOf(text);
    const [risk] = assessDesk(desk(given)).positions;
    expect(risk).toMatchObject({
      estimateMissing: reason,
      estimatedLiquidationPrice: null,
      estimateBasis: null,
    });
    expect(risk?.liquidationState).toBe(reason === 'never' ? 'none' : 'unknown');
  });
});
