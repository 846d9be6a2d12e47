import { expect, test } from 'vitest';
import { pollPace } from '../../../src/app/watch/poll-pace.ts';

const RANGE = { everyMs: 5000, staleAfterMs: 30_000 };

test.each([
  { why: 'about to die', band: 'emerg', isFlat: false, isStreamed: true, ms: 2500 },
  { why: 'critical', band: 'crit', isFlat: false, isStreamed: false, ms: 2500 },
  { why: 'warned', band: 'warn', isFlat: false, isStreamed: true, ms: 5000 },
  {
    why: 'not known: as the desk file says',
    band: null,
    isFlat: false,
    isStreamed: true,
    ms: 5000,
  },
  { why: 'watched, with a stream', band: 'watch', isFlat: false, isStreamed: true, ms: 10_000 },
  { why: 'watched, alone', band: 'watch', isFlat: false, isStreamed: false, ms: 5000 },
  { why: 'calm, alone', band: 'ok', isFlat: false, isStreamed: false, ms: 10_000 },
  { why: 'calm, with a stream', band: 'ok', isFlat: false, isStreamed: true, ms: 15_000 },
  { why: 'flat', band: 'ok', isFlat: true, isStreamed: false, ms: 15_000 },
] as const)('$why: every $ms ms', ({ ms, why: _, ...need }) => {
  expect(pollPace(need, RANGE)).toBe(ms);
});

test.each([
  {
    why: 'never so rarely that figures grow old',
    everyMs: 10_000,
    staleAfterMs: 30_000,
    ms: 15_000,
  },
  { why: 'nor more rarely than asked for', everyMs: 20_000, staleAfterMs: 30_000, ms: 20_000 },
])('a calm account: $why', ({ ms, everyMs, staleAfterMs }) => {
  const calm = { band: 'ok', isFlat: true, isStreamed: true } as const;
  expect(pollPace(calm, { everyMs, staleAfterMs })).toBe(ms);
});

test('nobody is asked more often than every two seconds, unless the desk file says so', () => {
  const need = { band: 'emerg', isFlat: false, isStreamed: false } as const;
  expect(pollPace(need, { everyMs: 3000, staleAfterMs: 30_000 })).toBe(2000);
  expect(pollPace(need, { everyMs: 1000, staleAfterMs: 30_000 })).toBe(1000);
});
