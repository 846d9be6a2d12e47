import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dec } from '../../../src/domain/decimal.ts';
import type { SimAccount } from '../../../src/sim/model.ts';
import { walletOf } from '../../../src/sim/wallet.ts';
import { accountOf, okxCaller, positionOf, type RawCaller, sibling, simOf } from '../raw-http.ts';

/** 100 contracts of 0.1 ETH. */
const ETH = positionOf('okx', 'ETH-USDT-SWAP', {
  side: 'long',
  contracts: dec('100'),
  entryPrice: dec('3400'),
  isolatedMargin: dec('4000'),
  stopLoss: dec('3000'),
});
const MASTER = accountOf('okx-quant-c', { balances: { USDT: dec('10000') }, positions: [ETH] });
const SUB = sibling(MASTER, 'okx-sub', {
  ...{ parent: MASTER.id, subAccount: 'sub1', positionMode: 'hedge' },
  positions: [
    positionOf('okx', 'BTC-USDT-SWAP', {
      ...{ side: 'short', contracts: dec('10'), entryPrice: dec('65000'), marginMode: 'cross' },
    }),
  ],
});

let world: Awaited<ReturnType<typeof simOf>>;
let master: RawCaller;
let sub: RawCaller;
beforeEach(async () => {
  world = await simOf([MASTER, SUB]);
  master = okxCaller(world, MASTER.id);
  sub = okxCaller(world, SUB.id);
});
afterEach(() => world.sim.close());

const held = (id: string) => world.sim.accounts.find((each) => each.id === id) as SimAccount;
const usdt = (id: string) => walletOf(held(id), 'USDT').toFixed();
const kinds = () => world.sim.effects().map(({ kind }) => kind);
/** The code of the row where there is one, else of the call. */
const codeOf = ({ json }: Awaited<ReturnType<RawCaller['post']>>) =>
  json.data?.[0]?.sCode ?? json.code;

describe('margin-balance', () => {
  const path = 'account/position/margin-balance';
  const eth = { instId: 'ETH-USDT-SWAP', posSide: 'net', type: 'add', amt: '100.5' };

  test('goes in and out', async () => {
    expect((await master.post(path, eth)).json).toMatchObject({
      ...{ code: '0', data: [{ amt: '100.5', type: 'add', instId: 'ETH-USDT-SWAP' }] },
    });
    await master.post(path, { ...eth, type: 'reduce', amt: '0.25' });
    expect(held(MASTER.id).positions[0]?.isolatedMargin?.toFixed()).toBe('4100.25');
  });

  test.each([
    { why: 'all that is free', change: { amt: '6000' }, code: '0' },
    { why: 'a hair more', change: { amt: '6000.00000001' }, code: '59200' },
    {
      why: 'more than the leverage lets go',
      change: { type: 'reduce', amt: '700' },
      code: '59301',
    },
    { why: 'nine decimals', change: { amt: '1.000000001' }, code: '51000' },
    { why: 'a number', change: { amt: 5 }, code: '51000' },
    { why: 'nothing', change: { amt: '0' }, code: '51000' },
    { why: 'a leg of the other mode', change: { posSide: 'long' }, code: '51000' },
    { why: 'no position', change: { instId: 'SOL-USDT-SWAP' }, code: '59300' },
    { why: 'no market', change: { instId: 'ABC-USDT-SWAP' }, code: '51001' },
  ])('$why → $code', async ({ change, code }) => {
    expect((await master.post(path, { ...eth, ...change })).json.code).toBe(code);
    expect(kinds()).toEqual(code === '0' ? ['margin'] : []);
  });

  test('a cross position has no margin of its own', async () => {
    const { json } = await sub.post(path, { ...eth, instId: 'BTC-USDT-SWAP', posSide: 'short' });
    expect(json.code).toBe('59300');
  });
});

