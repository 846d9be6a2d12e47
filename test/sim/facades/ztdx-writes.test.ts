import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dec } from '../../../src/domain/decimal.ts';
import { walletOf } from '../../../src/sim/wallet.ts';
import {
  accountOf,
  positionOf,
  type RawCaller,
  sibling,
  simOf,
  ztdxCaller,
  ztdxOrder,
} from '../raw-http.ts';

const ID = 'ztdx-maker-2';
const BTC = positionOf('ztdx', 'BTCUSDT', {
  side: 'long',
  contracts: dec('0.4'),
  entryPrice: dec('65000'),
  isolatedMargin: dec('2600'),
  stopLoss: dec('60000'),
});
const FOREIGN = positionOf('ztdx', 'SOLUSDT', {
  side: 'long',
  contracts: dec('10'),
  entryPrice: dec('150'),
  isolatedMargin: dec('150'),
});
const OWNER = accountOf(ID, { balances: { USDT: dec('5000') }, positions: [BTC] });
const OTHER = sibling(OWNER, 'ztdx-b', {
  credentials: { ...OWNER.credentials, wallet: `0x${'ab'.repeat(20)}`, apiKey: 'other' },
  positions: [FOREIGN],
});

let world: Awaited<ReturnType<typeof simOf>>;
let caller: RawCaller;
beforeEach(async () => {
  world = await simOf([OWNER, OTHER]);
  caller = await ztdxCaller(world, ID);
});
afterEach(() => world.sim.close());

const held = () => {
  const account = world.sim.accounts[0] as typeof OWNER;
  return { account, position: account.positions[0] as typeof BTC, usdt: walletOf(account, 'USDT') };
};
const kinds = () => world.sim.effects().map(({ kind }) => kind);

describe('collateral', () => {
  const path = (what: string, id = BTC.id) => `positions/${id}/collateral/${what}`;

  test('goes in and out to the last digit, and the wallet stays', async () => {
    const added = await caller.post(path('add'), { amount: '100.12345678' });
    expect(added.json).toMatchObject({ success: true, position: { collateral: '2700.12345678' } });
    const removed = await caller.post(path('remove'), { amount: '0.12345678' });
    expect(removed.json.position.collateral).toBe('2700.00');
    expect(held().usdt.toFixed()).toBe('5000');
    expect(kinds()).toEqual(['margin', 'margin']);
  });

  test.each([
    { why: 'all that is free', to: 'add', amount: '2400', code: null },
    { why: 'a hair more', to: 'add', amount: '2400.00000001', code: 'INSUFFICIENT_BALANCE' },
    { why: 'nine decimals', to: 'add', amount: '1.000000001', code: 'INVALID_AMOUNT' },
    { why: 'a number instead of text', to: 'add', amount: 5, code: 'INVALID_AMOUNT' },
    { why: 'nothing', to: 'add', amount: '0', code: 'INVALID_AMOUNT' },
    { why: 'all there is', to: 'remove', amount: '2600', code: 'INSUFFICIENT_COLLATERAL' },
    { why: 'down to maintenance', to: 'remove', amount: '2500', code: 'LIQUIDATION_RISK' },
  ])('$why: $to $amount → $code', async ({ to, amount, code }) => {
    const { status, json } = await caller.post(path(to), { amount });
    expect(json.error?.code ?? null).toBe(code);
    expect(status).toBe(code === null ? 200 : 400);
    expect(kinds()).toEqual(code === null ? ['margin'] : []);
  });

  test.each([
    { why: 'somebody else’s', id: FOREIGN.id, status: 403, code: 'POSITION_NOT_OWNED' },
    { why: 'nobody’s', id: 'no-such', status: 404, code: 'POSITION_NOT_FOUND' },
  ])('of a position that is $why is refused', async ({ id, status, code }) => {
    const answer = await caller.post(path('add', id), { amount: '1' });
    expect(answer).toMatchObject({ status, json: { error: { code } } });
  });
});

