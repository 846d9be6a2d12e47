import fc from 'fast-check';
import { dec } from '../../../src/domain/decimal.ts';
import { asAccountId, asRatio, asUsd } from '../../../src/domain/units.ts';
import type { AccountSnapshot } from '../../../src/portfolio/snapshot.ts';
import { continuousTiers } from '../../../src/risk/maintenance.ts';
import type { MarketPoint } from '../../../src/risk/stress/scenario.ts';
import { TODAY } from '../../../src/risk/stress/scenario.ts';
import { account, instrument, position } from '../sample-desk.ts';
import { MARKS } from './stressed.ts';

const BRACKETS = continuousTiers(
  [
    ['0', '0.004'],
    ['50000', '0.01'],
    ['400000', '0.025'],
    ['2000000', '0.05'],
  ].map(([floor = '0', rate = '0']) => ({ floor: dec(floor), rate: dec(rate) })),
);

/** Brackets of an inverse contract are in coin. */
const COIN_BRACKETS = continuousTiers([
  { floor: dec('0'), rate: dec('0.005') },
  { floor: dec('20'), rate: dec('0.02') },
]);

const ASSETS = ['BTC', 'ETH', 'SOL'] as const;

const leg = fc.record({
  asset: fc.constantFrom(...ASSETS),
  side: fc.constantFrom('long' as const, 'short' as const),
  usd: fc.integer({ min: 1000, max: 3_000_000 }),
  isInverse: fc.boolean(),
});

type Leg = typeof leg extends fc.Arbitrary<infer T> ? T : never;

function held({ asset, side, usd, isInverse }: Leg, id: string, venue: string) {
  const mark = MARKS[asset] ?? '1';
  const contracts = isInverse ? String(usd) : dec(usd).div(mark).toDecimalPlaces(4).toString();
  const symbol = isInverse ? `${asset}/USD:${asset}` : `${asset}/USDT:USDT`;
  return position({
    account: id,
    instrument: instrument(symbol, { tiers: isInverse ? COIN_BRACKETS : BRACKETS, takerFee: FEE }),
    ...{ side, contracts, entry: mark, mark, mode: 'cross', pnl: '0', venue },
  });
}

const FEE = asRatio(dec('0.0005'));
const RATES = ['1', '0.95', '0.8'] as const;

/** A cross account of linear and inverse legs over dollars and coins with known haircuts. */
export function randomAccount(id: string): fc.Arbitrary<AccountSnapshot> {
  return fc
    .record({
      legs: fc.array(leg, { minLength: 1, maxLength: 4 }),
      dollars: fc.integer({ min: 1000, max: 800_000 }),
      coins: fc.integer({ min: 1, max: 400 }),
      rate: fc.constantFrom(...RATES),
      venue: fc.constantFrom('dydx', 'okx', 'binancepm'),
    })
    .map(({ legs, dollars, coins, rate, venue }) => {
      const btc = dec(coins).div(100);
      const equity = btc.times(MARKS['BTC'] ?? '1').plus(dollars);
      const made = account({
        ...{ id, venue, equity: equity.toString() },
        positions: uniqueLegs(legs).map((each) => held(each, id, venue)),
        coins: [['USDT', String(dollars)]],
      });
      const brackets = [{ floor: dec('0'), rate: asRatio(dec(rate)) }];
      const coin = { asset: 'BTC', quantity: btc, venueUsd: asUsd(btc.times('60000')), brackets };
      const margin = made.margin && {
        ...made.margin,
        availableUsd: asUsd(dec(dollars).div(2)),
        collateral: [...made.margin.collateral, coin],
      };
      return { ...made, margin };
    });
}

function uniqueLegs(legs: readonly Leg[]): Leg[] {
  return [...Map.groupBy(legs, (l) => `${l.asset}${l.side}${l.isInverse}`).values()].flatMap(
    ([one]) => one ?? [],
  );
}

export function fundedBy(one: AccountSnapshot, ids: readonly string[]): AccountSnapshot {
  return { ...one, account: { ...one.account, fundedBy: ids.map(asAccountId) } };
}

const percent = fc.integer({ min: -60, max: 60 }).map((by) => by / 100);

/** Prices alone. */
export const randomMoves: fc.Arbitrary<MarketPoint> = fc
  .record({ BTC: percent, ETH: percent, SOL: percent })
  .map((moves) => ({ ...TODAY, moves }));

/** Everything a scenario can do at once. */
export const randomPoint: fc.Arbitrary<MarketPoint> = fc
  .record({
    moves: randomMoves,
    usdt: fc.constantFrom(1, 0.97, 0.9, 0.65),
    basis: fc.constantFrom(0, 0.05, -0.05),
    spread: fc.constantFrom(0, 0.0757),
    funding: fc.constantFrom(0, 0.027),
    haircut: fc.constantFrom(0, 0.1),
    areLimitsHalved: fc.boolean(),
  })
  .map(({ moves, usdt, ...rest }) => ({ ...moves, ...rest, dollars: { USDT: usdt } }));
