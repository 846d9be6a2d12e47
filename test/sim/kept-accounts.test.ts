import { afterEach, expect, it } from 'vitest';
import { dec } from '../../src/domain/decimal.ts';
import { fromKept } from '../../src/sim/kept-ledger.ts';
import { type Sim, type SimOptions, startSim } from '../../src/sim/start-sim.ts';
import { bybitCaller, START, type TestClock } from './raw-http.ts';

const ID = 'bybit-quant-a';
const clock: TestClock = { now: START, patienceMs: 5_000 };
const sims: Sim[] = [];

afterEach(async () => {
  for (const sim of sims.splice(0)) await sim.close();
});

async function simWith(more: Pick<SimOptions, 'kept' | 'keep'>) {
  const sim = await startSim({ seed: 'plimsoll', now: () => clock.now, start: START, ...more });
  sims.push(sim);
  return { sim, bybit: bybitCaller({ sim, clock }, ID) };
}

/** Cuts a fifth of the long position and gives what is left a stop. */
async function write({ bybit }: Awaited<ReturnType<typeof simWith>>) {
  const leg = { category: 'linear', symbol: 'BTCUSDT', positionIdx: 0 };
  const close = { ...leg, side: 'Sell', orderType: 'Market', qty: '2', reduceOnly: true };
  const closed = await bybit.post('order/create', { ...close, orderLinkId: 'first' });
  const stopped = await bybit.post('position/trading-stop', {
    ...{ ...leg, tpslMode: 'Full', stopLoss: '60000', slTriggerBy: 'MarkPrice' },
  });
  return [closed.json.retCode, stopped.json.retCode];
}

it('goes on from what the one before it has given to keep, to the last digit', async () => {
  const kept: string[] = [];
  const first = await simWith({ keep: async (text) => void kept.push(text) });
  expect(await write(first)).toEqual([0, 0]);
  expect(kept).toHaveLength(2);
  const second = await simWith({ kept: kept.at(-1) as string });
  expect(second.sim.accounts).toEqual(first.sim.accounts);
  expect(second.sim.effects()).toEqual(first.sim.effects());
  expect(
    await second.bybit.get('position/list', { category: 'linear', symbol: 'BTCUSDT' }),
  ).toEqual(await first.bybit.get('position/list', { category: 'linear', symbol: 'BTCUSDT' }));
  const again = await second.bybit.post('order/create', {
    ...{ category: 'linear', symbol: 'BTCUSDT', positionIdx: 0, side: 'Sell' },
    ...{ orderType: 'Market', qty: '1', reduceOnly: true, orderLinkId: 'first' },
  });
  expect(again.json.retCode, 'an own id is known for ever').toBe(110072);
});

it('fires in the next simulator what was armed in the last', async () => {
  let kept = '';
  const first = await simWith({
    keep: async (text) => {
      kept = text;
    },
  });
  await write(first);
  const second = await simWith({ kept });
  second.sim.market.move('BTC', -0.15);
  const { positions } = second.sim.accounts.find(({ id }) => id === ID) ?? { positions: [] };
  expect(positions.map(({ instrument }) => instrument.symbol)).not.toContain('BTCUSDT');
  expect(second.sim.effects().map(({ kind }) => kind)).toEqual(['close', 'stops', 'fired']);
});

it('says nothing before it is kept, and no yes at all when it cannot be', async () => {
  const first = await simWith({ keep: () => Promise.reject(new Error('the disk is full')) });
  const { status } = await first.bybit
    .post('position/trading-stop', {
      ...{ category: 'linear', symbol: 'BTCUSDT', positionIdx: 0, tpslMode: 'Full' },
      ...{ stopLoss: '60000', slTriggerBy: 'MarkPrice' },
    })
    .catch(() => ({ status: 0 }));
  expect(status).toBe(500);
});

it('stands as the seed has it when another program has written what was kept', async () => {
  const { sim } = await simWith({
    kept: '{"settledAt":1,"accounts":[{"$instrument":["bybit","X"]}]}',
  });
  const fresh = await simWith({});
  expect(sim.accounts).toEqual(fresh.sim.accounts);
  expect(fromKept('no JSON')).toBeNull();
  expect(fromKept('{"a":{"$decimal":"0.10"}}')).toEqual({ a: dec('0.1') });
});
