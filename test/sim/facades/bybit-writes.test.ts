import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dec } from '../../../src/domain/decimal.ts';
import type { SimAccount } from '../../../src/sim/model.ts';
import { walletOf } from '../../../src/sim/wallet.ts';
import { accountOf, bybitCaller, positionOf, type RawCaller, sibling, simOf } from '../raw-http.ts';

const ETH = positionOf('bybit', 'ETHUSDT', {
  side: 'long',
  contracts: dec('10'),
  entryPrice: dec('3400'),
  isolatedMargin: dec('3600'),
  stopLoss: dec('3000'),
});
const MASTER = accountOf('bybit-reserve', { balances: { USDT: dec('10000') }, positions: [ETH] });
const HEDGED = sibling(MASTER, 'bybit-hedged', {
  parent: MASTER.id,
  positionMode: 'hedge',
  positions: [
    positionOf('bybit', 'BTCUSDT', {
      ...{ side: 'long', contracts: dec('0.5'), entryPrice: dec('65000'), marginMode: 'cross' },
    }),
    positionOf('bybit', 'BTCUSDT', {
      ...{ side: 'short', contracts: dec('0.3'), entryPrice: dec('65500'), marginMode: 'cross' },
    }),
  ],
});
const STRANGER = sibling(MASTER, 'bybit-stranger', { positions: [] });

let world: Awaited<ReturnType<typeof simOf>>;
let master: RawCaller;
let hedged: RawCaller;
beforeEach(async () => {
  world = await simOf([MASTER, HEDGED, STRANGER]);
  master = bybitCaller(world, MASTER.id);
  hedged = bybitCaller(world, HEDGED.id);
});
afterEach(() => world.sim.close());

const held = (id: string) => world.sim.accounts.find((each) => each.id === id) as SimAccount;
const usdt = (id: string) => walletOf(held(id), 'USDT').toFixed();
const kinds = () => world.sim.effects().map(({ kind }) => kind);
const eth = { category: 'linear', symbol: 'ETHUSDT', positionIdx: 0 };
const btc = { category: 'linear', symbol: 'BTCUSDT' };

describe('add-margin', () => {
  test.each([
    { why: 'in', margin: '100.5', code: 0, left: '3700.5' },
    { why: 'out', margin: '-100', code: 0, left: '3500' },
    { why: 'more than is free', margin: '6400.00000001', code: 110014, left: '3600' },
    { why: 'below what the leverage needs', margin: '-300', code: 110044, left: '3600' },
    { why: 'nothing', margin: '0', code: 110027, left: '3600' },
    { why: 'a number', margin: 5, code: 10001, left: '3600' },
    { why: 'nine decimals', margin: '0.000000001', code: 10001, left: '3600' },
  ])('$why: $margin → $code', async ({ margin, code, left }) => {
    const { json } = await master.post('position/add-margin', { ...eth, margin });
    expect(json.retCode).toBe(code);
    expect(held(MASTER.id).positions[0]?.isolatedMargin?.toFixed()).toBe(left);
    expect(json.result.positionBalance).toBe(code === 0 ? left : undefined);
    expect(kinds()).toEqual(code === 0 ? ['margin'] : []);
  });

  test('into liquidation is refused as such, when the losses are counted', async () => {
    world.sim.market.move('ETH', -0.05);
    const { json } = await master.post('position/add-margin', { ...eth, margin: '-2700' });
    expect(json.retCode).toBe(110011);
    expect(kinds()).toEqual([]);
  });

  test.each([
    { why: 'cross', ask: { ...btc, positionIdx: 1 }, code: 110015 },
    { why: 'no leg named in hedge mode', ask: btc, code: 10001 },
    { why: 'a leg that is flat', ask: { ...eth, positionIdx: 1 }, code: 110033 },
    { why: 'another category', ask: { ...btc, category: 'spot' }, code: 10001 },
    { why: 'an index as text', ask: { ...btc, positionIdx: '1' }, code: 10001 },
  ])('$why → $code', async ({ ask, code }) => {
    const { json } = await hedged.post('position/add-margin', { ...ask, margin: '1' });
    expect(json.retCode).toBe(code);
  });
});

