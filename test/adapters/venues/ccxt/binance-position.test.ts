import { expect, test } from 'vitest';
import {
  type BinanceLegFacts,
  type BinanceRowContext,
  parseBinancePosition,
} from '../../../../src/adapters/venues/ccxt/binance-position.ts';
import { parseBinanceStops } from '../../../../src/adapters/venues/ccxt/binance-stops.ts';
import { dec } from '../../../../src/domain/decimal.ts';
import { asAccountId } from '../../../../src/domain/units.ts';
import { contract, inverse, plain } from './contracts-for-tests.ts';

/** Synthetic, after the fields of a recorded `fapi/v3/positionRisk` row. */
const V3 = {
  symbol: 'BTCUSDT',
  positionSide: 'BOTH',
  positionAmt: '6',
  entryPrice: '50000',
  markPrice: '53497.98',
  unRealizedProfit: '20987.88',
  liquidationPrice: '41000.5',
  isolatedMargin: '0',
  notional: '320987.88',
  marginAsset: 'USDT',
  isolatedWallet: '0',
  initialMargin: '33000',
  maintMargin: '2909.88',
  positionInitialMargin: '32098.788',
  openOrderInitialMargin: '901.212',
  updateTime: 1722161166529,
};

/** After a recorded `dapi/v1/positionRisk` row. */
const COINM = {
  symbol: 'BTCUSD_PERP',
  positionAmt: '-3',
  positionSide: 'BOTH',
  entryPrice: '68911.00000037',
  markPrice: '60000',
  unRealizedProfit: '0.00004318',
  liquidationPrice: '72491.16879818',
  leverage: '20',
  marginType: 'cross',
  isolatedMargin: '0.00000000',
  notionalValue: '-0.00500000',
  isolatedWallet: '0',
  updateTime: '1722105622903',
};

const FACTS: BinanceLegFacts = {
  leverage: dec('10'),
  marginMode: 'cross',
  initialMargin: null,
  maintenanceMargin: null,
};

function parse(row: unknown, context: Partial<BinanceRowContext> = {}) {
  const read = parseBinancePosition(row, {
    account: asAccountId('a'),
    venue: 'binanceusdm',
    observedAt: 1,
    isPortfolio: false,
    factsOf: () => FACTS,
    stops: [],
    instrumentOf: (market) =>
      market === 'BTCUSD_PERP' ? inverse('100') : market === 'NEWUSDT' ? null : contract(),
    ...context,
  });
  return read.ok ? read.value : { unreadable: read.error };
}

const isolatedRow = { ...V3, isolatedMargin: '5200.5', isolatedWallet: '4100.25' };
const papiRow = { ...V3, leverage: '0', maintMargin: undefined, isolatedWallet: undefined };

