import { expect, test } from 'vitest';
import { createLane, createLanes } from '../../../../src/adapters/venues/wire/lane.ts';
import { ok } from '../../../../src/domain/result.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import { systemTime } from '../../../fakes/system-time.ts';

const WIDE = { requests: 1000, perMs: 1000 };
const never = new AbortController().signal;
const task = async () => ok('sent');

test('a lane told to stay away answers at once with the time left', async () => {
  const clock = fakeClock();
  const lane = createLane(clock, WIDE);
  lane.pause(30_000);
  await clock.advance(10_000);
  expect(await lane.run(never, task)).toMatchObject({
    ok: false,
    error: { kind: 'rate-limited', retryAfterMs: 20_000 },
  });
  await clock.advance(20_000);
  expect(await lane.run(never, task)).toEqual(ok('sent'));
});

test('a moment is waited out, and a shorter pause never ends a longer one', async () => {
  const clock = fakeClock();
  const lane = createLane(clock, WIDE);
  lane.pause(800);
  lane.pause(10);
  const sent: string[] = [];
  const running = lane.run(never, async () => {
    sent.push('now');
    return ok('sent');
  });
  await clock.advance(400);
  expect(sent).toEqual([]);
  await clock.advance(400);
  expect(await running).toEqual(ok('sent'));
});

test('refusals without an end: 2 s, doubling, at most 10 min; an answer starts over', async () => {
  const clock = fakeClock();
  const lane = createLane(clock, WIDE);
  const pauses: (number | null)[] = [];
  for (let i = 0; i < 11; i += 1) {
    lane.refused(null);
    const answer = await lane.run(never, task);
    const wait = answer.ok ? null : answer.error.retryAfterMs;
    pauses.push(wait);
    await clock.advance(wait ?? 0);
  }
  expect(pauses).toEqual([
    ...[2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 512_000],
    ...[600_000, 600_000],
  ]);
  lane.answered();
  lane.refused(null);
  expect(await lane.run(never, task)).toMatchObject({ error: { retryAfterMs: 2_000 } });
});

const timeAway = async (lane: ReturnType<typeof createLane>) => {
  const answer = await lane.run(never, task);
  return answer.ok ? 0 : answer.error.retryAfterMs;
};

test.each<{ why: string; refusals: readonly [number | null, number?][]; awayMs: number | null }>([
  { why: 'as long as it was told', refusals: [[70_000]], awayMs: 70_000 },
  { why: 'told to come at once is not told', refusals: [[0]], awayMs: 2_000 },
  { why: 'a ban lasts its least time', refusals: [[null, 600_000]], awayMs: 600_000 },
  { why: 'also when less was told', refusals: [[5_000, 600_000]], awayMs: 600_000 },
  { why: 'ten refused at once are one refusal', refusals: Array(10).fill([null]), awayMs: 2_000 },
  { why: 'what the second is told counts', refusals: [[null], [30_000]], awayMs: 30_000 },
  { why: 'nobody is sent away for years', refusals: [[9e14]], awayMs: 259_200_000 },
])('refused: $why', async ({ refusals, awayMs }) => {
  const lane = createLane(fakeClock(), WIDE);
  for (const refusal of refusals) lane.refused(...refusal);
  expect(await timeAway(lane)).toBe(awayMs);
});

test('an answer that was on its way when the refusal came does not start over', async () => {
  const clock = fakeClock();
  const lane = createLane(clock, WIDE);
  lane.refused(null);
  lane.answered();
  await clock.advance(2_000);
  lane.refused(null);
  expect(await timeAway(lane)).toBe(4_000);
});

test('who waited out a moment does not go when the lane was closed meanwhile', async () => {
  const clock = fakeClock();
  const lane = createLane(clock, WIDE);
  lane.pause(500);
  const waiting = lane.run(never, task);
  await clock.advance(100);
  lane.refused(60_000);
  await clock.advance(400);
  expect(await waiting).toMatchObject({ ok: false, error: { kind: 'rate-limited' } });
});

test('who waits for a turn leaves at abort', async () => {
  const lane = createLane(systemTime(), { requests: 1, perMs: 60_000 });
  await lane.run(never, task);
  const leaving = new AbortController();
  const waiting = lane.run(leaving.signal, task);
  leaving.abort();
  expect(await waiting).toMatchObject({
    ok: false,
    error: { kind: 'unavailable', detail: { code: 'timeout' } },
  });
});

test('the same key is the same lane', async () => {
  const lanes = createLanes(fakeClock());
  lanes('bybit live from 1', WIDE).pause(5_000);
  expect((await lanes('bybit live from 1', WIDE).run(never, task)).ok).toBe(false);
  expect((await lanes('bybit live from 2', WIDE).run(never, task)).ok).toBe(true);
});
