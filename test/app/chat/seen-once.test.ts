import { expect, test } from 'vitest';
import { createSeenOnce } from '../../../src/app/chat/seen-once.ts';

test('once within the time, again after it', () => {
  const seen = createSeenOnce({ forMs: 1000, most: 10 });
  expect([seen.isFirst('a', 0), seen.isFirst('a', 999), seen.isFirst('a', 1000)]).toEqual([
    true,
    false,
    true,
  ]);
});

test('a flood forgets the oldest first and stays bounded', () => {
  const seen = createSeenOnce({ forMs: 1_000_000, most: 3 });
  for (const key of ['a', 'b', 'c', 'd']) seen.isFirst(key, 1);
  expect(seen.isFirst('d', 2)).toBe(false);
  expect(seen.isFirst('a', 2)).toBe(true);
});