test.each([
  {
    why: "maintenance is the venue's own; ccxt's forgets the bracket's deduction and says 3209.88",
    row: V3,
    is: { maintenanceMargin: { amount: '2909.88', currency: 'USDT' } },
  },
  {
    why: 'the margin of resting orders is not the margin of the position',
    row: V3,
    is: { initialMargin: { amount: '32098.788', currency: 'USDT' } },
  },
  {
    why: 'v3 rows have no leverage and no margin type: the symbol configuration does',
    row: V3,
    is: { leverage: '10', marginMode: 'cross', collateral: null },
  },
  {
    why: 'without it leverage is not known, and an empty isolated wallet still means cross',
    row: V3,
    context: { factsOf: (): BinanceLegFacts | null => null },
    is: { leverage: null, marginMode: 'cross' },
  },
  {
    why: 'an isolated wallet outranks a symbol configuration that is an hour old',
    row: isolatedRow,
    is: { marginMode: 'isolated' },
  },
  {
    why: 'collateral is the wallet, without PnL; isolatedMargin has it inside',
    row: isolatedRow,
    is: { collateral: { amount: '4100.25', currency: 'USDT' } },
  },
  { why: 'one-way: the sign is the side', row: V3, is: { side: 'long', contracts: '6' } },
  {
    why: 'one-way short: quantity is never negative',
    row: { ...V3, positionAmt: '-6', notional: '-320987.88' },
    is: { side: 'short', contracts: '6', quantity: '6', venueNotionalUsd: '320987.88' },
  },
  {
    why: 'hedge: positionSide is the side, with the minus some rows carry',
    row: { ...V3, positionSide: 'SHORT', positionAmt: '-6' },
    is: { side: 'short', contracts: '6' },
  },
  {
    why: 'hedge: and without it',
    row: { ...V3, positionSide: 'SHORT', positionAmt: '6' },
    is: { side: 'short', contracts: '6' },
  },
  {
    why: "'0' is none given",
    row: { ...V3, liquidationPrice: '0' },
    is: { liquidation: { kind: 'none' } },
  },
  {
    why: 'so is a zero with decimals',
    row: { ...V3, liquidationPrice: '0.00000000' },
    is: { liquidation: { kind: 'none' } },
  },
  { why: "and ''", row: { ...V3, liquidationPrice: '' }, is: { liquidation: { kind: 'none' } } },
  {
    why: 'a field that is not there is not "none"',
    row: { ...V3, liquidationPrice: undefined },
    is: { liquidation: { kind: 'unknown' } },
  },
  {
    why: 'a mark of 0 is no mark, and nothing is made of it',
    row: { ...COINM, markPrice: '0.00000000' },
    is: { markPrice: null, quantity: null, contracts: '3' },
  },
  {
    why: 'inverse: face value ÷ mark in base; margins and PnL in coin; no dollars from the venue',
    row: COINM,
    is: {
      quantity: '0.005',
      contracts: '3',
      side: 'short',
      venueNotionalUsd: null,
      leverage: '20',
      unrealizedPnl: { amount: '0.00004318', currency: 'BTC' },
      maintenanceMargin: null,
    },
  },
  {
    why: 'COIN-M margins stand in the account, by leg',
    row: COINM,
    context: {
      factsOf: () => ({
        ...FACTS,
        initialMargin: dec('0.00025'),
        maintenanceMargin: dec('0.00002'),
      }),
    },
    is: {
      initialMargin: { amount: '0.00025', currency: 'BTC' },
      maintenanceMargin: { amount: '0.00002', currency: 'BTC' },
    },
  },
  {
    why: "a BTC-quoted USD-M contract's notional is in BTC, not in dollars",
    row: { ...V3, marginAsset: 'BTC' },
    context: { instrumentOf: () => contract({ quote: 'BTC', settle: 'BTC' }) },
    is: { venueNotionalUsd: null, unrealizedPnl: { amount: '20987.88', currency: 'BTC' } },
  },
  {
    why: "portfolio margin: leverage '0' is not a leverage, the mode is portfolio, margins not told",
    row: papiRow,
    context: { isPortfolio: true, factsOf: () => null },
    is: { leverage: null, marginMode: 'portfolio', maintenanceMargin: null, collateral: null },
  },
  {
    why: 'text keeps every digit',
    row: { ...V3, entryPrice: '30000.123456789012345678' },
    is: { entryPrice: '30000.123456789012345678' },
  },
])('$why', ({ row, is, context }) => {
  expect(plain(parse(row, context))).toMatchObject(is);
});

test.each([
  { why: 'flat one-way row', row: { ...V3, positionAmt: '0' } },
  {
    why: 'flat hedge leg beside an open one',
    row: { ...V3, positionSide: 'SHORT', positionAmt: '0.000' },
  },
])('no position: $why', ({ row }) => {
  expect(parse(row)).toBeNull();
});

