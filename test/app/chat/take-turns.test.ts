import { expect, test } from 'vitest';
import { createTurns } from '../../../src/app/chat/take-turns.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Works that end when they are told to. */
function open(atOnce: number) {
  const clock = fakeClock();
  const turns = createTurns(atOnce, clock);
  const began: string[] = [];
  const ends = new Map<string, { resolve: () => void; reject: (cause: Error) => void }>();
  const work = (name: string) =>
    turns.inTurn(() => {
      began.push(name);
      return new Promise<void>((resolve, reject) => ends.set(name, { resolve, reject }));
    });
  return { clock, turns, began, work, end: (name: string) => ends.get(name)?.resolve(), ends };
}

test('few run at once, the others follow in the order in which they came', async () => {
  const { began, work, end } = open(2);
  for (const name of ['a', 'b', 'c', 'd']) void work(name);
  await settle();
  expect(began).toEqual(['a', 'b']);
  end('b');
  await settle();
  expect(began).toEqual(['a', 'b', 'c']);
  end('a');
  await settle();
  expect(began).toEqual(['a', 'b', 'c', 'd']);
});

test('one that fails fails for itself alone and makes way', async () => {
  const { began, work, ends } = open(1);
  const failing = work('a');
  void work('b');
  await settle();
  ends.get('a')?.reject(new Error('no'));
  await expect(failing).rejects.toThrow('no');
  await settle();
  expect(began).toEqual(['a', 'b']);
});

test('nothing begins while somebody is acknowledged, but not for ever', async () => {
  const { began, work, turns, clock } = open(4);
  const seen = Promise.withResolvers<void>();
  const acknowledged = turns.first(() => seen.promise);
  void work('a');
  await settle();
  expect(began).toEqual([]);
  seen.resolve();
  await acknowledged;
  await settle();
  expect(began).toEqual(['a']);
  void turns.first(() => new Promise(() => {}));
  void work('b');
  await settle();
  await clock.advance(499);
  await settle();
  expect(began).toEqual(['a']);
  await clock.advance(1);
  await settle();
  expect(began).toEqual(['a', 'b']);
});
