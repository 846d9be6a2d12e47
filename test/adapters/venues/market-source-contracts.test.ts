import { afterAll, beforeAll } from 'vitest';
import { createCcxtVenues } from '../../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import { createZtdxVenues } from '../../../src/adapters/venues/ztdx/ztdx-venues.ts';
import { type Sim, startSim } from '../../../src/sim/start-sim.ts';
import { marketSourceContract } from '../../contracts/market-source-contract.ts';
import { type StubHttp, startStubHttp } from '../../fakes/stub-http.ts';
import { systemTime } from '../../fakes/system-time.ts';
import { connectionTo } from './connection.ts';

let sim: Sim;
let dead: StubHttp;
beforeAll(async () => {
  sim = await startSim({ seed: 'contract' });
  dead = await startStubHttp(() => ({ status: 502, body: '<html>' }));
});
afterAll(async () => {
  await sim.close();
  await dead.close();
});

const ccxt = createCcxtVenues(systemTime());
for (const venue of ['bybit', 'binanceusdm', 'okx']) {
  marketSourceContract(venue, {
    instrument: { venue, symbol: 'BTC/USDT:USDT' },
    healthy: () => ccxt.marketData(connectionTo(venue, sim.origin)),
    broken: () => ccxt.marketData(connectionTo(venue, dead.origin)),
  });
}

const ztdx = createZtdxVenues(systemTime());
marketSourceContract('ztdx', {
  instrument: { venue: 'ztdx', symbol: 'BTC/USDT:USDT' },
  healthy: () => ztdx.marketData(connectionTo('ztdx', sim.origin)),
  broken: () => ztdx.marketData(connectionTo('ztdx', dead.origin)),
});