test.each([
  {
    why: 'no size is not flat',
    row: { ...V3, positionAmt: '' },
    symbol: 'BTCUSDT',
    field: 'positionAmt',
  },
  {
    why: 'NaN is not a size',
    row: { ...V3, positionAmt: 'NaN' },
    symbol: 'BTCUSDT',
    field: 'positionAmt',
  },
  { why: 'not even a symbol', row: { ...V3, symbol: undefined }, symbol: '?', field: 'symbol' },
  {
    why: 'listed after our market data',
    row: { ...V3, symbol: 'NEWUSDT' },
    symbol: 'NEWUSDT',
    field: 'symbol',
  },
  {
    why: 'no side to guess',
    row: { ...V3, positionSide: 'UP' },
    symbol: 'BTCUSDT',
    field: 'positionSide',
  },
  {
    why: 'a garbled figure is not an unknown one',
    row: { ...V3, maintMargin: '12x' },
    symbol: 'BTCUSDT',
    field: 'maintMargin',
  },
  { why: 'not a record', row: 'BTCUSDT', symbol: '?', field: 'row' },
])('named, not dropped: $why', ({ row, symbol, field }) => {
  expect(parse(row)).toEqual({ unreadable: { symbol, field } });
});

/** After the documentation's `openAlgoOrders` row. */
const STOP = {
  algoId: 2148627,
  algoType: 'CONDITIONAL',
  orderType: 'STOP_MARKET',
  symbol: 'BTCUSDT',
  side: 'SELL',
  positionSide: 'BOTH',
  quantity: '6',
  algoStatus: 'NEW',
  triggerPrice: '48000.0',
  closePosition: false,
  reduceOnly: true,
};
const none = { kind: 'none' };
const at = (price: string) => ({ kind: 'price', price });

test.each([
  { why: 'no orders', orders: [], stopLoss: none, takeProfit: none },
  { why: 'a stop of exactly the size', orders: [STOP], stopLoss: at('48000'), takeProfit: none },
  {
    why: 'a stop one step short of it',
    orders: [{ ...STOP, quantity: '5.999' }],
    stopLoss: none,
    takeProfit: none,
  },
  {
    why: 'closePosition has no size of its own',
    orders: [{ ...STOP, quantity: '0', closePosition: true }],
    stopLoss: at('48000'),
    takeProfit: none,
  },
  {
    why: 'two orders: Binance has no order with both prices',
    orders: [STOP, { ...STOP, orderType: 'TAKE_PROFIT', triggerPrice: '60000' }],
    stopLoss: at('48000'),
    takeProfit: at('60000'),
  },
  {
    why: 'of several stops the one price meets first: the higher one below a long',
    orders: [STOP, { ...STOP, triggerPrice: '49000' }, { ...STOP, triggerPrice: '47000' }],
    stopLoss: at('49000'),
    takeProfit: none,
  },
  {
    why: 'a buy does not close a long',
    orders: [{ ...STOP, side: 'BUY' }],
    stopLoss: none,
    takeProfit: none,
  },
  {
    why: 'hedge: a sell on the other leg opens it',
    orders: [{ ...STOP, positionSide: 'SHORT' }],
    stopLoss: none,
    takeProfit: none,
  },
  {
    why: 'hedge: on this leg it closes',
    orders: [{ ...STOP, positionSide: 'LONG' }],
    stopLoss: at('48000'),
    takeProfit: none,
  },
  {
    why: 'a trailing stop has no fixed trigger',
    orders: [{ ...STOP, orderType: 'TRAILING_STOP_MARKET' }],
    stopLoss: none,
    takeProfit: none,
  },
  {
    why: 'another symbol',
    orders: [{ ...STOP, symbol: 'ETHUSDT' }],
    stopLoss: none,
    takeProfit: none,
  },
  {
    why: "portfolio margin's coin side names the same things otherwise",
    orders: [
      {
        ...STOP,
        orderType: undefined,
        triggerPrice: undefined,
        quantity: undefined,
        strategyType: 'STOP',
        stopPrice: '48000',
        origQty: '6',
      },
    ],
    stopLoss: at('48000'),
    takeProfit: none,
  },
])('stops: $why', ({ orders, stopLoss, takeProfit }) => {
  const position = parse(V3, { stops: parseBinanceStops(orders) });
  expect(plain(position)).toMatchObject({ stopLoss, takeProfit });
});

test('stops that could not be read are unknown, not none', () => {
  expect(parseBinanceStops({ orders: [] })).toBeNull();
  expect(parse(V3, { stops: null })).toMatchObject({
    stopLoss: { kind: 'unknown' },
    takeProfit: { kind: 'unknown' },
  });
});
