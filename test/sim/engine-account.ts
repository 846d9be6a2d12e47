import { dec, ONE } from '../../src/domain/decimal.ts';
import type { Marks, SimAccount, SimInstrument, SimPosition } from '../../src/sim/model.ts';

/** A bracket as [cap, rate, deduction]. */
export type Bracket = readonly [string, string, string];

export interface PositionShape {
  readonly venue?: SimInstrument['venue'];
  readonly kind?: 'linear' | 'inverse';
  readonly asset?: 'BTC' | 'ETH';
  readonly side?: 'long' | 'short';
  readonly contracts: string;
  readonly entry: string;
  readonly size?: string;
  readonly leverage?: string;
  readonly margin?: string;
  readonly fee?: string;
  readonly tiers: readonly Bracket[];
}

/** A position on an instrument made for it; isolated when it has a margin. */
export function simPosition(shape: PositionShape): SimPosition {
  return {
    id: `${shape.asset}-${shape.side}`,
    instrument: simInstrument(shape),
    side: shape.side ?? 'long',
    contracts: dec(shape.contracts),
    entryPrice: dec(shape.entry),
    leverage: dec(shape.leverage ?? '10'),
    marginMode: shape.margin === undefined ? 'cross' : 'isolated',
    isolatedMargin: shape.margin === undefined ? null : dec(shape.margin),
    takeProfit: null,
    stopLoss: null,
    createdAt: 0,
    updatedAt: 0,
  };
}

function simInstrument(shape: PositionShape): SimInstrument {
  const kind = shape.kind ?? 'linear';
  const asset = shape.asset ?? 'BTC';
  const venue = shape.venue ?? 'binance';
  return {
    venue,
    symbol: `${asset}${kind}`,
    asset,
    quote: kind === 'linear' ? 'USDT' : 'USD',
    settle: kind === 'linear' ? 'USDT' : asset,
    kind,
    contractSize: dec(shape.size ?? '1'),
    tickSize: dec('0.01'),
    lotSize: dec('0.001'),
    maxLeverage: dec(100),
    takerFee: dec(shape.fee ?? '0'),
    makerFee: dec('0'),
    tierUnit: venue === 'okx' ? 'contracts' : kind === 'linear' ? 'quote' : 'base',
    tiers: shape.tiers.map(([cap, rate, deduction], i) => ({
      floor: dec(shape.tiers[i - 1]?.[0] ?? '0'),
      cap: dec(cap),
      rate: dec(rate),
      deduction: dec(deduction),
      initialRate: dec('0.1'),
      maxLeverage: ONE,
    })),
  };
}

export function simAccount(
  balances: Readonly<Record<string, string>>,
  positions: readonly SimPosition[],
  pool: 'usd' | 'coin' = 'coin',
): SimAccount {
  const venue = positions[0]?.instrument.venue ?? 'bybit';
  return {
    id: 'account',
    name: 'Account',
    venue: venue === 'binance' ? 'binanceusdm' : venue,
    books: [],
    fundedBy: [],
    uid: '1',
    pool,
    positionMode: 'hedge',
    balances: Object.fromEntries(
      Object.entries(balances).map(([coin, amount]) => [coin, dec(amount)]),
    ),
    positions,
    orders: [],
    credentials: {
      apiKey: 'key',
      secret: 'secret',
      password: null,
      wallet: null,
      privateKey: null,
      chainId: null,
      verifyingContract: null,
    },
  };
}

export function marksAt(prices: Readonly<Partial<Record<string, string>>>): Marks {
  return (asset) => dec(prices[asset] ?? '1');
}
