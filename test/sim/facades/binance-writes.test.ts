import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dec } from '../../../src/domain/decimal.ts';
import type { SimAccount } from '../../../src/sim/model.ts';
import { walletOf } from '../../../src/sim/wallet.ts';
import {
  accountOf,
  binanceCaller,
  positionOf,
  type RawCaller,
  sibling,
  simOf,
} from '../raw-http.ts';

const ETH = positionOf('binanceusdm', 'ETHUSDT', {
  side: 'long',
  contracts: dec('10'),
  entryPrice: dec('3400'),
  isolatedMargin: dec('4000'),
  stopLoss: dec('3000'),
});
const MASTER = accountOf('binance-quant-b', {
  ...{ balances: { USDT: dec('10000') }, positions: [ETH], orders: [] },
});
const SUB = sibling(MASTER, 'binance-sub', {
  ...{ parent: MASTER.id, subAccount: 'sub@demo.invalid', positionMode: 'hedge' },
  positions: [
    positionOf('binanceusdm', 'BTCUSDT', {
      ...{ side: 'long', contracts: dec('0.2'), entryPrice: dec('65000'), marginMode: 'cross' },
    }),
    positionOf('binanceusdm', 'BTCUSDT', {
      ...{ side: 'short', contracts: dec('0.1'), entryPrice: dec('65000'), marginMode: 'cross' },
    }),
  ],
});

let world: Awaited<ReturnType<typeof simOf>>;
let master: RawCaller;
let sub: RawCaller;
beforeEach(async () => {
  world = await simOf([MASTER, SUB]);
  master = binanceCaller(world, MASTER.id);
  sub = binanceCaller(world, SUB.id);
});
afterEach(() => world.sim.close());

const held = (id: string) => world.sim.accounts.find((each) => each.id === id) as SimAccount;
const usdt = (id: string) => walletOf(held(id), 'USDT').toFixed();
const kinds = () => world.sim.effects().map(({ kind }) => kind);

describe('positionMargin', () => {
  const path = 'fapi/v1/positionMargin';
  const eth = { symbol: 'ETHUSDT', amount: '100.5', type: 1 };

  test('goes in and out, and is listed', async () => {
    expect((await master.post(path, eth)).json).toMatchObject({
      code: 200,
      amount: 100.5,
      type: 1,
    });
    await master.post(path, { ...eth, type: 2, amount: '0.25' });
    expect(held(MASTER.id).positions[0]?.isolatedMargin?.toFixed()).toBe('4100.25');
    const { json } = await master.get(`${path}/history`, { symbol: 'ETHUSDT' });
    expect(json).toMatchObject([
      { type: 2, amount: '0.25', deltaType: 'USER_ADJUST' },
      { type: 1, amount: '100.5' },
    ]);
  });

  test.each([
    { why: 'all that is free', change: { amount: '6000' }, code: 200 },
    { why: 'a hair more', change: { amount: '6000.00000001' }, code: -4050 },
    { why: 'more out than the leverage lets go', change: { type: 2, amount: '600' }, code: -4051 },
    { why: 'nine decimals', change: { amount: '1.000000001' }, code: -1111 },
    { why: 'nothing', change: { amount: '0' }, code: -4055 },
    { why: 'no number', change: { amount: 'ten' }, code: -1102 },
    { why: 'no such way', change: { type: 3 }, code: -1102 },
    { why: 'a leg of the other mode', change: { positionSide: 'LONG' }, code: -4061 },
    { why: 'no position', change: { symbol: 'SOLUSDT' }, code: -4054 },
    { why: 'no market', change: { symbol: 'ABCUSDT' }, code: -1121 },
    { why: 'a parameter of no use', change: { marginCoin: 'USDT' }, code: -1104 },
  ])('$why → $code', async ({ change, code }) => {
    expect((await master.post(path, { ...eth, ...change })).json.code).toBe(code);
    expect(kinds()).toEqual(code === 200 ? ['margin'] : []);
  });

  test('a cross position has no margin of its own', async () => {
    const { json } = await sub.post(path, { ...eth, symbol: 'BTCUSDT', positionSide: 'LONG' });
    expect(json.code).toBe(-4054);
  });
});