describe('take-profit and stop-loss', () => {
  const path = `positions/${BTC.id}/tp-sl`;

  test('setting one keeps the other, a new one replaces, null takes one away', async () => {
    await caller.post(path, { take_profit_price: '70000' });
    const { json } = await caller.get(path);
    expect(json.data).toMatchObject({ take_profit_price: '70000', stop_loss_price: '60000' });
    await caller.put(path, { stop_loss_price: '61000', take_profit_price: null });
    expect((await caller.get(path)).json.data).toMatchObject({
      ...{ take_profit_price: null, stop_loss_price: '61000', tp_order_id: null },
    });
    const list = await caller.get('trigger-orders', { status: 'active' });
    expect(list.json.trigger_orders).toHaveLength(1);
    await caller.delete(path);
    expect((await caller.get(path)).json.data.stop_loss_price).toBeNull();
  });

  test.each([
    { why: 'a take-profit below the mark', body: { take_profit_price: '60000' } },
    { why: 'a stop-loss above the mark', body: { stop_loss_price: '70000' } },
    { why: 'no price at all', body: { note: 'x' } },
    { why: 'a number', body: { stop_loss_price: 60000 } },
    { why: 'off the tick', body: { stop_loss_price: '60000.001' } },
  ])('$why is refused and changes nothing', async ({ body }) => {
    const { status } = await caller.post(path, body);
    expect(status).toBe(400);
    expect(held().position).toMatchObject({ takeProfit: null, stopLoss: dec('60000') });
  });

  test('fires once when the mark comes to it, and the position is gone with it', async () => {
    await caller.put(path, { stop_loss_price: '64000', take_profit_price: '70000' });
    const before = held().usdt;
    world.sim.market.move('BTC', -0.05);
    const mark = world.sim.market.mark('BTC');
    expect((await caller.get('positions')).json.positions).toEqual([]);
    world.clock.now += 60_000;
    await caller.get('positions');
    expect(kinds().filter((kind) => kind === 'fired')).toHaveLength(1);
    const pnl = mark.minus('65000').times('0.4');
    const fee = mark.times('0.4').times(BTC.instrument.takerFee).toDecimalPlaces(8);
    expect(held().usdt.toFixed()).toBe(before.plus(pnl).minus(fee).toFixed());
    const past = await caller.get('trigger-orders', {});
    expect(past.json.trigger_orders.map((row: { status: string }) => row.status)).toContain(
      'triggered',
    );
  });
});

describe('orders', () => {
  const send = async (change: Record<string, unknown>) =>
    caller.post('orders', await ztdxOrder(world, ID, change));

  test('a reduction gives a share of the margin back; gain and fee go to the wallet', async () => {
    const { json } = await send({ amount: '0.1' });
    expect(json).toMatchObject({ status: 'filled', filled_amount: '0.1', remaining_amount: '0' });
    const mark = world.sim.market.mark('BTC');
    const fee = mark.times('0.1').times(BTC.instrument.takerFee).toDecimalPlaces(8);
    const earned = mark.minus('65000').times('0.1').minus(fee);
    expect(held().position.isolatedMargin?.toFixed()).toBe(dec('2600').times('0.75').toFixed());
    expect(held().usdt.toFixed()).toBe(dec('5000').plus(earned).toFixed());
    expect((await caller.get(`orders/${json.order_id}`)).json).toMatchObject({ status: 'filled' });
    expect((await caller.get('orders')).json.orders).toHaveLength(1);
  });

  test('one that is too large turns the position round', async () => {
    await send({ amount: '0.5' });
    expect(held().position).toMatchObject({ side: 'short', contracts: dec('0.1') });
  });

  test('the venue has no own ids: asked twice, it does it twice', async () => {
    const order = await ztdxOrder(world, ID, { amount: '0.1' });
    await caller.post('orders', order);
    await caller.post('orders', order);
    expect(held().position.contracts.toFixed()).toBe('0.2');
    expect(kinds()).toEqual(['close', 'close']);
  });

  test.each([
    { why: 'five minutes old', ago: 300, code: null },
    { why: 'a second more', ago: 301, code: 'TIMESTAMP_EXPIRED' },
    { why: 'five minutes ahead', ago: -300, code: null },
    { why: 'a second further', ago: -301, code: 'TIMESTAMP_EXPIRED' },
  ])('an order $why → $code', async ({ ago, code }) => {
    const timestamp = Math.floor(world.clock.now / 1000) - ago;
    expect((await send({ timestamp })).json.error?.code ?? null).toBe(code);
  });

  test.each([
    { why: 'a market nobody has', change: { symbol: 'ABCUSDT' }, code: 'INVALID_SYMBOL' },
    { why: 'leverage 0', change: { leverage: 0 }, code: 'INVALID_LEVERAGE' },
    { why: 'leverage 51', change: { leverage: 51 }, code: 'INVALID_LEVERAGE' },
    { why: 'a capital side', change: { side: 'Sell' }, code: 'INVALID_SIDE' },
    { why: 'off the step', change: { amount: '0.00001' }, code: 'INVALID_AMOUNT' },
  ])('$why → $code', async ({ change, code }) => {
    expect(await send(change)).toMatchObject({ status: 400, json: { error: { code } } });
    expect(kinds()).toEqual([]);
  });

  test.each([
    { why: 'another size', change: { amount: '0.2' } },
    { why: 'the same size in other digits', change: { amount: '0.10' } },
    { why: 'another time', change: { timestamp: 1_767_601_799 } },
  ])('a signature of $why is refused', async ({ change }) => {
    const order = { ...(await ztdxOrder(world, ID, { amount: '0.1' })), ...change };
    const { json } = await caller.post('orders', order);
    expect(json.error.code).toBe('INVALID_SIGNATURE');
  });
});

