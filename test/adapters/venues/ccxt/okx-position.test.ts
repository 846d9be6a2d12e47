import { expect, test } from 'vitest';
import {
  type OkxRowContext,
  parseOkxPosition,
} from '../../../../src/adapters/venues/ccxt/okx-position.ts';
import { parseOkxStops } from '../../../../src/adapters/venues/ccxt/okx-stops.ts';
import { parseOkxTiers } from '../../../../src/adapters/venues/ccxt/okx-tiers.ts';
import { dec } from '../../../../src/domain/decimal.ts';
import { asAccountId } from '../../../../src/domain/units.ts';
import { contract, inverse, plain } from './contracts-for-tests.ts';

/** Synthetic, after the fields of a recorded `account/positions` row. */
const CROSS = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  pos: '25',
  posSide: 'net',
  mgnMode: 'cross',
  ccy: 'USDT',
  avgPx: '60000',
  markPx: '61000',
  lever: '10',
  liqPx: '',
  imr: '1525',
  margin: '',
  mmr: '61',
  mgnRatio: '12.5',
  upl: '250',
  notionalUsd: '15246.95',
  closeOrderAlgo: [],
  posId: '653944598162657280',
  cTime: '1706612162996',
  uTime: '1712390404547',
};
const ISOLATED = { ...CROSS, mgnMode: 'isolated', imr: '', margin: '1500.25', liqPx: '54600.1' };

function parse(row: unknown, context: Partial<OkxRowContext> = {}) {
  const read = parseOkxPosition(row, {
    account: asAccountId('a'),
    venue: 'okx',
    observedAt: 1,
    isPortfolio: false,
    stops: [],
    instrumentOf: (market) =>
      market === 'BTC-USD-SWAP'
        ? inverse('100')
        : market === 'NEW-USDT-SWAP'
          ? null
          : contract({ contractSize: dec('0.01') }),
    ...context,
  });
  return read.ok ? read.value : { unreadable: read.error };
}

test.each([
  {
    why: 'contracts are 0.01 BTC each: quantity is not the venue’s count',
    row: CROSS,
    is: { contracts: '25', quantity: '0.25' },
  },
  {
    why: 'inverse: face value ÷ mark; margins in coin',
    row: { ...CROSS, instId: 'BTC-USD-SWAP', ccy: 'BTC', markPx: '50000', imr: '0.005' },
    is: { quantity: '0.05', initialMargin: { amount: '0.005', currency: 'BTC' } },
  },
  {
    why: 'net mode: the sign is the side',
    row: { ...CROSS, pos: '-25' },
    is: { side: 'short', contracts: '25', quantity: '0.25' },
  },
  {
    why: 'long/short mode: posSide is, the size is positive',
    row: { ...CROSS, posSide: 'short' },
    is: { side: 'short', contracts: '25' },
  },
  {
    why: 'mgnRatio is the other way up: the danger is below, liquidation at 1',
    row: CROSS,
    is: { venueRatio: { name: 'mgnRatio', value: '12.5', direction: 'down', liquidatesAt: '1' } },
  },
  { why: "liqPx '' is none given", row: CROSS, is: { liquidation: { kind: 'none' } } },
  {
    why: 'cross: margin from imr, no collateral of its own',
    row: CROSS,
    is: {
      marginMode: 'cross',
      collateral: null,
      initialMargin: { amount: '1525', currency: 'USDT' },
    },
  },
  {
    why: 'isolated: imr is empty, so the margin put in is both',
    row: ISOLATED,
    is: {
      marginMode: 'isolated',
      collateral: { amount: '1500.25', currency: 'USDT' },
      initialMargin: { amount: '1500.25', currency: 'USDT' },
      liquidation: { kind: 'price', price: '54600.1' },
    },
  },
  {
    why: 'portfolio margin account: cross belongs to the portfolio',
    row: { ...CROSS, lever: '' },
    context: { isPortfolio: true },
    is: { marginMode: 'portfolio', leverage: null },
  },
  {
    why: 'and isolated stays isolated',
    row: ISOLATED,
    context: { isPortfolio: true },
    is: { marginMode: 'isolated' },
  },
  {
    why: 'uTime is the change, cTime the creation; the venue’s own dollars and id are kept',
    row: CROSS,
    is: {
      venueUpdatedAt: 1712390404547,
      venueNotionalUsd: '15246.95',
      venueId: '653944598162657280',
    },
  },
  {
    why: 'a missing requirement stays unknown',
    row: { ...CROSS, mmr: '', upl: '' },
    is: { maintenanceMargin: null, unrealizedPnl: null },
  },
])('$why', ({ row, is, context }) => {
  expect(plain(parse(row, context))).toMatchObject(is);
});

test('a flat row is no position', () => {
  expect(parse({ ...CROSS, pos: '0' })).toBeNull();
});