describe('algo orders', () => {
  const whole = {
    ...{ instId: 'ETH-USDT-SWAP', tdMode: 'isolated', side: 'sell', ordType: 'oco' },
    ...{ closeFraction: '1', reduceOnly: true, algoClOrdId: 'mine1' },
    ...{ tpTriggerPx: '4000', tpOrdPx: '-1', slTriggerPx: '3100', slOrdPx: '-1' },
  };
  const pending = async (ordType = 'conditional,oco,move_order_stop') =>
    (await master.get('trade/orders-algo-pending', { ordType })).json.data;
  const cancel = async (algoId: string) => {
    const body = [{ algoId, instId: 'ETH-USDT-SWAP' }] as unknown as Record<string, unknown>;
    return master.post('trade/cancel-algos', body);
  };
  const clear = async () => cancel((await pending())[0].algoId);

  test('one for the whole position at a time; when it is gone another may come', async () => {
    expect(codeOf(await master.post('trade/order-algo', whole))).toBe('51088');
    await clear();
    const placed = await master.post('trade/order-algo', whole);
    expect(placed.json).toMatchObject({ code: '0', data: [{ algoClOrdId: 'mine1', sCode: '0' }] });
    expect(await pending()).toMatchObject([{ ordType: 'oco', closeFraction: '1', state: 'live' }]);
    const position = (await master.get('account/positions')).json.data[0];
    expect(position.closeOrderAlgo).toMatchObject([{ slTriggerPx: '3100', tpTriggerPx: '4000' }]);
    const found = await master.get('trade/order-algo', { algoClOrdId: 'mine1' });
    expect(found.json.data[0].algoId).toBe(placed.json.data[0].algoId);
  });

  test('either half of an oco takes the other with it', async () => {
    await clear();
    const half = { closeFraction: undefined, sz: '40', tpTriggerPx: '3700' };
    await master.post('trade/order-algo', { ...whole, ...half });
    world.sim.market.move('ETH', 0.1);
    expect(held(MASTER.id).positions[0]?.contracts.toFixed()).toBe('60');
    expect(await pending()).toEqual([]);
    const query = { ordType: 'oco', state: 'effective' };
    const { json } = await master.get('trade/orders-algo-history', query);
    expect(json.data).toMatchObject([{ algoClOrdId: 'mine1', actualSz: '40' }]);
  });

  test('new prices, a kind that joins and one that leaves, under the same id', async () => {
    const [{ algoId }] = await pending();
    const amend = (change: object) =>
      master.post('trade/amend-algos', { instId: 'ETH-USDT-SWAP', algoId, ...change });
    expect(codeOf(await amend({ newTpTriggerPx: '4000', newTpOrdPx: '-1' }))).toBe('0');
    expect(await pending()).toMatchObject([{ algoId, ordType: 'oco', slTriggerPx: '3000' }]);
    await amend({ newSlTriggerPx: '0' });
    expect(await pending()).toMatchObject([{ algoId, ordType: 'conditional', slTriggerPx: '' }]);
    expect(codeOf(await amend({ newTpTriggerPx: '3300', newTpOrdPx: '-1' }))).toBe('51279');
    expect(held(MASTER.id).positions[0]).toMatchObject({ takeProfit: dec('4000'), stopLoss: null });
  });

  test('a trailing stop is a kind of its own and fires on the way back', async () => {
    const trail = { instId: 'ETH-USDT-SWAP', tdMode: 'isolated', side: 'sell', reduceOnly: true };
    await master.post('trade/order-algo', {
      ...{ ...trail, ordType: 'move_order_stop', sz: '30', callbackRatio: '0.01' },
    });
    expect(await pending('move_order_stop')).toMatchObject([{ callbackRatio: '0.01', sz: '30' }]);
    world.sim.market.move('ETH', 0.05);
    world.sim.market.move('ETH', -0.02);
    expect(held(MASTER.id).positions[0]?.contracts.toFixed()).toBe('70');
  });

  test('of several that are to go each has its own answer', async () => {
    const [{ algoId }] = await pending();
    const rows = [
      { algoId, instId: 'ETH-USDT-SWAP' },
      { algoId: '1', instId: 'ETH-USDT-SWAP' },
    ] as unknown as Record<string, unknown>;
    const { json } = await master.post('trade/cancel-algos', rows);
    expect(json).toMatchObject({ code: '2', data: [{ sCode: '0' }, { sCode: '51400' }] });
    expect((await cancel(algoId)).json.code).toBe('1');
  });

  const part = { ...whole, closeFraction: undefined, sz: '10' };
  test.each([
    { why: 'a profit below the mark', body: { ...part, tpTriggerPx: '3300' }, code: '51279' },
    { why: 'a stop above it', body: { ...part, slTriggerPx: '3600' }, code: '51280' },
    { why: 'half an oco', body: { ...part, tpTriggerPx: undefined }, code: '51000' },
    { why: 'a side that has nothing', body: { ...part, side: 'buy' }, code: '51169' },
    { why: 'the other margin mode', body: { ...part, tdMode: 'cross' }, code: '51169' },
    { why: 'without the flag', body: { ...whole, reduceOnly: false }, code: '51328' },
    { why: 'half of a fraction', body: { ...whole, closeFraction: '0.5' }, code: '51000' },
    { why: 'off the lot', body: { ...part, sz: '0.005' }, code: '51121' },
    { why: 'off the tick', body: { ...part, slTriggerPx: '3100.001' }, code: '51000' },
    { why: 'a flag as text', body: { ...part, reduceOnly: 'true' }, code: '51000' },
    { why: 'an own id with a dash', body: { ...part, algoClOrdId: 'a-b' }, code: '51000' },
    { why: 'a leg of the other mode', body: { ...part, posSide: 'long' }, code: '51000' },
  ])('$why → $code', async ({ body, code }) => {
    expect(codeOf(await master.post('trade/order-algo', body))).toBe(code);
    expect(kinds()).toEqual([]);
  });

  test('an own id is good once, also when its order is over', async () => {
    await clear();
    const { json } = await master.post('trade/order-algo', whole);
    await cancel(json.data[0].algoId);
    expect(codeOf(await master.post('trade/order-algo', whole))).toBe('51065');
  });
});

