import { systemClock } from '../src/adapters/clock/system-clock.ts';
import { createLog } from '../src/adapters/log/pino-log.ts';
import { createCcxtVenues } from '../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import { createZtdxVenues } from '../src/adapters/venues/ztdx/ztdx-venues.ts';
import { createDesk } from '../src/app/desk.ts';
import { asAccountId } from '../src/domain/units.ts';
import type { AccountReader } from '../src/ports/venue.ts';
import { startSim } from '../src/sim/start-sim.ts';
import type { Row } from './row.ts';

const DESKS = 4;
const SLOW_MS = 600;

/**
 * 24 accounts over four venues that take their time with every request: all at once through the
 * desk, one after the other, and the slowest account alone, in one run on the same simulators.
 */
export async function benchSnapshot(): Promise<Row[]> {
  const sims = await Promise.all(
    Array.from({ length: DESKS }, (_, index) => startSim({ seed: `bench-${index}` })),
  );
  const ccxt = createCcxtVenues(systemClock).reader;
  const ztdx = createZtdxVenues(systemClock).reader;
  const readers: AccountReader[] = sims.flatMap((sim, index) =>
    sim.accounts.map(({ id, venue, credentials }) => {
      const connection = {
        account: asAccountId(`${id}-${index}`),
        venue,
        environment: 'live' as const,
        baseUrl: sim.origin,
        proxy: null,
        subAccount: null,
        credentials: { token: null, ...credentials },
      };
      return venue === 'ztdx' ? ztdx(connection) : ccxt(connection);
    }),
  );
  const signal = new AbortController().signal;
  // Markets, tiers and logins are fetched once per process, not once per snapshot.
  await Promise.all(readers.map((reader) => reader.read(signal)));
  for (const sim of sims) {
    for (const { id } of sim.accounts) sim.fault(id, { kind: 'slow', delayMs: SLOW_MS });
  }
  const single: number[] = [];
  for (const reader of readers) single.push(await timed(() => reader.read(signal)));
  const desk = createDesk({
    accounts: readers.map(({ account, venue }) => ({
      id: account,
      name: account,
      venue,
      books: [],
      fundedBy: [],
    })),
    readers,
    clock: systemClock,
    log: createLog(),
    readTimeoutMs: 60_000,
    freshForMs: 0,
    staleAfterMs: 60_000,
  });
  const together: number[] = [];
  for (let round = 0; round < 5; round += 1) together.push(await timed(() => desk.snapshot()));
  const gaps = desk.lastKnown().accounts.flatMap((account) => account.gaps).length;
  await Promise.all(sims.map((sim) => sim.close()));
  const slowest = Math.max(...single);
  const sequential = single.reduce((a, b) => a + b, 0);
  const snapshot = median(together);
  const name = `snapshot of ${readers.length} accounts, ${SLOW_MS} ms per request`;
  return [
    {
      name,
      figure: ms(snapshot),
      baseline: `slowest account alone ${ms(slowest)}`,
      ratio: ratio(snapshot, slowest),
    },
    {
      name: '',
      figure: `gaps ${gaps}`,
      baseline: `one after the other ${ms(sequential)}`,
      ratio: ratio(snapshot, sequential),
    },
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const ms = (value: number) => `${Math.round(value)} ms`;
const ratio = (a: number, b: number) => (a / b).toFixed(2);
