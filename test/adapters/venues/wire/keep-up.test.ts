import { afterEach, expect, test } from 'vitest';
import { type Attempt, keepUp } from '../../../../src/adapters/venues/wire/keep-up.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

let stop = new AbortController();
afterEach(() => stop.abort());

function world() {
  stop = new AbortController();
  const clock = fakeClock();
  const lives: { attempt: Attempt; end: () => void }[] = [];
  let told = 0;
  const kept = keepUp({
    ...{ clock, random: () => 0.999_999, signal: stop.signal },
    live: (attempt) =>
      new Promise<void>((resolve) => {
        lives.push({ attempt, end: resolve });
      }),
    established: () => {
      told += 1;
    },
  });
  const last = () => {
    const life = lives.at(-1);
    if (life === undefined) throw new Error('never lived');
    return life;
  };
  return { clock, kept, lives, last, told: () => told };
}

test('every return is told once, whatever came before', async () => {
  const { clock, lives, last, told, kept } = world();
  last().attempt.established();
  last().attempt.established();
  expect([told(), kept.state()]).toEqual([1, 'connected']);
  last().end();
  await clock.advance(0);
  expect(kept.state()).toBe('connecting');
  await clock.advance(1000);
  expect(lives).toHaveLength(2);
  last().attempt.established();
  expect(told()).toBe(2);
});

test('pauses double up to a minute, and a stable life begins anew', async () => {
  const { clock, lives, last } = world();
  for (const pauseMs of [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]) {
    const count = lives.length;
    last().end();
    await clock.advance(0);
    await clock.advance(pauseMs - 5);
    expect(lives).toHaveLength(count);
    await clock.advance(10);
    expect(lives).toHaveLength(count + 1);
  }
  for (let i = 0; i < 30; i += 1) {
    await clock.advance(1000);
    last().attempt.heard();
  }
  const count = lives.length;
  last().end();
  await clock.advance(0);
  await clock.advance(1000);
  expect(lives).toHaveLength(count + 1);
});

test('a minute of silence is a loss, a sign of life in time is none', async () => {
  const { clock, lives, last, kept } = world();
  last().attempt.established();
  await clock.advance(55_000);
  last().attempt.heard();
  for (let i = 0; i < 11; i += 1) await clock.advance(5000);
  expect(last().attempt.signal.aborted).toBe(false);
  await clock.advance(5000);
  expect(lives[0]?.attempt.signal.aborted).toBe(true);
  expect(kept.state()).toBe('connecting');
  await clock.advance(1000);
  expect(lives).toHaveLength(2);
});

test('what a dead attempt says later is not heard', async () => {
  const { clock, last, told, kept } = world();
  const { attempt, end } = last();
  end();
  await clock.advance(0);
  attempt.established();
  expect([told(), kept.state()]).toEqual([0, 'connecting']);
});
