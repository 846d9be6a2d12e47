import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dec } from '../../src/domain/decimal.ts';
import { createDemoDesk } from '../../src/sim/desk.ts';
import type { SimFault } from '../../src/sim/fault.ts';
import type { SimAccount, SimAccountVenue } from '../../src/sim/model.ts';
import {
  accountOf,
  binanceCaller,
  bybitCaller,
  okxCaller,
  positionOf,
  type RawCaller,
  START,
  simOf,
  ztdxCaller,
  ztdxOrder,
} from './raw-http.ts';

const IDS = {
  bybit: 'bybit-reserve',
  binanceusdm: 'binance-quant-b',
  okx: 'okx-quant-c',
  ztdx: 'ztdx-maker-2',
} as const;
type Venue = keyof typeof IDS;
const VENUES = Object.keys(IDS) as Venue[];
const SYMBOLS: Readonly<Record<Venue, string>> = {
  bybit: 'ETHUSDT',
  binanceusdm: 'ETHUSDT',
  okx: 'ETH-USDT-SWAP',
  ztdx: 'ETHUSDT',
};

function accountAt(venue: SimAccountVenue & Venue): SimAccount {
  const position = positionOf(venue, SYMBOLS[venue], {
    ...{ side: 'long', contracts: dec('10'), entryPrice: dec('3400'), isolatedMargin: dec('4000') },
  });
  return accountOf(IDS[venue], {
    ...{ balances: { USDT: dec('10000') }, positions: [position], orders: [] },
  });
}

let world: Awaited<ReturnType<typeof simOf>>;
let callers: Readonly<Record<Venue, RawCaller>>;
beforeEach(async () => {
  world = await simOf(VENUES.map(accountAt));
  callers = {
    bybit: bybitCaller(world, IDS.bybit),
    binanceusdm: binanceCaller(world, IDS.binanceusdm),
    okx: okxCaller(world, IDS.okx),
    ztdx: await ztdxCaller(world, IDS.ztdx),
  };
});
afterEach(() => world.sim.close());

const idOf = (venue: Venue) =>
  world.sim.accounts.find(({ id }) => id === IDS[venue])?.positions[0]?.id ?? '';
const contracts = (venue: Venue) =>
  world.sim.accounts.find(({ id }) => id === IDS[venue])?.positions[0]?.contracts.toFixed();

/** Adds 5 to the position's margin. */
function addMargin(venue: Venue) {
  const symbol = SYMBOLS[venue];
  switch (venue) {
    case 'bybit':
      return callers.bybit.post('position/add-margin', {
        ...{ category: 'linear', symbol, margin: '5', positionIdx: 0 },
      });
    case 'binanceusdm':
      return callers.binanceusdm.post('fapi/v1/positionMargin', { symbol, amount: '5', type: 1 });
    case 'okx':
      return callers.okx.post('account/position/margin-balance', {
        ...{ instId: symbol, posSide: 'net', type: 'add', amt: '5' },
      });
    case 'ztdx':
      return callers.ztdx.post(`positions/${idOf('ztdx')}/collateral/add`, { amount: '5' });
  }
}

/** Sells 4 of 10, with the own id `mine1` where the venue takes one. */
async function sell(venue: Venue) {
  const symbol = SYMBOLS[venue];
  switch (venue) {
    case 'bybit':
      return callers.bybit.post('order/create', {
        ...{ category: 'linear', symbol, side: 'Sell', orderType: 'Market', qty: '4' },
        ...{ reduceOnly: true, orderLinkId: 'mine1' },
      });
    case 'binanceusdm':
      return callers.binanceusdm.post('fapi/v1/order', {
        ...{ symbol, side: 'SELL', type: 'MARKET', quantity: '4', reduceOnly: 'true' },
        ...{ newClientOrderId: 'mine1' },
      });
    case 'okx':
      return callers.okx.post('trade/order', {
        ...{ instId: symbol, tdMode: 'isolated', side: 'sell', ordType: 'market', sz: '4' },
        ...{ reduceOnly: true, clOrdId: 'mine1' },
      });
    case 'ztdx':
      return callers.ztdx.post('orders', await ztdxOrder(world, IDS.ztdx, { symbol, amount: '4' }));
  }
}

function read(venue: Venue) {
  switch (venue) {
    case 'bybit':
      return callers.bybit.get('position/list', { category: 'linear', symbol: SYMBOLS.bybit });
    case 'binanceusdm':
      return callers.binanceusdm.get('fapi/v3/positionRisk');
    case 'okx':
      return callers.okx.get('account/positions');
    case 'ztdx':
      return callers.ztdx.get('positions');
  }
}

async function seen(asked: Promise<{ readonly status: number }>): Promise<string> {
  try {
    return String((await asked).status);
  } catch (thrown) {
    return (thrown as Error).name === 'TimeoutError' ? 'silence' : 'cut';
  }
}

