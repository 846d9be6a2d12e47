import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '../src/adapters/clock/system-clock.ts';
import { ok } from '../src/domain/result.ts';
import { asPrice } from '../src/domain/units.ts';
import type { AccountSnapshot } from '../src/portfolio/snapshot.ts';
import { positionsOf } from '../src/portfolio/snapshot.ts';
import type { AlertStore } from '../src/ports/alert-store.ts';
import { fakeAlertStore } from '../test/fakes/fake-store-alerts.ts';
import { tempStore } from '../test/fakes/temp-store.ts';
import { startWatchWorld } from '../test/fakes/watch-world.ts';
import { type BigDeskShape, bigDesk } from './big-desk.ts';
import type { Row } from './row.ts';
import { quantile } from './timing.ts';

const USUAL: BigDeskShape = { accounts: 24, positions: 10, marginMode: 'isolated' };
const ROUNDS = 12;
const BURST = 400;

/** A mark past the line of an emergency to the request at the provider, and what a burst of marks does to everybody else. */
export async function benchWatch(): Promise<Row[]> {
  const temp = tempStore();
  try {
    const { alerts } = await temp.open();
    const durable = await tickTimes(USUAL, alerts);
    const bare = await tickTimes(USUAL, fakeAlertStore());
    const calm = await burst(USUAL, 0);
    const usual = await burst(USUAL, BURST);
    return [
      {
        name: 'critical tick → request at the provider over 240 positions, p50 / p99',
        figure: `${ms(durable, 0.5)} / ${ms(durable, 0.99)}, kept on disk first`,
        baseline: `${ms(bare, 0.5)} / ${ms(bare, 0.99)} without the store`,
        ratio: (quantile(durable, 0.5) / quantile(bare, 0.5)).toFixed(2),
      },
      {
        name: `wait of everybody else in a burst of ${BURST} marks over 240 positions, p99`,
        figure: `${usual.p99.toFixed(1)} ms, longest ${usual.most.toFixed(1)} ms`,
        baseline: `${calm.p99.toFixed(1)} ms, longest ${calm.most.toFixed(1)} ms without a mark`,
        ratio: (usual.p99 / calm.p99).toFixed(1),
      },
    ];
  } finally {
    await temp.close();
  }
}

const ms = (times: readonly number[], share: number) => `${quantile(times, share).toFixed(1)} ms`;

function youngDesk(shape: BigDeskShape): AccountSnapshot[] {
  const at = systemClock.now();
  return bigDesk(shape).accounts.map((account) => ({
    ...account,
    positionsAt: at,
    margin: account.margin && { ...account.margin, observedAt: at },
    positions: account.positions.map((position) => ({ ...position, observedAt: at - 1000 })),
  }));
}

async function tickTimes(shape: BigDeskShape, store: AlertStore): Promise<number[]> {
  const arrived = new Map<string, number>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      if (!arrived.has(body)) arrived.set(body, performance.now());
      response.end('1');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const accounts = youngDesk(shape);
  const world = await startWatchWorld({
    ...{ clock: systemClock, store, accounts: () => accounts },
    destination: {
      id: 'room',
      send: async ({ record }) => {
        if (record.level === 'EMERG') {
          for (const { subject } of record.members) {
            await fetch(url, { method: 'POST', body: subject['account'] ?? '' });
          }
        }
        return { kind: 'delivered', messageId: '1' };
      },
    },
    lastAlive: systemClock.now(),
  });
  await systemClock.after(3000);
  const times: number[] = [];
  for (const { account, positions } of accounts.slice(0, ROUNDS)) {
    const [leg] = positions;
    if (leg?.liquidation.kind !== 'price') continue;
    const begun = performance.now();
    world.watch.mark({
      instrument: leg.instrument,
      markPrice: asPrice(leg.liquidation.price.times(leg.side === 'long' ? '1.01' : '0.99')),
      observedAt: systemClock.now(),
    });
    for (let i = 0; i < 100 && !arrived.has(account.id); i += 1) await systemClock.after(10);
    const at = arrived.get(account.id);
    if (at !== undefined) times.push(at - begun);
  }
  world.close();
  await world.desk.settled();
  server.closeAllConnections();
  server.close();
  return times;
}

async function burst(
  shape: BigDeskShape,
  count: number,
): Promise<{ readonly p99: number; readonly most: number }> {
  const accounts = youngDesk(shape);
  const world = await startWatchWorld({
    ...{ clock: systemClock, store: fakeAlertStore(), accounts: () => accounts },
    destination: { id: 'room', send: async () => ({ kind: 'delivered', messageId: '1' }) },
    lastAlive: systemClock.now(),
    takes: { take: async () => ok(null) },
  });
  await systemClock.after(5000);
  const held = positionsOf({ accounts, takenAt: 0 });
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  if (count === 0) await systemClock.after(2000);
  for (let i = 0; i < count; i += 1) {
    const { instrument, markPrice } = held[(i * 37) % held.length] ?? {};
    if (!instrument || !markPrice) continue;
    const price = asPrice(markPrice.times(i % 2 === 0 ? '1.0003' : '0.9997'));
    world.watch.mark({ instrument, markPrice: price, observedAt: systemClock.now() });
    if (i % 20 === 0) await systemClock.after(1);
  }
  delay.disable();
  world.close();
  // The timer's own step is part of every reading.
  return { p99: delay.percentile(99) / 1e6 - 5, most: delay.max / 1e6 - 5 };
}