describe('trading-stop', () => {
  const full = { ...eth, tpslMode: 'Full' };
  const row = async () =>
    (await master.get('position/list', { category: 'linear', symbol: 'ETHUSDT' })).json.result
      .list[0];
  const stops = async () =>
    (await master.get('order/realtime', { ...eth, orderFilter: 'StopOrder' })).json.result.list;

  test('sets, keeps, replaces and takes away the stops of the whole position', async () => {
    await master.post('position/trading-stop', { ...full, takeProfit: '4000' });
    expect(await row()).toMatchObject({ takeProfit: '4000', stopLoss: '3000' });
    await master.post('position/trading-stop', { ...full, stopLoss: '3100', trailingStop: '50' });
    expect(await row()).toMatchObject({ stopLoss: '3100', trailingStop: '50' });
    expect(await stops()).toHaveLength(3);
    await master.post('position/trading-stop', { ...full, takeProfit: '0', trailingStop: '0' });
    expect(await row()).toMatchObject({ takeProfit: '', stopLoss: '3100', trailingStop: '0' });
    expect(await stops()).toMatchObject([{ stopOrderType: 'StopLoss', triggerPrice: '3100' }]);
  });

  test('partial ones are added, each with its size, and cancelled by their ids', async () => {
    const partial = { ...eth, tpslMode: 'Partial', takeProfit: '4000', tpSize: '4' };
    await master.post('position/trading-stop', partial);
    await master.post('position/trading-stop', { ...partial, takeProfit: '4100' });
    const placed = (await stops()).filter(
      (each: { tpslMode: string }) => each.tpslMode === 'Partial',
    );
    expect(placed.map((each: { qty: string }) => each.qty)).toEqual(['4', '4']);
    expect((await row()).stopLoss).toBe('3000');
    const third = await master.post('position/trading-stop', { ...partial, takeProfit: '4200' });
    expect(third.json.retCode).toBe(110058);
    const orderId = placed[0].orderId;
    const gone = await master.post('order/cancel', { ...eth, orderId });
    expect(gone.json).toMatchObject({ retCode: 0, result: { orderId } });
    expect((await master.post('order/cancel', { ...eth, orderId })).json.retCode).toBe(110001);
  });

  test.each([
    { why: 'no index', body: { ...full, positionIdx: undefined, stopLoss: '3100' }, code: 10001 },
    { why: 'a stop above the mark', body: { ...full, stopLoss: '3600' }, code: 10001 },
    { why: 'a profit below it', body: { ...full, takeProfit: '3300' }, code: 10001 },
    { why: 'the stop that stands', body: { ...full, stopLoss: '3000' }, code: 34040 },
    { why: 'off the tick', body: { ...full, stopLoss: '3000.001' }, code: 10001 },
    { why: 'a number', body: { ...full, stopLoss: 3100 }, code: 10001 },
    { why: 'no mode', body: { ...eth, stopLoss: '3100' }, code: 10001 },
    {
      why: 'a part without a size',
      body: { ...eth, tpslMode: 'Partial', takeProfit: '4000' },
      code: 10001,
    },
  ])('$why → $code', async ({ body, code }) => {
    expect((await master.post('position/trading-stop', body)).json.retCode).toBe(code);
    expect(kinds()).toEqual([]);
  });

  test('a flat leg has no stops', async () => {
    const { json } = await hedged.post('position/trading-stop', {
      ...{ ...full, positionIdx: 1, stopLoss: '3100' },
    });
    expect(json.retCode).toBe(10001);
  });

  test('a take-profit and a stop-loss of one call cancel each other', async () => {
    const pair = { takeProfit: '3700', stopLoss: '3200', tpSize: '2', slSize: '2' };
    await master.post('position/trading-stop', { ...eth, tpslMode: 'Partial', ...pair });
    world.sim.market.move('ETH', 0.1);
    expect(held(MASTER.id).positions[0]?.contracts.toFixed()).toBe('8');
    expect(await stops()).toMatchObject([{ stopOrderType: 'StopLoss', triggerPrice: '3000' }]);
    const { json } = await master.get('order/history', eth);
    expect(json.result.list.map((each: { orderStatus: string }) => each.orderStatus)).toEqual(
      expect.arrayContaining(['Filled', 'Deactivated']),
    );
  });
});

describe('order/create', () => {
  const close = {
    ...{ ...eth, side: 'Sell', orderType: 'Market', qty: '4', reduceOnly: true },
    orderLinkId: 'mine1',
  };

  test('takes a part, with fee and gain, and its share of the margin is free again', async () => {
    const mark = world.sim.market.mark('ETH');
    const { json } = await master.post('order/create', close);
    expect(json).toMatchObject({ retCode: 0, result: { orderLinkId: 'mine1' } });
    const { takerFee } = ETH.instrument;
    const fee = mark.times(4).times(takerFee).toDecimalPlaces(8);
    const earned = mark.minus('3400').times(4).minus(fee);
    expect(usdt(MASTER.id)).toBe(dec('10000').plus(earned).toFixed());
    expect(held(MASTER.id).positions[0]).toMatchObject({
      ...{ contracts: dec('6'), isolatedMargin: dec('2160'), entryPrice: dec('3400') },
    });
    for (const path of ['order/realtime', 'order/history']) {
      const found = await master.get(path, { category: 'linear', orderLinkId: 'mine1' });
      expect(found.json.result.list).toMatchObject([
        { orderStatus: 'Filled', cumExecQty: '4', reduceOnly: true, orderLinkId: 'mine1' },
      ]);
    }
  });

  test('a second order of the same own id is refused', async () => {
    await master.post('order/create', close);
    expect((await master.post('order/create', close)).json.retCode).toBe(110072);
    expect(kinds()).toEqual(['close']);
  });

  test('more than there is closes what is there, and its stops go too', async () => {
    await master.post('order/create', { ...close, qty: '11' });
    expect(held(MASTER.id).positions).toEqual([]);
    const { json } = await master.get('order/realtime', eth);
    expect(json.result.list).toEqual([]);
  });

  test.each([
    { why: 'the side that would add', change: { side: 'Buy' }, code: 110017 },
    { why: 'without the flag', change: { reduceOnly: false }, code: 110023 },
    { why: 'off the step', change: { qty: '0.001' }, code: 10001 },
    { why: 'a number', change: { qty: 4 }, code: 10001 },
    { why: 'an own id too long', change: { orderLinkId: 'x'.repeat(37) }, code: 10001 },
    { why: 'an index of the other mode', change: { positionIdx: 1 }, code: 10001 },
  ])('$why → $code', async ({ change, code }) => {
    const { json } = await master.post('order/create', { ...close, ...change });
    expect(json.retCode).toBe(code);
    expect(kinds()).toEqual([]);
  });

  test('in hedge mode the index says which leg', async () => {
    const short = { ...close, ...btc, side: 'Buy', qty: '0.1', positionIdx: 2 };
    expect((await hedged.post('order/create', short)).json.retCode).toBe(0);
    expect(held(HEDGED.id).positions.map(({ contracts }) => contracts.toFixed())).toEqual([
      ...['0.5', '0.2'],
    ]);
    const wrong = await hedged.post('order/create', { ...short, orderLinkId: 'b', side: 'Sell' });
    expect(wrong.json.retCode).toBe(110017);
  });
});

