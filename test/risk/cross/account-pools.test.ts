import { describe, expect, test } from 'vitest';
import { dec, ONE, ZERO } from '../../../src/domain/decimal.ts';
import type { Position, VenueRatio } from '../../../src/domain/position.ts';
import { asRatio } from '../../../src/domain/units.ts';
import type { AccountSnapshot } from '../../../src/portfolio/snapshot.ts';
import { assessDesk } from '../../../src/risk/assess-desk.ts';
import { accountDeath } from '../../../src/risk/cross/account-death.ts';
import { account, desk, instrument, type PositionText, position, tiers } from '../sample-desk.ts';

const TIERS = tiers(['0', '0.01', '0']);
const BTC = instrument('BTC/USDT:USDT', { tiers: TIERS, takerFee: asRatio(dec('0.0005')) });
const ETH = instrument('ETH/USDT:USDT', { tiers: TIERS, takerFee: asRatio(dec('0.0005')) });
const BTC_COIN = instrument('BTC/USD:BTC', { tiers: TIERS, contractSize: dec('100') });

const cross = (text: Partial<PositionText>) =>
  position({
    instrument: BTC,
    contracts: '1',
    mark: '50000',
    mode: 'cross',
    maintenance: '500',
    ...text,
  });

/** Long 1 BTC at 50,000 (maintenance 500) and 4 ETH at 2,500 (100), 1 % each. */
const LONGS = [
  cross({}),
  cross({ instrument: ETH, contracts: '4', mark: '2500', maintenance: '100' }),
];
/** Beside them, on its own margin: 2,000 and a gain of 100, maintenance 50. */
const APART = cross({
  ...{
    instrument: ETH,
    side: 'short',
    contracts: '2',
    mark: '2500',
    mode: 'isolated',
    entry: '2550',
  },
  ...{ collateral: '2000', pnl: '100', maintenance: '50' },
});

interface Text {
  readonly venue?: string;
  readonly equity?: string | null;
  /** Null: the venue does not tell it. */
  readonly maintenance?: string | null;
  readonly pooling?: 'account' | 'coin' | null;
  readonly ratio?: VenueRatio;
  readonly coins?: readonly (readonly [string, string, string?])[];
  /** Haircut of every coin that is not a dollar; none: not known. */
  readonly rate?: string;
  readonly positions?: readonly Position[];
  readonly gaps?: AccountSnapshot['gaps'];
}

function accountOf(text: Text): AccountSnapshot {
  const venue = text.venue ?? 'bybit';
  const made = account({
    venue,
    equity: text.equity === undefined ? '10000' : text.equity,
    maintenance: text.maintenance ?? '600',
    coins: [['USDT', '10000', '10000']],
    ...(text.ratio === undefined ? {} : { venueRatio: text.ratio }),
    ...(text.coins === undefined ? {} : { coins: text.coins }),
    positions: (text.positions ?? LONGS).map((each) => ({ ...each, venue })),
  });
  const margin = made.margin && {
    ...made.margin,
    ...(text.maintenance === null ? { maintenanceMarginUsd: null } : {}),
    pooling: text.pooling === undefined ? ('account' as const) : text.pooling,
    collateral: made.margin.collateral.map((coin) => ({
      ...coin,
      brackets:
        text.rate === undefined || coin.asset === 'USDT'
          ? null
          : [{ floor: ZERO, rate: asRatio(dec(text.rate)) }],
    })),
  };
  return { ...made, margin, gaps: text.gaps ?? [] };
}

const mmRate = (value: string): VenueRatio => ({
  ...{ name: 'accountMMRate', value: dec(value), direction: 'up', liquidatesAt: ONE },
});
const uniMmr = (value: string): VenueRatio => ({
  ...{ name: 'uniMMR', value: dec(value), direction: 'down', liquidatesAt: dec('1.05') },
});
const BTC_HELD = [
  ['USDT', '10000', '10000'],
  ['BTC', '0.2', '10000'],
] as const;

