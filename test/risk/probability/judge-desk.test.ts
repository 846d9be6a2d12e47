import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assessDesk } from '../../../src/risk/assess-desk.ts';
import { assetsOf } from '../../../src/risk/probability/assess-probability.ts';
import type { AssetOutlook } from '../../../src/risk/probability/asset-outlook.ts';
import { assetOutlook, HOUR_MS } from '../../../src/risk/probability/asset-outlook.ts';
import type { JudgedDesk } from '../../../src/risk/probability/judge-desk.ts';
import { judgeDesk, probability24h } from '../../../src/risk/probability/judge-desk.ts';
import { marketModel } from '../../../src/risk/probability/market-model.ts';
import { poolsAtRisk } from '../../../src/risk/probability/pools-at-risk.ts';
import type { ProbabilityEvidence } from '../../../src/risk/probability/probability-evidence.ts';
import { seededUnit } from '../../../src/risk/probability/seeded-unit.ts';
import { simulateLiquidations } from '../../../src/risk/probability/simulate-liquidations.ts';
import { simulationRequest } from '../../../src/risk/probability/simulation-request.ts';
import { candleSeries, DAY_MS } from '../../../src/risk/statistics/candle-series.ts';
import type { PositionText } from '../sample-desk.ts';
import { account, desk, instrument, position, tiers } from '../sample-desk.ts';
import { aWalk } from './a-walk.ts';

const TODAY = 20_000;
const NOW = TODAY * DAY_MS + HOUR_MS;

const daily = (asset: string, days: number, seed: number) =>
  candleSeries(
    asset,
    aWalk({ bars: days, sigma: 0.03, seed, first: TODAY - days }).map(({ index, ...bar }) => ({
      day: index,
      open: bar.close,
      ...bar,
    })),
  );
const hourly = (hours: number) =>
  aWalk({ bars: hours, sigma: 0.006, seed: 9, first: TODAY * 24 + 1 - hours }).map(
    ({ index, ...bar }) => ({ hour: index, open: bar.close, ...bar }),
  );

const LONG_PAST = assetOutlook({ asset: 'BTC', daily: daily('BTC', 700, 1), hourly: null }, NOW);
const ETH_PAST = assetOutlook({ asset: 'ETH', daily: daily('ETH', 700, 2), hourly: null }, NOW);

const evidence = (changes: Partial<ProbabilityEvidence> = {}): ProbabilityEvidence => ({
  outlooks: new Map<string, AssetOutlook>([
    ['BTC', LONG_PAST],
    ['ETH', ETH_PAST],
  ]),
  fundingAnnual: new Map(),
  depth: new Map(),
  simulation: null,
  ...changes,
});

const BRACKETS = tiers(['0', '0.005', '0']);
const BTC = instrument('BTC/USDT:USDT', { tiers: BRACKETS });
const ETH = instrument('ETH/USDT:USDT', { tiers: BRACKETS });

const isolated = (text: Partial<PositionText> = {}) =>
  position({
    instrument: BTC,
    contracts: '1',
    entry: '60000',
    mark: '60000',
    mode: 'isolated',
    collateral: '6000',
    pnl: '0',
    liquidation: '56000',
    ...text,
  });

function judged(
  positions: readonly ReturnType<typeof position>[],
  given = evidence(),
  equity = '20000',
): JudgedDesk {
  return judgeDesk(
    assessDesk(
      desk(account({ venue: 'hyperliquid', positions, equity, coins: [['USDT', equity]] })),
    ),
    given,
  );
}
const one = (text: Partial<PositionText>, given = evidence()) => {
  const [row] = judged([isolated(text)], given).positions;
  if (row === undefined) throw new Error('no position');
  return row;
};