test.each([
  {
    why: 'an option is exposure we do not understand',
    row: { ...CROSS, instType: 'OPTION' },
    field: 'instType',
  },
  { why: 'so is a margin loan', row: { ...CROSS, instType: 'MARGIN' }, field: 'instType' },
  { why: 'no size is not flat', row: { ...CROSS, pos: '' }, field: 'pos' },
  { why: 'a garbled figure is not an unknown one', row: { ...CROSS, mmr: '6,1' }, field: 'mmr' },
  { why: 'a side nobody named', row: { ...CROSS, posSide: '' }, field: 'posSide' },
  { why: 'a mode nobody named', row: { ...CROSS, mgnMode: '' }, field: 'mgnMode' },
])('named, not dropped: $why', ({ row, field }) => {
  expect(parse(row)).toEqual({ unreadable: { symbol: 'BTC-USDT-SWAP', field } });
});

test('named, not dropped: listed after our market data', () => {
  const read = parse({ ...CROSS, instId: 'NEW-USDT-SWAP' });
  expect(read).toEqual({ unreadable: { symbol: 'NEW-USDT-SWAP', field: 'instId' } });
});

/** After a recorded `trade/orders-algo-pending` row. */
const STOP = {
  algoId: '2017146754403004416',
  instId: 'BTC-USDT-SWAP',
  ordType: 'conditional',
  posSide: 'net',
  side: 'sell',
  tdMode: 'cross',
  sz: '25',
  closeFraction: '',
  slTriggerPx: '55000',
  tpTriggerPx: '',
};
const none = { kind: 'none' };
const at = (price: string) => ({ kind: 'price', price });

test.each([
  { why: 'a stop of the whole size', orders: [STOP], stopLoss: at('55000'), takeProfit: none },
  {
    why: 'one contract short of it',
    orders: [{ ...STOP, sz: '24' }],
    stopLoss: none,
    takeProfit: none,
  },
  {
    why: 'closeFraction 1 is the whole position',
    orders: [{ ...STOP, sz: '', closeFraction: '1' }],
    stopLoss: at('55000'),
    takeProfit: none,
  },
  {
    why: 'half of it is not',
    orders: [{ ...STOP, sz: '', closeFraction: '0.5' }],
    stopLoss: none,
    takeProfit: none,
  },
  {
    why: 'an oco row holds both prices',
    orders: [{ ...STOP, ordType: 'oco', tpTriggerPx: '70000' }],
    stopLoss: at('55000'),
    takeProfit: at('70000'),
  },
  {
    why: 'a buy does not close a long',
    orders: [{ ...STOP, side: 'buy' }],
    stopLoss: none,
    takeProfit: none,
  },
  {
    why: 'long/short mode: a sell on the short side opens',
    orders: [{ ...STOP, posSide: 'short' }],
    stopLoss: none,
    takeProfit: none,
  },
  {
    why: 'the isolated leg’s stop does not close the cross leg',
    orders: [{ ...STOP, tdMode: 'isolated' }],
    stopLoss: none,
    takeProfit: none,
  },
  {
    why: 'attached on the venue’s own screen: only in closeOrderAlgo',
    orders: [],
    attached: [{ algoId: '1', slTriggerPx: '56000', tpTriggerPx: '', closeFraction: '1' }],
    stopLoss: at('56000'),
    takeProfit: none,
  },
  {
    why: 'attached and pending: the one price meets first',
    orders: [STOP],
    attached: [{ algoId: '1', slTriggerPx: '56000', tpTriggerPx: '71000', closeFraction: '1' }],
    stopLoss: at('56000'),
    takeProfit: at('71000'),
  },
  {
    why: 'pending orders unread: what is attached is known, the rest is not "none"',
    orders: null,
    attached: [{ algoId: '1', slTriggerPx: '56000', tpTriggerPx: '', closeFraction: '1' }],
    stopLoss: at('56000'),
    takeProfit: { kind: 'unknown' },
  },
])('stops: $why', ({ orders, attached, stopLoss, takeProfit }) => {
  const row = { ...CROSS, closeOrderAlgo: attached ?? [] };
  const position = parse(row, { stops: orders && parseOkxStops(orders) });
  expect(plain(position)).toMatchObject({ stopLoss, takeProfit });
});

test('tiers are contracts, flat per size: nothing is deducted, the last has no end', () => {
  const tier = (minSz: string, maxSz: string, mmr: string) => ({ minSz, maxSz, mmr, imr: '0.01' });
  expect(plain(parseOkxTiers([tier('0', '1000', '0.004'), tier('1001', '5000', '0.006')]))).toEqual(
    [
      { floor: '0', cap: '1000', rate: '0.004', deduction: '0' },
      { floor: '1001', cap: null, rate: '0.006', deduction: '0' },
    ],
  );
  expect(parseOkxTiers([tier('0', '1000', '0.004'), tier('1001', '', '')])).toBeNull();
  expect(parseOkxTiers([])).toBeNull();
});
