import { expect, test } from 'vitest';
import type { MarketHistory } from '../../src/app/market-history.ts';
import { startMarketLoop } from '../../src/app/market-loop.ts';
import { fakeClock } from '../fakes/fake-clock.ts';

test('a round every quarter of a minute, a bug in one does not end the rest, abort does', async () => {
  const clock = fakeClock(0);
  const stop = new AbortController();
  const logged: string[] = [];
  let rounds = 0;
  const history = {
    async refresh() {
      rounds += 1;
      if (rounds === 2) throw new TypeError('a bug');
    },
  } as Partial<MarketHistory> as MarketHistory;
  const log = { error: (event: string) => void logged.push(event), warn: () => undefined };
  const loop = startMarketLoop(history, { clock, log, signal: stop.signal });
  for (const expected of [1, 2, 3]) {
    await clock.advance(0);
    expect(rounds).toBe(expected);
    await clock.advance(15_000);
  }
  expect(loop.lastAt()).toBeGreaterThanOrEqual(30_000);
  expect(logged).toEqual(['market round failed']);
  stop.abort();
  await loop.done;
});