describe('what a position is told by', () => {
  const withOutlook = (outlook: AssetOutlook) =>
    evidence({ outlooks: new Map([['BTC', outlook]]) });
  const past = (days: number, hours: number | null, now = NOW) =>
    withOutlook(
      assetOutlook(
        {
          asset: 'BTC',
          daily: days === 0 ? null : daily('BTC', days, 1),
          hourly: hours === null ? null : hourly(hours),
        },
        now,
      ),
    );

  test.each([
    {
      why: 'years of days',
      given: past(700, null),
      at: '24h',
      method: 'excursions',
      calibrated: true,
    },
    {
      why: 'days alone say little of an hour',
      given: past(700, null),
      at: '1h',
      method: 'excursions-scaled',
      calibrated: false,
    },
    {
      why: 'days alone say little of eight',
      given: past(700, null),
      at: '8h',
      method: 'excursions-scaled',
      calibrated: false,
    },
    {
      why: 'ninety days of hours',
      given: past(700, 2160),
      at: '1h',
      method: 'excursions',
      calibrated: true,
    },
    {
      why: 'ninety days of hours, eight at a time',
      given: past(700, 2160),
      at: '8h',
      method: 'excursions',
      calibrated: true,
    },
    {
      why: 'too few hours',
      given: past(700, 1000),
      at: '1h',
      method: 'excursions-scaled',
      calibrated: false,
    },
    {
      why: 'a younger coin than the calibration',
      given: past(300, null),
      at: '24h',
      method: 'excursions',
      calibrated: false,
    },
    {
      why: 'a coin of some weeks',
      given: past(60, null),
      at: '24h',
      method: 'reflection',
      calibrated: false,
    },
    {
      why: 'a coin of two days of hours',
      given: past(0, 48),
      at: '24h',
      method: 'reflection',
      calibrated: false,
    },
    {
      why: 'candles that stopped',
      given: past(700, null, NOW + 5 * DAY_MS),
      at: '24h',
      method: 'excursions',
      calibrated: false,
    },
  ] as const)('$why: $method at $at', ({ given, at, method, calibrated }) => {
    const figure = one({}, given).probability.liquidation[at];
    expect(figure).toMatchObject({ kind: 'known', method, isCalibrated: calibrated });
  });

  test.each([
    {
      why: 'no candles of the asset',
      given: evidence({ outlooks: new Map() }),
      text: {},
      because: 'no-candles',
    },
    { why: 'five days', given: past(5, null), text: {}, because: 'no-volatility' },
    { why: 'an hour', given: past(0, 1), text: {}, because: 'no-volatility' },
    { why: 'no mark', given: evidence(), text: { mark: null }, because: 'no-mark' },
    {
      why: 'nobody knows the price',
      given: evidence(),
      text: { liquidation: undefined, collateral: undefined },
      because: 'no-liquidation-price',
    },
  ])('$why: unknown, $because', ({ given, text, because }) => {
    const row = one(text as Partial<PositionText>, given);
    expect(row.probability.liquidation['24h']).toEqual({ kind: 'unknown', because });
    expect(probability24h(row)).toBeNull();
  });

  test('data age is that of the newest candle used', () => {
    const figure = one({}).probability.liquidation['24h'];
    expect(figure).toMatchObject({ dataAt: TODAY * DAY_MS });
  });
});

test.each([
  { why: 'none, says the venue', text: { liquidation: 'none', collateral: undefined }, is: 0 },
  { why: 'at the price', text: { liquidation: '60000' }, is: 1 },
  { why: 'past the price', text: { liquidation: '61000' }, is: 1 },
])('$why is certain', ({ text, is }) => {
  expect(one(text as Partial<PositionText>).probability.liquidation['1h']).toMatchObject({
    method: 'certain',
    probability: is,
  });
});

test('longer is likelier, nearer is likelier, and a short looks up', () => {
  const { liquidation } = one({ liquidation: '57000' }).probability;
  const chance = (name: '1h' | '8h' | '24h') => {
    const figure = liquidation[name];
    return figure.kind === 'known' ? figure.probability : Number.NaN;
  };
  expect(chance('1h')).toBeLessThanOrEqual(chance('8h'));
  expect(chance('8h')).toBeLessThan(chance('24h'));
  expect(probability24h(one({ liquidation: '58500' }))).toBeGreaterThan(chance('24h'));
  expect(probability24h(one({ side: 'short', liquidation: '61000' }))).toBeGreaterThan(0.3);
  expect(probability24h(one({ side: 'short', liquidation: '75000' }))).toBeLessThan(0.02);
});

test('funding is heeded where it brings the end nearer, and no help is expected of it', () => {
  const paying = (rate: number) => evidence({ fundingAnnual: new Map([[BTC.id, rate]]) });
  const plain = probability24h(one({ liquidation: '58500' }));
  expect(probability24h(one({ liquidation: '58500' }, paying(3)))).toBeGreaterThan(plain ?? 1);
  expect(probability24h(one({ liquidation: '58500' }, paying(-3)))).toBe(plain);
});

describe('where closing moves the market', () => {
  const book = (quantity: number, dailyVolume: number | null) => {
    const side = (sign: 1 | -1) => ({
      mid: 60_000,
      levels: [{ price: 60_000 + sign * 600, quantity }],
    });
    return evidence({ depth: new Map([[BTC.id, { bids: side(-1), asks: side(1), dailyVolume }]]) });
  };

  test('the figure shown is of the price where there is still a way out', () => {
    const row = one({ liquidation: '57000' }, book(1, null));
    const { liquidation, widened, exitImpact } = row.probability;
    expect(exitImpact).toBeCloseTo(0.01, 12);
    expect(widened?.['24h']).not.toEqual(liquidation['24h']);
    expect(probability24h(row)).toBeGreaterThan(probability24h(one({ liquidation: '57000' })) ?? 1);
  });

  test('a book that ends before the position needs a volume to go on', () => {
    expect(one({}, book(0.5, null)).probability).toMatchObject({ exitImpact: null, widened: null });
    expect(one({}, book(0.5, 20)).probability.exitImpact).toBeGreaterThan(0.005);
  });
});