describe('orders', () => {
  const close = {
    ...{ instId: 'ETH-USDT-SWAP', tdMode: 'isolated', side: 'sell', ordType: 'market' },
    ...{ sz: '40', reduceOnly: true, clOrdId: 'mine1' },
  };

  test('take a part, release its margin, and are found by the own id, which is good once', async () => {
    const mark = world.sim.market.mark('ETH');
    const { json } = await master.post('trade/order', close);
    expect(json).toMatchObject({ code: '0', data: [{ clOrdId: 'mine1', sCode: '0' }] });
    const fee = mark.times(4).times(ETH.instrument.takerFee).toDecimalPlaces(8);
    expect(usdt(MASTER.id)).toBe(mark.minus('3400').times(4).minus(fee).plus('10000').toFixed());
    expect(held(MASTER.id).positions[0]?.isolatedMargin?.toFixed()).toBe('2400');
    const query = { instId: 'ETH-USDT-SWAP', clOrdId: 'mine1' };
    const found = await master.get('trade/order', query);
    expect(found.json.data).toMatchObject([{ state: 'filled', accFillSz: '40' }]);
    expect(codeOf(await master.post('trade/order', close))).toBe('51016');
    const none = await master.get('trade/order', { ...query, clOrdId: 'x' });
    expect(none.json.code).toBe('51603');
  });

  test.each([
    { why: 'the side that would add', change: { side: 'buy' }, code: '51169' },
    { why: 'without the flag', change: { reduceOnly: false }, code: '51010' },
    { why: 'the other margin mode', change: { tdMode: 'cross' }, code: '51169' },
    { why: 'off the lot', change: { sz: '0.005' }, code: '51121' },
    { why: 'a number', change: { sz: 40 }, code: '51000' },
    { why: 'a resting order', change: { ordType: 'limit' }, code: '51000' },
  ])('$why → $code', async ({ change, code }) => {
    const answer = await master.post('trade/order', { ...close, ...change });
    expect(codeOf(answer)).toBe(code);
    expect(kinds()).toEqual([]);
  });

  test('in hedge mode the leg is named and too much is refused', async () => {
    const leg = { ...close, instId: 'BTC-USDT-SWAP', tdMode: 'cross', side: 'buy', sz: '4' };
    expect(codeOf(await sub.post('trade/order', leg))).toBe('51000');
    const named = { ...leg, posSide: 'short' };
    expect(codeOf(await sub.post('trade/order', { ...named, sz: '11' }))).toBe('51112');
    expect(codeOf(await sub.post('trade/order', named))).toBe('0');
    expect(held(SUB.id).positions[0]?.contracts.toFixed()).toBe('6');
  });

  test('close-position takes all of it, and there is nothing to take twice', async () => {
    const all = { instId: 'ETH-USDT-SWAP', mgnMode: 'isolated' };
    expect((await master.post('trade/close-position', all)).json).toMatchObject({
      ...{ code: '0', data: [{ instId: 'ETH-USDT-SWAP', posSide: 'net' }] },
    });
    expect((await master.get('account/positions')).json.data).toEqual([]);
    expect((await master.post('trade/close-position', all)).json.code).toBe('51023');
  });
});

describe('transfers', () => {
  const order = {
    ...{ ccy: 'USDT', amt: '1000.5', from: '18', to: '18', type: '1', subAcct: 'sub1' },
    clientId: 't1',
  };

  test('to a sub-account, and its state by the own id', async () => {
    const { json } = await master.post('asset/transfer', order);
    expect(json).toMatchObject({ code: '0', data: [{ clientId: 't1', amt: '1000.5' }] });
    expect([usdt(MASTER.id), usdt(SUB.id)]).toEqual(['8999.5', '11000.5']);
    const state = await master.get('asset/transfer-state', { clientId: 't1' });
    expect(state.json.data).toMatchObject([{ state: 'success', type: '1', subAcct: 'sub1' }]);
    const none = await master.get('asset/transfer-state', { clientId: 'x' });
    expect(none.json.data).toEqual([]);
  });

  test.each([
    { why: 'a hair more than is free', change: { amt: '6000.00000001' }, code: '58350' },
    { why: 'nobody', change: { subAcct: 'x' }, code: '58115' },
    { why: 'nothing', change: { amt: '0' }, code: '58114' },
    { why: 'nine decimals', change: { amt: '1.000000001' }, code: '51000' },
    { why: 'a type for sub-accounts', change: { type: '3' }, code: '51000' },
    { why: 'a wallet nobody has', change: { to: '5' }, code: '51000' },
    { why: 'from itself to itself', change: { type: '0' }, code: '58123' },
  ])('$why → $code', async ({ change, code }) => {
    expect((await master.post('asset/transfer', { ...order, ...change })).json.code).toBe(code);
    expect(kinds()).toEqual([]);
  });

  test('a sub-account sends to its master', async () => {
    const back = { ...order, type: '3', subAcct: undefined, amt: '5' };
    expect((await sub.post('asset/transfer', back)).json.code).toBe('0');
    expect(usdt(MASTER.id)).toBe('10005');
  });
});
