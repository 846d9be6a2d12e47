import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { createWorkerPool } from '../../../src/adapters/compute/worker-pool.ts';
import type { Compute } from '../../../src/ports/compute.ts';
import { seededUnit } from '../../../src/risk/probability/seeded-unit.ts';
import { simulateLiquidations } from '../../../src/risk/probability/simulate-liquidations.ts';
import { aRequest } from '../../risk/probability/a-request.ts';

const open: Compute[] = [];
const pool = (options: Partial<Parameters<typeof createWorkerPool>[0]> = {}): Compute => {
  const made = createWorkerPool({ threads: 1, ...options });
  open.push(made);
  return made;
};
afterEach(() => Promise.all(open.splice(0).map((each) => each.close())));

/** Some minutes of work: a test that waits for it hangs. */
const ENDLESS = aRequest({ paths: 20_000_000 });
const dyingOn = (code: string) => () => new Worker(code, { eval: true });

test('a thread answers what the function answers, to the last digit', async () => {
  const request = aRequest({ paths: 500 });
  const expected = simulateLiquidations(request, seededUnit(request.seed));
  expect(await pool().simulate(request)).toEqual(expected);
});

test('a request that makes no sense is refused with the reason', async () => {
  expect(await pool().simulate(aRequest({ accounts: [] }))).toEqual({
    ok: false,
    error: { kind: 'refused', reason: 'empty' },
  });
});

test('aborting ends the work itself, and the next request is served', async () => {
  const compute = pool();
  const stop = new AbortController();
  const running = compute.simulate(ENDLESS, stop.signal);
  const queued = new AbortController();
  const waiting = compute.simulate(ENDLESS, queued.signal);
  queued.abort();
  expect(await waiting).toEqual({ ok: false, error: { kind: 'aborted' } });
  const next = compute.simulate(aRequest({ paths: 10 }));
  stop.abort();
  expect(await running).toEqual({ ok: false, error: { kind: 'aborted' } });
  expect((await next).ok).toBe(true);
  const already = await compute.simulate(ENDLESS, AbortSignal.abort());
  expect(already).toEqual({ ok: false, error: { kind: 'aborted' } });
});

test.each([
  {
    why: 'a thread that throws',
    code: `require('node:worker_threads').parentPort.on('message', () => { throw new Error('x'); })`,
  },
  {
    why: 'a thread that exits',
    code: `require('node:worker_threads').parentPort.on('message', () => process.exit(3))`,
  },
  { why: 'a thread that does not even start', code: 'this is no program' },
])('$why is an error value, and the pool lives on', async ({ code }) => {
  let made = 0;
  const real = () =>
    new Worker(new URL('../../../src/adapters/compute/worker.ts', import.meta.url));
  const compute = pool({ spawn: () => (made++ === 0 ? dyingOn(code)() : real()) });
  const [first, second] = await Promise.all([
    compute.simulate(aRequest({ paths: 10 })),
    compute.simulate(aRequest({ paths: 10 })),
  ]);
  expect(first).toEqual({ ok: false, error: { kind: 'crashed' } });
  expect(second.ok).toBe(true);
});

test('closing answers everything, ends the threads, and refuses what comes after', async () => {
  const compute = pool({ threads: 2 });
  const asked = [ENDLESS, ENDLESS, ENDLESS].map((request) => compute.simulate(request));
  await compute.close();
  const closed = { ok: false, error: { kind: 'closed' } };
  expect(await Promise.all(asked)).toEqual([closed, closed, closed]);
  expect(await compute.simulate(ENDLESS)).toEqual(closed);
});

test('a queue has an end', async () => {
  const compute = pool();
  const asked = Array.from({ length: 40 }, () => compute.simulate(ENDLESS));
  await compute.close();
  const kinds = (await Promise.all(asked)).map((answer) => (answer.ok ? 'ok' : answer.error.kind));
  expect(kinds.filter((kind) => kind === 'busy')).toHaveLength(7);
});

test('the main loop goes on while a day of three assets is simulated', async () => {
  const compute = pool();
  await compute.simulate(aRequest({ paths: 10 }));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const answer = await compute.simulate(aRequest({ paths: 20_000 }));
  delay.disable();
  expect(answer.ok).toBe(true);
  // The wait of a thread for its turn on a busy machine is not blocking; what blocks shows in every tick.
  expect(delay.percentile(90) / 1e6).toBeLessThan(20);
});
