import { expect, test } from 'vitest';
import { alertWorld, intentOf } from './alert-world.ts';
import { stormFigures } from './storm-play.ts';

test.each([1, 2, 3, 4])(
  '18, 19, 21: a storm of 1,000 alerts stays within its budgets and hides nothing (seed %i)',
  async (seed) => {
    const { loud, edits, calls, ...told } = await stormFigures(seed);
    expect(loud, 'loud in 60 s').toBeLessThanOrEqual(8);
    expect(edits, 'edits in 60 s').toBeLessThanOrEqual(8);
    expect(calls, 'calls in 60 s').toBeLessThanOrEqual(18);
    expect(told.refused).toBe(0);
    expect(told.slowest, 'everything visible').toBeLessThanOrEqual(10_000);
    expect(told.critical).toHaveLength(12);
    expect(Math.max(...told.critical), 'critical aloud').toBeLessThanOrEqual(15_250);
    expect(told.emergency, 'an emergency is said in the same step').toEqual([0, 0, 0]);
    expect(told.balance).toMatchObject({ difference: 0, lost: [], taken: 1015 });
  },
);

test('20: an alert that waits for company and finds none is sent', async () => {
  const world = await alertWorld();
  await world.take(intentOf({ level: 'WARN' }));
  await world.pass(4750);
  expect(world.drain()).toEqual([]);
  await world.pass(500);
  expect(world.drain().map(({ how, title }) => ({ how, title }))).toEqual([
    { how: 'loud', title: 'Warning: quant-a · margin usage 72.0%' },
  ]);
  await world.pass(60_000);
  expect(world.drain()).toEqual([]);
});

test('21: emergencies in a row do not hold back what is critical', async () => {
  const world = await alertWorld();
  for (const account of ['a', 'b', 'c']) await world.take(intentOf({ level: 'WARN', account }));
  await world.pass(5250);
  expect(world.drain().map(({ title }) => title)).toEqual(['Warning: 3 alerts']);
  const at = world.clock.now();
  await world.take(intentOf({ level: 'CRIT', account: 'needs-help' }));
  for (let round = 0; round < 30; round += 1) {
    await world.take(intentOf({ level: 'EMERG', account: `burning-${round}` }));
    await world.pass(500);
  }
  const loud = world.drain().filter(({ how }) => how === 'loud');
  const said = loud.find(({ text }) => text.includes('needs-help'));
  expect((said?.at ?? Infinity) - at).toBeLessThanOrEqual(15_000);
  expect(loud.filter(({ title }) => title.startsWith('EMERGENCY: burning')).length).toBe(6);
});

test('a digest ends two minutes after the last alert, and what is left is not said again', async () => {
  const world = await alertWorld();
  for (const account of ['a', 'b', 'c']) await world.take(intentOf({ level: 'WARN', account }));
  await world.pass(6000);
  expect(world.drain()).toHaveLength(1);
  await world.pass(180_000);
  expect(world.drain()).toEqual([]);
  await world.take(intentOf({ level: 'WARN', account: 'a', reason: 'RESOLVED' }));
  await world.pass(2000);
  expect(world.drain().map(({ how, title }) => [how, title])).toEqual([
    ['edit', 'Warning: 2 alerts'],
  ]);
});

test('what does not fit a digest is counted in it', async () => {
  const world = await alertWorld();
  for (let each = 0; each < 40; each += 1) {
    await world.take(intentOf({ level: 'WARN', account: `account-${each}` }));
  }
  await world.pass(6000);
  const [digest] = world.drain();
  expect(digest?.title).toBe('Warning: 40 alerts');
  expect(digest?.text).toContain('+28 more');
  expect(digest?.text).toContain('Probably one cause: margin usage at 40 of 40.');
});
