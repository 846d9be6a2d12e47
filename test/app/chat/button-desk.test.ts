import { expect, test } from 'vitest';
import { createButtonDesk } from '../../../src/app/chat/button-desk.ts';
import type { ChatPlace } from '../../../src/ports/chat.ts';

const place: ChatPlace = { network: 'discord', chat: 'room', topic: null, isPrivate: false };
const MINUTE = 60_000;

function setUp() {
  let next = 0;
  const desk = createButtonDesk(() => String(next++).padStart(22, '0'));
  const token = desk.issue({ person: 'ann', place, line: '/liq', page: 1 }, 0);
  return { desk, token };
}

test.each([
  {
    why: 'its owner, in its place, in time',
    by: { person: 'ann', place },
    at: 15 * MINUTE - 1,
    outcome: 'ok',
  },
  {
    why: 'exactly at its end it is over',
    by: { person: 'ann', place },
    at: 15 * MINUTE,
    outcome: 'unknown',
  },
  { why: 'somebody else', by: { person: 'bob', place }, at: 1, outcome: 'foreign' },
  {
    why: 'another chat',
    by: { person: 'ann', place: { ...place, chat: 'x' } },
    at: 1,
    outcome: 'foreign',
  },
  {
    why: 'the same chat id on another network',
    by: { person: 'ann', place: { ...place, network: 'telegram' as const } },
    at: 1,
    outcome: 'foreign',
  },
])('$why', ({ by, at, outcome }) => {
  const { desk, token } = setUp();
  const taken = desk.take(token, by, at);
  expect(taken.ok ? 'ok' : taken.error).toBe(outcome);
});

test('a button works once; a foreign press does not use it up', () => {
  const { desk, token } = setUp();
  desk.take(token, { person: 'bob', place }, 1);
  expect(desk.take(token, { person: 'ann', place }, 2)).toMatchObject({
    ok: true,
    value: { line: '/liq', page: 1 },
  });
  expect(desk.take(token, { person: 'ann', place }, 3)).toMatchObject({
    ok: false,
    error: 'unknown',
  });
});

test('forged and old-version tokens mean nothing, and a token fits 64 bytes', () => {
  const { desk, token } = setUp();
  for (const forged of [
    '',
    'v1.',
    'v0.0000000000000000000000',
    'v1.9999999999999999999999',
    '/liq',
  ]) {
    expect(desk.take(forged, { person: 'ann', place }, 1).ok).toBe(false);
  }
  expect(Buffer.byteLength(token)).toBeLessThanOrEqual(64);
});

test('a flood of buttons pushes out the oldest, not the program', () => {
  const { desk, token } = setUp();
  for (let i = 0; i < 5000; i += 1) desk.issue({ person: 'ann', place, line: '/x', page: 0 }, 1);
  expect(desk.take(token, { person: 'ann', place }, 2).ok).toBe(false);
});
