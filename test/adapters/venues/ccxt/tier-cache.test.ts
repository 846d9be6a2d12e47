import { expect, test } from 'vitest';
import { createTierCache } from '../../../../src/adapters/venues/ccxt/tier-cache.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

test('slow brackets are not waited for, go on, and are there the next time', async () => {
  const clock = fakeClock();
  const tiers = createTierCache(clock);
  const { promise, resolve } = Promise.withResolvers<string>();
  let loads = 0;
  const load = () => {
    loads += 1;
    return promise;
  };
  const first = tiers('BTC', load);
  await clock.advance(2_000);
  expect(await first).toBeNull();
  resolve('brackets');
  expect(await tiers('BTC', load)).toBe('brackets');
  expect(loads).toBe(1);
});

test('kept for a day; older ones stand in while new ones cannot be read', async () => {
  const clock = fakeClock();
  const tiers = createTierCache(clock);
  const dead = () => Promise.reject(new Error('down'));
  await tiers('BTC', async () => 'old');
  await clock.advance(86_399_999);
  expect(await tiers('BTC', async () => 'new')).toBe('old');
  await clock.advance(1);
  expect(await tiers('BTC', dead)).toBe('old');
  expect(await tiers('BTC', async () => 'new')).toBe('new');
});