describe('algoOrder', () => {
  const path = 'fapi/v1/algoOrder';
  const profit = {
    ...{ algoType: 'CONDITIONAL', symbol: 'ETHUSDT', side: 'SELL', type: 'TAKE_PROFIT_MARKET' },
    ...{
      triggerPrice: '4000',
      closePosition: 'true',
      workingType: 'MARK_PRICE',
      clientAlgoId: 'tp1',
    },
  };

  test('is placed, found by its own id, listed, cancelled once', async () => {
    expect((await master.post(path, profit)).json).toMatchObject({
      ...{ clientAlgoId: 'tp1', algoStatus: 'NEW', triggerPrice: '4000.00', closePosition: true },
    });
    const list = await master.get('fapi/v1/openAlgoOrders', { symbol: 'ETHUSDT' });
    expect(list.json.map((row: { orderType: string }) => row.orderType)).toEqual([
      ...['STOP_MARKET', 'TAKE_PROFIT_MARKET'],
    ]);
    const gone = await master.delete(path, { clientAlgoId: 'tp1' });
    expect(gone.json).toMatchObject({ code: '200', clientAlgoId: 'tp1' });
    expect((await master.delete(path, { clientAlgoId: 'tp1' })).json.code).toBe(-2011);
    const over = await master.get(path, { clientAlgoId: 'tp1' });
    expect(over.json.algoStatus).toBe('CANCELED');
  });

  test.each([
    { why: 'a profit below the mark', change: { triggerPrice: '3300' }, code: -2021 },
    {
      why: 'a second stop for all',
      change: { type: 'STOP_MARKET', triggerPrice: '3100' },
      code: -4130,
    },
    { why: 'off the tick', change: { triggerPrice: '4000.001' }, code: -4014 },
    { why: 'a size beside closePosition', change: { quantity: '1' }, code: -1106 },
    { why: 'the flag beside closePosition', change: { reduceOnly: 'true' }, code: -1106 },
    { why: 'a side that opens', change: { side: 'BUY' }, code: -4509 },
    { why: 'no kind', change: { type: 'OCO' }, code: -1116 },
    { why: 'not conditional', change: { algoType: 'TWAP' }, code: -1102 },
    { why: 'an own id too long', change: { clientAlgoId: 'x'.repeat(37) }, code: -4015 },
  ])('$why → $code', async ({ change, code }) => {
    expect((await master.post(path, { ...profit, ...change })).json.code).toBe(code);
    expect(kinds()).toEqual([]);
  });

  test('an own id that waits cannot be used again', async () => {
    await master.post(path, profit);
    const part = { type: 'STOP_MARKET', triggerPrice: '3100', quantity: '1', reduceOnly: 'true' };
    const { closePosition: _, ...rest } = profit;
    expect((await master.post(path, { ...rest, ...part })).json.code).toBe(-4116);
  });

  test('a part and a trailing stop fire for their sizes', async () => {
    const { closePosition: _, ...rest } = profit;
    const part = { ...rest, quantity: '4', reduceOnly: 'true', triggerPrice: '3700' };
    expect((await master.post(path, part)).json.code).toBeUndefined();
    const trail = { type: 'TRAILING_STOP_MARKET', callbackRate: '1', clientAlgoId: 'tr1' };
    const { triggerPrice: _price, ...noPrice } = part;
    await master.post(path, { ...noPrice, ...trail });
    world.sim.market.move('ETH', 0.1);
    expect(held(MASTER.id).positions[0]?.contracts.toFixed()).toBe('6');
    world.sim.market.move('ETH', -0.02);
    expect(held(MASTER.id).positions[0]?.contracts.toFixed()).toBe('2');
    expect((await master.get(path, { clientAlgoId: 'tr1' })).json.algoStatus).toBe('FINISHED');
  });

  test('in hedge mode the leg is named and the flag is not', async () => {
    const leg = { symbol: 'BTCUSDT', positionSide: 'SHORT', side: 'BUY', triggerPrice: '60000' };
    expect((await sub.post(path, { ...profit, ...leg })).json.positionSide).toBe('SHORT');
    expect((await sub.post(path, { ...profit, ...leg, positionSide: 'BOTH' })).json.code).toBe(
      -4061,
    );
  });
});