describe('trigger orders', () => {
  const order = {
    ...{ symbol: 'BTCUSDT', side: 'sell', trigger_type: 'take_profit', order_type: 'market' },
    ...{ trigger_price: '70000', amount: '0.1', position_id: BTC.id },
  };

  test('a ladder fires rung by rung, each for its part', async () => {
    await caller.post('trigger-orders', order);
    await caller.post('trigger-orders', { ...order, trigger_price: '90000', amount: '0.2' });
    world.sim.market.move('BTC', 0.1);
    const { json } = await caller.get('trigger-orders', { status: 'active' });
    expect(held().position.contracts.toFixed()).toBe('0.3');
    expect(json.trigger_orders.map((row: { amount: string }) => row.amount)).toEqual([
      '0.3',
      '0.2',
    ]);
    const done = await caller.get('trigger-orders/executions');
    expect(done.json.executions).toMatchObject([{ executed_amount: '0.1' }]);
  });

  test('a trailing stop follows the best mark and closes on the way back', async () => {
    const trail = { trigger_type: 'trailing_stop', callback_rate: '0.02', trigger_price: '63000' };
    await caller.post('trigger-orders', { ...order, ...trail, amount: '0.4' });
    world.sim.market.move('BTC', 0.1);
    world.sim.market.move('BTC', -0.015);
    expect(held().account.positions).toHaveLength(1);
    world.sim.market.move('BTC', -0.01);
    expect(held().account.positions).toHaveLength(0);
  });

  test('one is cancelled by its id, once', async () => {
    const { json } = await caller.post('trigger-orders', order);
    expect((await caller.delete(`trigger-orders/${json.order_id}`)).status).toBe(200);
    expect((await caller.delete(`trigger-orders/${json.order_id}`)).status).toBe(404);
    const row = await caller.get(`trigger-orders/${json.order_id}`);
    expect(row.json.status).toBe('cancelled');
  });

  test.each([
    { why: 'the wrong side of the mark', change: { trigger_price: '60000' } },
    { why: 'more than the position', change: { amount: '0.5' } },
    { why: 'a side that would add', change: { side: 'buy' } },
    { why: 'a trailing stop without a rate', change: { trigger_type: 'trailing_stop' } },
    { why: 'a kind nobody knows', change: { trigger_type: 'oco' } },
  ])('$why is refused', async ({ change }) => {
    expect((await caller.post('trigger-orders', { ...order, ...change })).status).toBe(400);
    expect(kinds()).toEqual([]);
  });
});
