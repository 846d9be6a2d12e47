import { expect, test } from 'vitest';
import {
  type DrillResult,
  drillOne,
  nextTimeOfDay,
  runDailyDrill,
} from '../../../src/app/self-watch/daily-drill.ts';
import { alertWorld, type World } from '../alerts/alert-world.ts';

const PLACES = [
  { id: 'room', network: 'discord' },
  { id: 'night', network: 'telegram', minLevel: 'CRIT' as const, quiet: { from: 0, to: 1440 } },
];

/** Runs the clock until the drill has an answer. */
async function drilled(world: World, destination: string): Promise<DrillResult> {
  let result: DrillResult | null = null;
  void drillOne(world.desk, { destination, isSilent: false, clock: world.clock }).then((found) => {
    result = found;
  });
  for (let step = 0; step < 400 && result === null; step += 1) await world.pass(250);
  if (result === null) throw new Error('no answer');
  return result;
}

test('scenario 55: a drill reaches this place alone, marked, by the way that alerts take', async () => {
  const world = await alertWorld({ places: PLACES });
  for (const { id } of PLACES) {
    const { latencyMs } = await drilled(world, id);
    expect(latencyMs).toBeLessThanOrEqual(500);
    const arrived = world.drain();
    expect(arrived.map(({ place, how }) => [place, how])).toEqual([[id, 'loud']]);
    expect(arrived[0]?.message.record.isDrill).toBe(true);
    expect(arrived[0]?.text).toContain('DRILL');
  }
  await world.pass(3_600_000, 10_000);
  expect(world.drain().filter(({ how }) => how === 'loud')).toEqual([]);
  expect(world.desk.balance()).toMatchObject({ difference: 0, lost: [] });
});

test.each([
  { why: 'nothing is ever answered', script: { kind: 'unknown' } as const },
  { why: 'the room is gone', script: { kind: 'dead', reason: 'gone' } as const },
  {
    why: 'paused for longer',
    script: { kind: 'retry', retryAfterMs: 120_000, scope: 'chat' } as const,
  },
])('scenario 55: a drill that does not arrive says so: $why', async ({ script }) => {
  const world = await alertWorld({ places: PLACES });
  world.script('room', () => script);
  expect(await drilled(world, 'room')).toEqual({ destination: 'room', latencyMs: null });
  world.drain();
});

test('scenario 55: every place once a day, silently; the one that fails is critical at the other', async () => {
  const world = await alertWorld({ places: PLACES, startsAt: Date.UTC(2026, 0, 5, 8, 59) });
  world.script('room', ({ record }) => (record.isDrill ? { kind: 'unknown' } : null));
  const stop = new AbortController();
  const results: DrillResult[] = [];
  void runDailyDrill({
    desk: world.desk,
    destinations: () => PLACES.map(({ id }) => id),
    nextAt: (after) => nextTimeOfDay(after, { minute: 9 * 60, timeZone: 'UTC' }),
    onResult: (result) => results.push(result),
    clock: world.clock,
    signal: stop.signal,
  });
  await world.pass(5 * 60_000, 250);
  expect(results.map(({ destination, latencyMs }) => [destination, latencyMs !== null])).toEqual([
    ['room', false],
    ['night', true],
  ]);
  const arrived = world.drain().map(({ place, how, text }) => ({ place, how, text }));
  expect(arrived.filter(({ text }) => text.includes('DRILL'))).toMatchObject([
    { place: 'night', how: 'silent' },
  ]);
  const critical = arrived.filter(({ text }) => text.includes('daily drill did not reach room'));
  expect(critical.map(({ place, how }) => [place, how])).toContainEqual(['night', 'loud']);
  await world.pass(86_400_000 - 10 * 60_000, 30_000);
  expect(results).toHaveLength(2);
  stop.abort();
});

test.each([
  { at: '2026-01-05T08:59:59Z', zone: 'UTC', next: '2026-01-05T09:00:00Z', why: 'a second before' },
  { at: '2026-01-05T09:00:00Z', zone: 'UTC', next: '2026-01-06T09:00:00Z', why: 'at it: tomorrow' },
  { at: '2026-01-05T09:00:00Z', zone: 'Asia/Shanghai', next: '2026-01-06T01:00:00Z', why: 'zone' },
  { at: '2026-03-28T20:00:00Z', zone: 'Europe/Berlin', next: '2026-03-29T07:00:00Z', why: '23 h' },
  { at: '2026-10-24T20:00:00Z', zone: 'Europe/Berlin', next: '2026-10-25T08:00:00Z', why: '25 h' },
])('09:00 after $at in $zone: $why', ({ at, zone, next }) => {
  const found = nextTimeOfDay(Date.parse(at), { minute: 540, timeZone: zone });
  expect(new Date(found).toISOString()).toBe(new Date(next).toISOString());
});