describe('cross accounts', () => {
  const long = (contracts: string) =>
    position({
      instrument: BTC,
      venue: 'hyperliquid',
      contracts,
      entry: '60000',
      mark: '60000',
      mode: 'cross',
    });
  const shortEth = (contracts: string) =>
    position({
      instrument: ETH,
      venue: 'hyperliquid',
      side: 'short',
      contracts,
      entry: '3000',
      mark: '3000',
      mode: 'cross',
    });

  test('of one asset: its excursions, and every position has its account’s chance', () => {
    const { positions, accounts } = judged([long('2'), long('1')], evidence(), '15000');
    const told = accounts[0]?.probability?.['24h'];
    expect(told).toMatchObject({ kind: 'known', method: 'excursions', isCalibrated: true });
    for (const row of positions) expect(row.probability.liquidation['24h']).toEqual(told);
  });

  test('of several: to first order at once, simulated when that is done', () => {
    const risk = assessDesk(
      desk(
        account({
          venue: 'hyperliquid',
          positions: [long('2'), shortEth('40')],
          equity: '9000',
          coins: [['USDT', '9000']],
        }),
      ),
    );
    const quick = judgeDesk(risk, evidence()).accounts[0]?.probability?.['24h'];
    const pools = poolsAtRisk(risk);
    const market = marketModel(assetsOf(pools), evidence().outlooks);
    const request = market === null ? null : simulationRequest(pools, market, 5);
    if (request === null) throw new Error('nothing to simulate');
    const paths = 4000;
    const result = simulateLiquidations({ ...request, paths }, seededUnit(5));
    if (!result.ok) throw new Error(result.error);
    const slow = judgeDesk(risk, evidence({ simulation: { result: result.value, paths } }))
      .accounts[0]?.probability?.['24h'];
    expect(quick).toMatchObject({ kind: 'known', method: 'first-order' });
    expect(slow).toMatchObject({ kind: 'known', method: 'simulation' });
    if (quick?.kind !== 'known' || slow?.kind !== 'known') return;
    expect(Math.abs(quick.probability - slow.probability)).toBeLessThan(0.03);
    expect(slow.probability).toBeGreaterThan(0.01);
  });

  describe('where closing the pool would move the market', () => {
    const thin = (id: typeof BTC.id) => {
      const side = (way: -1 | 1) => ({
        mid: 60_000,
        levels: [{ price: 60_000 * (1 + way * 0.02), quantity: 100 }],
      });
      return new Map([[id, { bids: side(-1), asks: side(1), dailyVolume: null }]]);
    };

    test('one asset: as with the cost of closing taken off the equity', () => {
      const given = evidence({ depth: thin(BTC.id) });
      const [wide] = judged([long('1')], given, '5000').positions;
      // 2 % of 60,000 is 1,200: the account of 3,800 has the same chance.
      const [poorer] = judged([long('1')], evidence(), '3800').positions;
      expect(wide?.probability.exitImpact).toBeCloseTo(0.02, 12);
      expect(wide?.probability.widened).toEqual(poorer?.probability.liquidation);
      expect(wide?.probability.liquidation).toEqual(
        judged([long('1')], evidence(), '5000').positions[0]?.probability.liquidation,
      );
      expect(judged([long('1')], given, '5000').accounts[0]?.probability).toEqual(
        wide?.probability.widened,
      );
    });

    test('several assets: of the simulation that had the books, else not at all', () => {
      const positions = [long('1'), shortEth('10')];
      const given = evidence({ depth: thin(BTC.id) });
      const wide = judged(positions, given, '6000');
      const poorer = judged(positions, evidence(), '4800');
      expect(wide.accounts[0]?.probability).toEqual(poorer.accounts[0]?.probability);
      const blind = { paths: 1, result: { horizons: [{ years: 1 / 365, accounts: [] }] } };
      const simulation = blind as unknown as ProbabilityEvidence['simulation'];
      const late = judged(positions, { ...given, simulation }, '6000');
      expect(late.positions[0]?.probability.widened).toBeNull();
    });

    test('an exit that costs all there is: certain', () => {
      const [row] = judged([long('1')], evidence({ depth: thin(BTC.id) }), '1400').positions;
      expect(row?.probability.widened?.['24h']).toMatchObject({ probability: 1 });
      expect(row?.probability.liquidation['24h']).not.toMatchObject({ method: 'certain' });
    });
  });

  test('an asset without a past leaves the account unknown, and says so', () => {
    const given = evidence({ outlooks: new Map([['BTC', LONG_PAST]]) });
    expect(judged([long('1'), shortEth('10')], given).accounts[0]?.probability?.['24h']).toEqual({
      kind: 'unknown',
      because: 'no-volatility',
    });
  });

  test('more lost than there is: certain', () => {
    expect(judged([long('1')], evidence(), '-5').accounts[0]).toMatchObject({
      band: 'emerg',
      probability: { '1h': { probability: 1, method: 'certain' } },
    });
  });

  test('a pool nobody can follow falls back on its venue’s price, not calibrated', () => {
    const blind = position({
      instrument: instrument('BTC/USDT:USDT'),
      contracts: '1',
      entry: '60000',
      mark: '60000',
      mode: 'portfolio',
      liquidation: '57000',
    });
    const [row] = judged([blind]).positions;
    expect(row?.probability.liquidation['24h']).toMatchObject({
      kind: 'known',
      method: 'excursions',
      isCalibrated: false,
    });
  });

  test('an account without cross positions has no chance of its own', () => {
    expect(judged([isolated()]).accounts[0]?.probability).toBeNull();
  });
});

