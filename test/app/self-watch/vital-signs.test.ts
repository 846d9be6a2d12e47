import { expect, test } from 'vitest';
import {
  ailmentsOf,
  ailmentWord,
  type VitalSigns,
} from '../../../src/app/self-watch/vital-signs.ts';

const NOW = 1_700_000_000_000;
const ago = (seconds: number) => NOW - seconds * 1000;
const loop = (seconds: number | null) => [
  { name: 'alerts', lastAt: seconds === null ? null : ago(seconds), graceMs: 10_000 },
];
const stream = (seconds: number | null) => [
  { name: 'marks bybit', heardAt: seconds === null ? null : ago(seconds) },
];

const WELL: VitalSigns = {
  startedAt: ago(86_400),
  loops: loop(1),
  oldestDueMs: null,
  store: { okAt: ago(5), isFailing: false },
  venueAnsweredAt: ago(3),
  streams: stream(2),
  stalledAt: null,
};

// Scenarios 45 and 50: each alone is enough, and nothing else is blamed for it.
test.each<{ why: string; change: Partial<VitalSigns>; words: string[] }>([
  { why: 'all is well', change: {}, words: [] },
  { why: 'a loop just in time', change: { loops: loop(9.999) }, words: [] },
  { why: 'a loop stopped', change: { loops: loop(10) }, words: ['loop alerts'] },
  { why: 'a loop that never began', change: { loops: loop(null) }, words: ['loop alerts'] },
  { why: 'a message due for 59 s', change: { oldestDueMs: 59_999 }, words: [] },
  { why: 'a message due for a minute', change: { oldestDueMs: 60_000 }, words: ['outbox'] },
  {
    why: 'disk full: the write fails',
    change: { store: { okAt: ago(5), isFailing: true } },
    words: ['store'],
  },
  {
    why: 'database locked: written 30 s ago',
    change: { store: { okAt: ago(30), isFailing: false } },
    words: ['store'],
  },
  {
    why: 'written a moment before that',
    change: { store: { okAt: ago(29.9), isFailing: false } },
    words: [],
  },
  { why: 'a venue answered 14:59 ago', change: { venueAnsweredAt: ago(899) }, words: [] },
  { why: 'no venue for 15 min', change: { venueAnsweredAt: ago(900) }, words: ['venues'] },
  { why: 'one stream heard 89 s ago', change: { streams: stream(89) }, words: [] },
  { why: 'one stream silent', change: { streams: stream(90) }, words: ['stream marks bybit'] },
  { why: 'stood still 59 s ago', change: { stalledAt: ago(59) }, words: ['stalled'] },
  { why: 'stood still a minute ago', change: { stalledAt: ago(60) }, words: [] },
  {
    why: 'several at once',
    change: { loops: loop(11), oldestDueMs: 90_000 },
    words: ['loop alerts', 'outbox'],
  },
])('$why', ({ change, words }) => {
  expect(ailmentsOf({ ...WELL, ...change }, NOW).map(ailmentWord)).toEqual(words);
});

const UNBORN: VitalSigns = {
  ...WELL,
  loops: loop(null),
  streams: stream(null),
  venueAnsweredAt: null,
  store: { okAt: null, isFailing: false },
};

test.each([
  { seconds: 59, words: [], why: 'a start takes a moment' },
  { seconds: 60, words: ['loop alerts', 'store'], why: 'after a minute it should have happened' },
  {
    seconds: 90,
    words: ['loop alerts', 'store', 'stream marks bybit'],
    why: 'a stream has its own patience',
  },
  {
    seconds: 900,
    words: ['loop alerts', 'store', 'venues', 'stream marks bybit'],
    why: 'nothing ever came up',
  },
])('$seconds s after the start nothing has been seen: $why', ({ seconds, words }) => {
  const signs = { ...UNBORN, startedAt: ago(seconds) };
  expect(ailmentsOf(signs, NOW).map(ailmentWord)).toEqual(words);
});