describe('a position of a cross pool goes down where', () => {
  test.each<{ why: string; text: Text; at: string; basis: string }>([
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

  test.each<{ why: string; text: Text; reason: string }>([
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

describe('pools of one account', () => {
  const COINS = [
    ['BTC', '1', '50000'],
    ['ETH', '10', '25000'],
  ] as const;
  const eth = {
    ...BTC_COIN,
    asset: 'ETH',
    settle: 'ETH',
    symbol: 'ETH/USD:ETH',
    contractSize: dec('10'),
  };

  test('each coin of COIN-M dies by itself', () => {
    const positions = [
      cross({ instrument: BTC_COIN, contracts: '1000', maintenance: '0.02' }),
      cross({
        instrument: eth,
        side: 'short',
        contracts: '5000',
        mark: '2500',
        maintenance: '0.2',
      }),
    ];
    const given = accountOf({
      venue: 'binancecoinm',
      pooling: 'coin',
      equity: '75000',
      coins: COINS,
      positions,
    });
    const { accounts, positions: risks } = assessDesk(desk(given));
    expect(accounts[0]?.pools.diesAt.map(({ pool, asset }) => [pool, asset])).toEqual([
      ['BTC', 'BTC'],
      ['ETH', 'ETH'],
    ]);
    // 1 + 100,000 (1/50,000 − 1/P) = 1,000/P; the short of 50,000 owns 10 − 20 coins: above.
    expect(risks[0]?.estimatedLiquidationPrice?.toFixed(4)).toBe('33666.6667');
    expect(risks[1]?.estimatedLiquidationPrice?.toFixed(4)).toBe('4950.0000');
  });

  test('linear and inverse legs of an asset, and the coin itself, move together', () => {
    const positions = [
      cross({ contracts: '2', maintenance: '1000' }),
      cross({ instrument: BTC_COIN, side: 'short', contracts: '500', maintenance: '0.01' }),
    ];
    const given = accountOf({
      equity: '60000',
      coins: COINS.slice(0, 1).concat([['USDT', '10000', '10000']] as never),
      positions,
      maintenance: '1500',
      rate: '1',
    });
    const [death] = assessDesk(desk(given)).accounts[0]?.pools.diesAt ?? [];
    // 60,000 + (2 + 1 − 1 + 1) x … : the coin and the short cancel in dollars, linear longs remain.
    expect(death?.below?.toFixed(4)).toBe('20454.5455');
    expect(death?.above).toBeNull();
  });

  test('an account without cross positions has none, and says nothing is missing', () => {
    const [held] = assessDesk(desk(accountOf({ positions: [APART] }))).accounts;
    expect(held?.pools).toEqual({ pools: [], diesAt: [], missing: null });
  });
});

describe('an account', () => {
  const HEDGED = [cross({}), cross({ side: 'short', contracts: '0.995', maintenance: '497.5' })];

  test('that is nearly neutral dies of a rise: the short shows it, the long has no price', () => {
    const given = accountOf({
      equity: '1010',
      maintenance: '997.5',
      coins: [['USDT', '1010', '1010']],
      positions: HEDGED,
    });
    const { positions } = assessDesk(desk(given));
    expect(
      positions.map(({ estimatedLiquidationPrice: price }) => price?.toFixed(4) ?? null),
    ).toEqual([null, '50836.1204']);
    expect(positions.map(({ estimateMissing }) => estimateMissing)).toEqual(['never', null]);
  });

  test('Binance prints the pool’s price on the leg that gains too: it is not past it', () => {
    const printed = HEDGED.map(
      (each) => ({ ...each, liquidation: { kind: 'price', price: dec('50838') } }) as Position,
    );
    const given = accountOf({
      venue: 'binanceusdm',
      equity: '1010',
      maintenance: '997.5',
      coins: [['USDT', '1010', '1010']],
      positions: printed,
    });
    const { positions } = assessDesk(desk(given));
    expect(positions.map(({ liquidationDistance }) => liquidationDistance?.toString())).toEqual([
      '0.01676',
      '0.01676',
    ]);
  });

  test('that is past its liquidation shows the price that would save it, and burns', () => {
    const given = accountOf({ equity: '500', coins: [['USDT', '500', '500']] });
    const [long, eth] = assessDesk(desk(given)).positions;
    expect(long?.estimatedLiquidationPrice?.toFixed(4)).toBe('50101.0101');
    expect(long?.liquidationDistance?.isNegative()).toBe(true);
    expect([long?.band, eth?.band]).toEqual(['emerg', 'emerg']);
  });

  test('that nothing saves burns all the same', () => {
    const short = cross({ side: 'short', contracts: '0.001', maintenance: '0.5' });
    const given = accountOf({
      equity: '-500',
      maintenance: '100',
      coins: [['USDT', '-500', '-500']],
      positions: [short],
    });
    const [risk] = assessDesk(desk(given)).positions;
    expect(risk).toMatchObject({
      estimateMissing: 'past',
      liquidationState: 'unknown',
      band: 'emerg',
    });
  });

  test('dies together by betas, nearer than by any asset alone', () => {
    const [held] = assessDesk(desk(accountOf({}))).accounts;
    const pools = held?.pools.pools ?? [];
    const betas = new Map([
      ['BTC', ONE],
      ['ETH', dec('1.5')],
    ]);
    const together = accountDeath(pools, betas);
    // 10,000 + 50,000 d + 1.5 × 10,000 d = 600 (1 + …): d = −9,400 ÷ (65,000 × 0.99)
    expect(together.ok && together.value.below?.toFixed(6)).toBe('0.853924');
    const alone = accountDeath(pools, new Map([['BTC', ONE]]));
    expect(alone.ok && alone.value.below?.toFixed(6)).toBe('0.810101');
  });
});
