import { expect, test } from 'vitest';
import type { Level } from '../../../src/alerts/alert.ts';
import { alertWorld, intentOf, type World } from './alert-world.ts';

const SECOND = 1000;

/** A small generator of its own, so that each seed is the same storm for ever. */
function randomOf(seed: number): () => number {
  let state = seed * 7919 + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

interface Planned {
  readonly at: number;
  readonly level: Level;
  readonly account: string;
  readonly name: string;
}

/** 1,000 warnings in 20 s over 40 accounts, 12 critical, 3 emergencies, at any moment in it. */
function stormOf(seed: number, late: 'critical last' | 'critical anywhere'): Planned[] {
  const random = randomOf(seed);
  const some = (count: number, level: Level): Planned[] =>
    Array.from({ length: count }, (_, index) => ({
      at: Math.floor(
        (level === 'WARN' || late === 'critical anywhere' ? 0 : 20_000) + random() * 20_000,
      ),
      level,
      account: `account-${Math.floor(random() * 40)}`,
      name: `${level} ${index}`,
    }));
  return [...some(1000, 'WARN'), ...some(12, 'CRIT'), ...some(3, 'EMERG')].sort(
    (a, b) => a.at - b.at,
  );
}

async function play(world: World, storm: readonly Planned[], untilMs: number, stepMs: number) {
  const start = world.clock.now();
  let next = 0;
  for (let now = 0; now < untilMs; now += stepMs) {
    const due = [];
    while (next < storm.length && (storm[next] as Planned).at <= now) {
      const { level, account, name } = storm[next] as Planned;
      due.push(
        intentOf({
          level,
          account,
          at: start + now,
          rule: 'liquidationDistance',
          value: '0.05',
          subject: {
            kind: 'position',
            venue: 'bybit',
            account,
            instrument: `${name}/USDT`,
            side: 'long',
          },
        }),
      );
      next += 1;
    }
    if (due.length > 0) await world.take(...due);
    await world.pass(stepMs, stepMs);
  }
  return start;
}

/** The most of these within any 60 s. */
function mostInAMinute(times: readonly number[]): number {
  return Math.max(
    0,
    ...times.map((from) => times.filter((at) => at >= from && at < from + 60 * SECOND).length),
  );
}

test.each(
  Array.from({ length: Number(process.env['STORM_SEEDS'] ?? 4) }, (_, seed) => ({
    seed: seed + 1,
  })),
)(
  '18, 19, 21: a storm of 1,000 alerts stays within its budgets and hides nothing (seed $seed)',
  async ({ seed }) => {
    const storm = stormOf(seed, seed % 2 === 0 ? 'critical last' : 'critical anywhere');
    const world = await alertWorld({ seed });
    const start = await play(world, storm, 75 * SECOND, 250);
    const timesOf = (...how: string[]) =>
      world.calls.filter((call) => how.includes(call.how)).map(({ at }) => at - start);
    expect(mostInAMinute(timesOf('loud')), 'loud in 60 s').toBeLessThanOrEqual(8);
    expect(mostInAMinute(timesOf('edit')), 'edits in 60 s').toBeLessThanOrEqual(8);
    expect(mostInAMinute(timesOf('loud', 'edit', 'silent', 'reply')), 'calls').toBeLessThanOrEqual(
      18,
    );
    for (const { level, at: planned, name } of storm) {
      // The desk hears of it with the next step of the clock.
      const at = Math.ceil(planned / 250) * 250;
      const record = (how: readonly string[]) =>
        world.arrived.find(
          (each) =>
            each.at - start >= at &&
            how.includes(each.how) &&
            (each.message.record.members.some(
              ({ subject }) => subject['instrument'] === `${name}/USDT`,
            ) ||
              (level === 'CRIT' && each.text.includes(`${name}/USDT`))),
        );
      const seen = record(['loud', 'edit', 'silent']);
      expect((seen?.at ?? Infinity) - start - at, `${name} visible`).toBeLessThanOrEqual(
        10 * SECOND,
      );
      if (level !== 'CRIT' && level !== 'EMERG') continue;
      const said = record(['loud']);
      const most = level === 'EMERG' ? 0 : 15_250;
      expect((said?.at ?? Infinity) - start - at, `${name} aloud`).toBeLessThanOrEqual(most);
    }
    expect(world.desk.balance()).toMatchObject({ difference: 0, lost: [], taken: 1015 });
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
