import { expect, test } from 'vitest';
import type { AccountMargin } from '../../src/domain/account.ts';
import { err, ok } from '../../src/domain/result.ts';
import { asAccountId } from '../../src/domain/units.ts';
import { type GapKind, venueError } from '../../src/domain/venue-error.ts';
import {
  type FreshReading,
  mergeReading,
  neverRead,
  withAge,
} from '../../src/portfolio/merge-reading.ts';
import type { AccountSnapshot } from '../../src/portfolio/snapshot.ts';

const account = { id: asAccountId('a'), name: 'A', venue: 'bybit', books: [], fundedBy: [] };
const margin = { equityUsd: null, observedAt: 900 } as unknown as AccountMargin;
const flat = ok({ positions: [], unreadable: [] });
const down = (kind: GapKind) => err(venueError(kind, { code: 'refused' }));

const good: FreshReading = { positions: flat, margin: ok(margin), stopsError: null };
const before = mergeReading(neverRead(account), good, 1000);

const summary = (snapshot: AccountSnapshot) => ({
  status: snapshot.status,
  positionsAt: snapshot.positionsAt,
  hasMargin: snapshot.margin !== null,
  gaps: snapshot.gaps.map((gap) => `${gap.scope} ${gap.kind} ${gap.lastGoodAt}`),
});

test.each<{
  why: string;
  from: AccountSnapshot;
  reading: FreshReading;
  expected: ReturnType<typeof summary>;
}>([
  {
    why: 'a first good reading has no gap',
    from: neverRead(account),
    reading: good,
    expected: { status: 'ok', positionsAt: 2000, hasMargin: true, gaps: [] },
  },
  {
    why: 'never read and down: missing, never an empty book',
    from: neverRead(account),
    reading: { positions: down('unavailable'), margin: down('unavailable'), stopsError: null },
    expected: {
      status: 'missing',
      positionsAt: null,
      hasMargin: false,
      gaps: ['account unavailable null'],
    },
  },
  {
    why: 'down after a good reading: figures stay, with their age, in one gap',
    from: before,
    reading: { positions: down('unavailable'), margin: down('unavailable'), stopsError: null },
    expected: {
      status: 'stale',
      positionsAt: 1000,
      hasMargin: true,
      gaps: ['account unavailable 1000'],
    },
  },
  {
    why: 'halves that fail for different reasons are two gaps',
    from: before,
    reading: { positions: down('unavailable'), margin: down('malformed'), stopsError: null },
    expected: {
      status: 'stale',
      positionsAt: 1000,
      hasMargin: true,
      gaps: ['account unavailable 1000', 'margin malformed 900'],
    },
  },
  {
    why: 'a dead balance does not hide positions',
    from: before,
    reading: { positions: flat, margin: down('rate-limited'), stopsError: null },
    expected: {
      status: 'ok',
      positionsAt: 2000,
      hasMargin: true,
      gaps: ['margin rate-limited 900'],
    },
  },
  {
    why: 'dead positions do not hide a fresh balance',
    from: neverRead(account),
    reading: { positions: down('malformed'), margin: ok(margin), stopsError: null },
    expected: {
      status: 'missing',
      positionsAt: null,
      hasMargin: true,
      gaps: ['positions malformed null'],
    },
  },
  {
    why: 'a row that the venue failed to complete has the venue’s reason',
    from: before,
    reading: {
      positions: ok({
        positions: [],
        unreadable: [
          {
            symbol: 'BTCUSDT',
            field: 'liquidation',
            error: venueError('unavailable', { code: 'timeout', ms: 9000 }),
          },
        ],
      }),
      margin: ok(margin),
      stopsError: null,
    },
    expected: {
      status: 'ok',
      positionsAt: 2000,
      hasMargin: true,
      gaps: ['row unavailable null'],
    },
  },
  {
    why: 'a row that cannot be read is named; unknown stops are too',
    from: before,
    reading: {
      positions: ok({ positions: [], unreadable: [{ symbol: 'BTCUSDT', field: 'size' }] }),
      margin: ok(margin),
      stopsError: venueError('rate-limited', { code: 'http', status: 429 }),
    },
    expected: {
      status: 'ok',
      positionsAt: 2000,
      hasMargin: true,
      gaps: ['row malformed null', 'stops rate-limited null'],
    },
  },
])('$why', ({ from, reading, expected }) => {
  expect(summary(mergeReading(from, reading, 2000))).toEqual(expected);
});

test.each([
  { why: 'exactly at the limit is still fresh', now: 31_000, expected: [] },
  { why: 'past it nobody has read the account', now: 31_001, expected: ['account stale 1000'] },
])('$why', ({ now, expected }) => {
  expect(summary(withAge(before, now, 30_000)).gaps).toEqual(expected);
});

test('an unreadable row does not keep an old reading young', () => {
  const unreadable = [{ symbol: 'BTCUSDT', field: 'size' }];
  const odd = mergeReading(before, { ...good, positions: ok({ positions: [], unreadable }) }, 2000);
  const { status, gaps } = summary(withAge(odd, 99_000, 30_000));
  expect(status).toBe('stale');
  expect(gaps).toEqual(['account stale 2000', 'row malformed null']);
});

test('an account that failed keeps its reason instead of becoming merely old', () => {
  const failed = mergeReading(
    before,
    { positions: down('clock'), margin: down('clock'), stopsError: null },
    2000,
  );
  expect(summary(withAge(failed, 99_000, 30_000)).gaps).toEqual(['account clock 1000']);
});
