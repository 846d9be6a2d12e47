import { expect, test } from 'vitest';
import { createCcxtVenues } from '../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import { createMarketHistory } from '../../src/app/market-history.ts';
import { startSim } from '../../src/sim/start-sim.ts';
import { connectionTo } from '../adapters/venues/connection.ts';
import { startStubHttp } from '../fakes/stub-http.ts';
import { systemTime } from '../fakes/system-time.ts';
import { tempStore } from '../fakes/temp-store.ts';

/** Stands still: no hour may end between two lives. */
const clock = { ...systemTime(), now: () => Date.parse('2026-11-25T12:10:00Z') };
const BTC = { venue: 'bybit', symbol: 'BTC/USDT:USDT' };

test('real client, real store: a second process has it all and asks the venue for the running rate only', async () => {
  const sim = await startSim({ seed: 'restart', now: clock.now });
  const dead = await startStubHttp(() => ({ status: 503, body: '' }));
  const place = tempStore();
  const lifetime = async (origin: string) => {
    const store = await place.open();
    const history = createMarketHistory({
      sources: [createCcxtVenues(clock).marketData(connectionTo('bybit', origin))],
      ...{ store, clock, log: { error: () => undefined, warn: () => undefined } },
      wanted: () => ({ assets: ['BTC'], instruments: [BTC] }),
    });
    await history.refresh(AbortSignal.timeout(20_000));
    await store.close();
    return history;
  };
  await lifetime(sim.origin);
  await sim.close();
  const again = await lifetime(dead.origin);
  const [days, hours] = [again.candles('BTC', '1d'), again.candles('BTC', '1h')];
  expect([days, hours]).toMatchObject([{ value: { gap: null } }, { value: { gap: null } }]);
  expect(days.ok && days.value.candles.length).toBe(730);
  expect(hours.ok && hours.value.candles.length).toBe(2160);
  expect(again.funding(BTC)).toMatchObject({
    error: { reason: { kind: 'source', source: 'bybit', error: { kind: 'unavailable' } } },
  });
  await dead.close();
  await place.close();
});