describe('transfers', () => {
  const transferId = '42c0cfb0-6bca-c242-bc76-4e6df6cbcb16';
  const ids = { fromMemberId: Number(MASTER.uid), toMemberId: Number(HEDGED.uid) };
  const order = {
    ...{ transferId, coin: 'USDT', amount: '1000.5', ...ids },
    ...{ fromAccountType: 'UNIFIED', toAccountType: 'UNIFIED' },
  };
  const send = (change: Record<string, unknown> = {}) =>
    master.post('asset/transfer/universal-transfer', { ...order, ...change });

  test('moves between accounts of one master, and both list it', async () => {
    expect((await send()).json.result).toEqual({ transferId, status: 'SUCCESS' });
    expect([usdt(MASTER.id), usdt(HEDGED.id)]).toEqual(['8999.5', '11000.5']);
    const { json } = await master.get('asset/transfer/query-universal-transfer-list', {
      transferId,
    });
    expect(json.result.list).toMatchObject([
      { transferId, amount: '1000.5', status: 'SUCCESS', toMemberId: HEDGED.uid },
    ]);
    expect((await send()).json.retCode).toBe(131214);
    expect(kinds()).toEqual(['transfer']);
  });

  test.each([
    { why: 'all that is free', change: { amount: '6400' }, code: 0 },
    { why: 'a hair more', change: { amount: '6400.00000001' }, code: 131212 },
    { why: 'nine decimals', change: { amount: '1.000000001' }, code: 131210 },
    { why: 'nothing', change: { amount: '0' }, code: 131215 },
    { why: 'a negative', change: { amount: '-5' }, code: 131215 },
    { why: 'no uuid', change: { transferId: 'abc' }, code: 131203 },
    { why: 'a member as text', change: { toMemberId: HEDGED.uid }, code: 131203 },
    { why: 'nobody', change: { toMemberId: 1 }, code: 131202 },
    { why: 'another family', change: { toMemberId: Number(STRANGER.uid) }, code: 131202 },
    { why: 'a wallet nobody has', change: { toAccountType: 'CONTRACT' }, code: 131203 },
  ])('$why → $code', async ({ change, code }) => {
    expect((await send(change)).json.retCode).toBe(code);
    expect(kinds()).toEqual(code === 0 ? ['transfer'] : []);
  });

  test('a sub-account sends its own money only', async () => {
    const path = 'asset/transfer/universal-transfer';
    expect((await hedged.post(path, order)).json.retCode).toBe(131208);
    const back = { fromMemberId: ids.toMemberId, toMemberId: ids.fromMemberId };
    expect((await hedged.post(path, { ...order, ...back, amount: '1' })).json.retCode).toBe(0);
  });

  test('an account moves its own money to its funding wallet and back', async () => {
    const path = 'asset/transfer/inter-transfer';
    const out = { ...order, toAccountType: 'FUND' };
    expect((await master.post(path, out)).json.retCode).toBe(0);
    const fund = await master.get('asset/transfer/query-account-coins-balance', {
      accountType: 'FUND',
    });
    expect(fund.json.result.balance).toMatchObject([{ coin: 'USDT', walletBalance: '1000.5' }]);
    const same = await master.post(path, { ...order, toAccountType: 'UNIFIED' });
    expect(same.json.retCode).toBe(131211);
  });

  test('the key’s page tells the member id and the master', async () => {
    const { json } = await hedged.get('user/query-api');
    expect(json.result).toMatchObject({
      ...{ userID: Number(HEDGED.uid), isMaster: false, parentUid: MASTER.uid },
    });
  });
});
