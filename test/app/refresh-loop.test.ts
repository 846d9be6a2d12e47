import { expect, test } from 'vitest';
import type { Desk } from '../../src/app/desk.ts';
import { startRefreshLoop } from '../../src/app/refresh-loop.ts';
import { fakeClock } from '../fakes/fake-clock.ts';

test('an account that hangs makes nobody else old, and the end waits for no sleep', async () => {
  const clock = fakeClock();
  const stop = new AbortController();
  const reads: string[] = [];
  let letGo = () => {};
  const hung = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const desk = {
    accountIds: ['hung', 'fine'],
    refresh: (account: string) => {
      reads.push(account);
      return account === 'hung' ? hung : Promise.resolve();
    },
  } as unknown as Desk;
  const loop = startRefreshLoop(desk, { clock, paceOf: () => 5000, signal: stop.signal });
  await clock.advance(0);
  for (let round = 0; round < 3; round += 1) await clock.advance(5000);
  expect(reads.filter((account) => account === 'fine')).toHaveLength(4);
  expect(reads.filter((account) => account === 'hung')).toHaveLength(1);
  expect(loop.lastAt()).toBe(clock.now());
  stop.abort();
  letGo();
  await loop.done;
});