describe.each(VENUES)('at %s', (venue) => {
  test.each<{ why: string; fault: SimFault; sees: string; done: number }>([
    { why: 'silence, not done', fault: { kind: 'hang' }, sees: 'silence', done: 0 },
    { why: 'silence, done', fault: { kind: 'acceptThenHang' }, sees: 'silence', done: 1 },
    { why: 'cut, done', fault: { kind: 'acceptThenReset' }, sees: 'cut', done: 1 },
    { why: 'cut, not done', fault: { kind: 'dead' }, sees: 'cut', done: 0 },
    {
      ...{ why: '504, done', sees: '504', done: 1 },
      fault: { kind: 'acceptThenStatus', status: 504 },
    },
    { why: '502, not done', fault: { kind: 'status', status: 502 }, sees: '502', done: 0 },
  ])('$why', async ({ fault, sees, done }) => {
    const off = world.sim.script(fault, { account: IDS[venue], method: 'POST' });
    world.clock.patienceMs = 150;
    expect(await seen(addMargin(venue))).toBe(sees);
    world.clock.patienceMs = 5_000;
    expect(world.sim.effects()).toHaveLength(done);
    expect(await seen(read(venue))).toBe('200');
    off();
    expect(await seen(addMargin(venue))).toBe('200');
    expect(world.sim.effects()).toHaveLength(done + 1);
  });

  test('refuses with any code of its own', async () => {
    const code = venue === 'ztdx' ? 'MARKET_CLOSED' : '12345';
    world.sim.fault(IDS[venue], { kind: 'refuse', code });
    const { json } = await addMargin(venue);
    expect(String(json.retCode ?? json.code ?? json.error.code)).toBe(code);
    expect(world.sim.effects()).toEqual([]);
  });

  test('says that it does not know, and has done it', async () => {
    const code = venue === 'ztdx' ? 'TIMEOUT' : '10016';
    world.sim.fault(IDS[venue], { kind: 'acceptThenRefuse', code });
    const { json } = await addMargin(venue);
    expect(String(json.retCode ?? json.code ?? json.error.code)).toBe(code);
    expect(world.sim.effects()).toHaveLength(1);
  });

  test('fills a part of a close', async () => {
    world.sim.fault(IDS[venue], { kind: 'partialFill', share: '0.5' });
    await sell(venue);
    expect(contracts(venue)).toBe('8');
  });

  test('does it twice when asked twice with the same id, where it would not', async () => {
    world.sim.fault(IDS[venue], { kind: 'duplicates' });
    await sell(venue);
    await sell(venue);
    expect(contracts(venue)).toBe('2');
    const mine = venue === 'ztdx' ? '' : 'mine1';
    expect(world.sim.effects().map(({ clientId }) => clientId)).toEqual([mine, mine]);
  });

  test('shows the old state for a while after it has accepted', async () => {
    const before = (await read(venue)).json;
    world.clock.now += 1_000;
    world.sim.fault(IDS[venue], { kind: 'delayed', lagMs: 2_000 });
    await addMargin(venue);
    expect(world.sim.effects()).toHaveLength(1);
    const marginOf = (json: unknown) =>
      /"(?:collateral|positionBalance|isolatedWallet|margin)":"([\d.]+)"/.exec(
        JSON.stringify(json),
      )?.[1];
    expect(marginOf((await read(venue)).json)).toBe(marginOf(before));
    world.clock.now += 2_000;
    expect(marginOf((await read(venue)).json)).toMatch(/^4005/);
  });
});

describe('scripts', () => {
  test('are for a path, and let some pass first', async () => {
    const scope = { path: 'add-margin', skip: 1, times: 1 };
    world.sim.script({ kind: 'refuse', code: '10016' }, scope);
    expect((await sell('bybit')).json.retCode).toBe(0);
    const codes = [];
    for (let i = 0; i < 3; i += 1) codes.push((await addMargin('bybit')).json.retCode);
    expect(codes).toEqual([0, 10016, 0]);
  });

  test('are for a venue; the one switched on last wins', async () => {
    world.sim.script({ kind: 'refuse', code: '10016' }, { venue: 'bybit' });
    world.sim.script({ kind: 'refuse', code: '10006' }, { venue: 'bybit' });
    expect((await addMargin('bybit')).json.retCode).toBe(10006);
    expect((await addMargin('okx')).json.code).toBe('0');
  });
});

describe('the desk nobody writes to', () => {
  test('stands as the seed has it, whatever the market does', async () => {
    const demo = await simOf(null);
    demo.sim.market.move('BTC', -0.3);
    demo.clock.now += 3_600_000;
    await bybitCaller(demo, 'bybit-quant-a').get('position/list', {
      ...{ category: 'linear', settleCoin: 'USDT' },
    });
    expect(demo.sim.accounts).toEqual(createDemoDesk('plimsoll', START).accounts);
    expect(demo.sim.effects()).toEqual([]);
    await demo.sim.close();
  });

  test('its Bybit accounts can send each other money: the reserve is their master', () => {
    const { accounts } = createDemoDesk('plimsoll', START);
    const reserve = accounts.find(({ id }) => id === 'bybit-reserve');
    const funded = accounts.filter(({ fundedBy }) => fundedBy.includes('bybit-reserve'));
    expect(funded.map(({ id }) => id)).toEqual(['bybit-quant-a', 'bybit-maker-1']);
    for (const { parent, subAccount, uid } of funded) {
      expect({ parent, subAccount }).toEqual({ parent: reserve?.id, subAccount: uid });
    }
  });
});
