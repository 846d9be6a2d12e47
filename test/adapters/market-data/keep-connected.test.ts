import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepConnected } from '../../../src/adapters/market-data/keep-connected.ts';
import { type StandInFeed, startStandInFeed } from '../../fakes/stand-in-feed.ts';

let server: StandInFeed;
beforeEach(async () => {
  server = await startStandInFeed();
});
afterEach(() => server.close());

const WATCH_MS = 15_000;

/** The pauses between the first connections; each takes no time. */
async function pausesOf(count: number, unit: number): Promise<number[]> {
  const pauses: number[] = [];
  const stop = new AbortController();
  const connection = keepConnected({
    clock: {
      now: () => 0,
      async after(ms) {
        if (ms !== WATCH_MS) pauses.push(ms);
        if (pauses.length >= count) stop.abort();
        await turn();
      },
    },
    random: { unit: () => unit },
    address: () => server.url,
    heed: () => undefined,
    lost: () => undefined,
    isReplay: false,
    signal: stop.signal,
  });
  await connection.done;
  return pauses;
}

test.each([
  { unit: 1, pauses: [2, 4, 8, 16, 32, 60, 60] },
  { unit: 0, pauses: [1, 2, 4, 8, 16, 30, 30] },
])('a server that refuses is left for longer each time ($unit)', async ({ unit, pauses }) => {
  server.refuse(true);
  expect(await pausesOf(pauses.length, unit)).toEqual(pauses.map((s) => s * 1000));
});