describe('order', () => {
  const path = 'fapi/v1/order';
  const close = {
    ...{ symbol: 'ETHUSDT', side: 'SELL', type: 'MARKET', quantity: '4', reduceOnly: 'true' },
    ...{ newClientOrderId: 'mine1', newOrderRespType: 'RESULT' },
  };

  test('takes a part, releases its margin, and is found by its own id', async () => {
    const mark = world.sim.market.mark('ETH');
    const { json } = await master.post(path, close);
    expect(json).toMatchObject({ status: 'FILLED', executedQty: '4', clientOrderId: 'mine1' });
    const fee = mark.times(4).times(ETH.instrument.takerFee).toDecimalPlaces(8);
    expect(usdt(MASTER.id)).toBe(mark.minus('3400').times(4).minus(fee).plus('10000').toFixed());
    expect(held(MASTER.id).positions[0]).toMatchObject({ isolatedMargin: dec('2400') });
    const found = await master.get(path, { symbol: 'ETHUSDT', origClientOrderId: 'mine1' });
    expect(found.json).toMatchObject({ orderId: json.orderId, status: 'FILLED' });
    const none = await master.get(path, { symbol: 'ETHUSDT', origClientOrderId: 'other' });
    expect(none).toMatchObject({ status: 400, json: { code: -2013 } });
  });

  test('an own id is unique among open orders only: sent again, it is executed again', async () => {
    await master.post(path, close);
    await master.post(path, close);
    expect(held(MASTER.id).positions[0]?.contracts.toFixed()).toBe('2');
    expect(world.sim.effects().map(({ clientId }) => clientId)).toEqual(['mine1', 'mine1']);
  });

  test.each([
    { why: 'the side that would add', change: { side: 'BUY' }, code: -2022 },
    { why: 'a stop at the wrong door', change: { type: 'STOP_MARKET' }, code: -4120 },
    { why: 'off the step', change: { quantity: '0.0001' }, code: -1111 },
    { why: 'nothing', change: { quantity: '0' }, code: -4003 },
    { why: 'a price', change: { price: '3400' }, code: -1106 },
    { why: 'a flag that is none', change: { reduceOnly: 'yes' }, code: -1130 },
    { why: 'no side', change: { side: 'Sell' }, code: -1117 },
    { why: 'a leg of the other mode', change: { positionSide: 'LONG' }, code: -4061 },
  ])('$why → $code', async ({ change, code }) => {
    expect((await master.post(path, { ...close, ...change })).json.code).toBe(code);
    expect(kinds()).toEqual([]);
  });

  test('in hedge mode the leg is named, the flag refused, and too much rejected', async () => {
    const { reduceOnly: _, ...rest } = close;
    const leg = { ...rest, symbol: 'BTCUSDT', positionSide: 'LONG', quantity: '0.1' };
    expect((await sub.post(path, { ...leg, reduceOnly: 'true' })).json.code).toBe(-1106);
    expect((await sub.post(path, { ...leg, quantity: '0.3' })).json.code).toBe(-2022);
    expect((await sub.post(path, leg)).json.status).toBe('FILLED');
    expect(held(SUB.id).positions.map(({ contracts }) => contracts.toFixed())).toEqual([
      ...['0.1', '0.1'],
    ]);
  });
});

describe('transfers', () => {
  const path = 'sapi/v1/sub-account/universalTransfer';
  const order = {
    ...{ toEmail: SUB.subAccount, fromAccountType: 'USDT_FUTURE', toAccountType: 'USDT_FUTURE' },
    ...{ asset: 'USDT', amount: '1000.5', clientTranId: 't1' },
  };

  test('the master sends, the list knows the own id, and the id is good once', async () => {
    const { json } = await master.post(path, order);
    expect(json.clientTranId).toBe('t1');
    expect([usdt(MASTER.id), usdt(SUB.id)]).toEqual(['8999.5', '11000.5']);
    const list = await master.get(path, { clientTranId: 't1' });
    expect(list.json).toMatchObject({
      result: [{ tranId: json.tranId, toEmail: SUB.subAccount, status: 'SUCCESS' }],
      totalCount: 1,
    });
    expect((await master.post(path, order)).json.code).toBe(-4115);
    expect(kinds()).toEqual(['transfer']);
  });

  test.each([
    { why: 'a hair more than is free', change: { amount: '6000.00000001' }, code: -5013 },
    { why: 'a stranger', change: { toEmail: 'x@y.invalid' }, code: -5021 },
    { why: 'nothing', change: { amount: '0' }, code: -5007 },
    { why: 'nine decimals', change: { amount: '1.000000001' }, code: -1111 },
    { why: 'a wallet nobody has', change: { toAccountType: 'FUTURE' }, code: -1102 },
  ])('$why → $code', async ({ change, code }) => {
    expect((await master.post(path, { ...order, ...change })).json.code).toBe(code);
    expect(kinds()).toEqual([]);
  });

  test('a sub-account’s key may not', async () => {
    expect((await sub.post(path, order)).json.code).toBe(-1002);
  });
});
