import { expect, test } from 'vitest';
import { createSharedWork } from '../../src/app/shared-work.ts';
import { fakeClock } from '../fakes/fake-clock.ts';

function open() {
  const clock = fakeClock();
  const share = createSharedWork<string>({ clock, freshMs: 15_000, patienceMs: 700 });
  const begun: ((result: string | null) => void)[] = [];
  const ask = (key = 'book') => share(key, () => new Promise((resolve) => begun.push(resolve)));
  return { clock, ask, begun };
}

test('who asks at once shares one piece of work', async () => {
  const { ask, begun } = open();
  const asked = [ask(), ask(), ask('another book')];
  expect(begun).toHaveLength(2);
  begun[0]?.('done');
  begun[1]?.('else');
  expect(await Promise.all(asked)).toEqual(['done', 'done', 'else']);
});

test('a flood of askers who leave does not keep the work from being done', async () => {
  const { ask, begun, clock } = open();
  for (let round = 0; round < 3; round += 1) {
    const asked = Promise.all([ask(), ask()]);
    await clock.advance(700);
    expect(await asked).toEqual([null, null]);
  }
  expect(begun).toHaveLength(1);
  begun[0]?.('done');
  expect(await ask()).toBe('done');
});

test('what is done answers for a time', async () => {
  const { ask, begun, clock } = open();
  const first = ask();
  begun[0]?.('done');
  expect(await first).toBe('done');
  await clock.advance(14_999);
  expect(await ask()).toBe('done');
  await clock.advance(1);
  void ask();
  expect(begun).toHaveLength(2);
});

test('what came to nothing is begun anew by the next', async () => {
  const { ask, begun } = open();
  const first = ask();
  begun[0]?.(null);
  expect(await first).toBeNull();
  void ask();
  expect(begun).toHaveLength(2);
});