describe('bands', () => {
  const trading = (sigma: number) => {
    const walk = aWalk({ bars: 700, sigma, seed: 1, first: TODAY - 700 });
    const rows = walk.map(({ index, ...bar }) => ({ day: index, open: bar.close, ...bar }));
    const outlook = assetOutlook(
      { asset: 'BTC', daily: candleSeries('BTC', rows), hourly: null },
      NOW,
    );
    return evidence({ outlooks: new Map([['BTC', outlook]]) });
  };

  test.each([
    { why: 'near, however calm', liquidation: '56000', sigma: 0.001, band: 'crit' },
    { why: 'far and calm', liquidation: '50000', sigma: 0.001, band: 'ok' },
    { why: 'far, in a market that moves', liquidation: '50000', sigma: 0.1, band: 'watch' },
    { why: 'far, in a market that runs', liquidation: '50000', sigma: 0.2, band: 'crit' },
  ])('the worse of probability and distance: $why', ({ liquidation, sigma, band }) => {
    expect(one({ liquidation }, trading(sigma)).band).toBe(band);
  });

  test('health bands an account only where no probability is known', () => {
    const poor = {
      venue: 'hyperliquid',
      positions: [
        position({
          instrument: BTC,
          venue: 'hyperliquid',
          contracts: '0.01',
          entry: '60000',
          mark: '60000',
          mode: 'cross' as const,
        }),
      ],
      equity: '1000',
      maintenance: '900',
      coins: [['USDT', '1000']] as const,
    };
    const risk = assessDesk(desk(account(poor)));
    expect(risk.accounts[0]?.band).toBe('crit');
    expect(judgeDesk(risk, evidence({ outlooks: new Map() })).accounts[0]?.band).toBe('crit');
    const told = judgeDesk(risk, evidence()).accounts[0];
    expect(told?.probability?.['24h']).toMatchObject({ kind: 'known' });
    expect(told?.band).not.toBe('crit');
  });
});

test('whatever the candles and prices are, an answer is a chance or a reason', () => {
  const junk = fc.oneof(
    fc.double(),
    fc.constantFrom(0, -1, 100, Number.NaN, Number.POSITIVE_INFINITY, 1e-300, 1e300),
  );
  const candle = fc.record({
    day: fc.integer({ min: TODAY - 40, max: TODAY }),
    open: junk,
    high: junk,
    low: junk,
    close: junk,
  });
  const price = fc.constantFrom('0', '-5', '0.000001', '60000', '59999', '1e30');
  fc.assert(
    fc.property(
      fc.array(candle, { maxLength: 40 }),
      fc.constantFrom(0, 30, 200),
      price,
      price,
      fc.constantFrom('long' as const, 'short' as const),
      (rows, sound, mark, liquidation, side) => {
        const daily = candleSeries('BTC', [...rows, ...SOUND.slice(0, sound)]);
        const outlook = assetOutlook(
          {
            asset: 'BTC',
            daily,
            hourly: rows.map(({ day, ...bar }) => ({ hour: day * 24, ...bar })),
          },
          NOW,
        );
        const row = one(
          { mark, liquidation, side },
          evidence({ outlooks: new Map([['BTC', outlook]]) }),
        );
        for (const figure of Object.values(row.probability.liquidation)) {
          if (figure.kind === 'unknown') continue;
          expect(figure.probability).toBeGreaterThanOrEqual(0);
          expect(figure.probability).toBeLessThanOrEqual(1);
        }
      },
    ),
    { numRuns: 1000, seed: 4 },
  );
});

const SOUND = aWalk({ bars: 200, sigma: 0.03, seed: 8, first: TODAY - 250 }).map(
  ({ index, ...bar }) => ({ day: index, open: bar.close, ...bar }),
);
