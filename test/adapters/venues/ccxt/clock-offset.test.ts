import { expect, test } from 'vitest';
import { offsetOf } from '../../../../src/adapters/venues/ccxt/clock-offset.ts';

test.each([
  { why: 'as early as our asking', venueTime: 1000, expected: 0 },
  { why: 'anywhere before our hearing, however long that took', venueTime: 2900, expected: 0 },
  { why: 'as late as our hearing', venueTime: 3000, expected: 0 },
  { why: 'the venue is behind for certain', venueTime: 999, expected: -1 },
  { why: 'the venue is ahead for certain', venueTime: 8001, expected: 5001 },
])('$why', ({ venueTime, expected }) => {
  expect(offsetOf({ venueTime, askedAt: 1000, answeredAt: 3000 })).toBe(expected);
});
