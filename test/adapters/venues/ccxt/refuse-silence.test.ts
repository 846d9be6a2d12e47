import { expect, test } from 'vitest';
import { refuseSilence } from '../../../../src/adapters/venues/ccxt/refuse-silence.ts';
import { failureOf } from '../../../../src/adapters/venues/wire/venue-failure.ts';

const verdict = (replies: readonly object[]) => {
  try {
    refuseSilence({ replies }, 'positions');
    return 'flat';
  } catch (thrown) {
    return failureOf(thrown)?.kind;
  }
};

test.each([
  { why: 'an empty list the venue sent', replies: [[]], is: 'flat' },
  { why: 'the same, wrapped', replies: [{ result: { list: [] } }], is: 'flat' },
  { why: 'no list', replies: [{ result: 'success' }], is: 'malformed' },
  { why: 'an object in its place', replies: [{ data: { positions: {} } }], is: 'malformed' },
  { why: 'no reply at all', replies: [], is: 'malformed' },
])('ccxt found nothing: $why is $is', ({ replies, is }) => {
  expect(verdict(replies)).toBe(is);
});
