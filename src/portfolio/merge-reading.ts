import type { Account, AccountMargin } from '../domain/account.ts';
import type { Position } from '../domain/position.ts';
import type { Result } from '../domain/result.ts';
import type { VenueError } from '../domain/venue-error.ts';
import type { AccountSnapshot, Gap, GapScope } from './snapshot.ts';

/** What one round of reads brought; the read port's AccountReading fits it. */
export interface FreshReading {
  readonly positions: Result<
    {
      readonly positions: readonly Position[];
      readonly unreadable: readonly {
        readonly symbol: string;
        readonly field: string;
        readonly error?: VenueError;
      }[];
    },
    VenueError
  >;
  readonly margin: Result<AccountMargin, VenueError>;
  readonly stopsError: VenueError | null;
}

/** An account that was never read: everything about it is a gap. */
export function neverRead(account: Account): AccountSnapshot {
  return {
    account,
    status: 'missing',
    positions: [],
    positionsAt: null,
    margin: null,
    gaps: [],
  };
}

/**
 * The account after one more reading. What could not be read keeps its last good figures and
 * becomes a gap that says how old they are; what was never read stays missing.
 */
export function mergeReading(
  previous: AccountSnapshot,
  reading: FreshReading,
  now: number,
): AccountSnapshot {
  const { account } = previous;
  const gaps: Gap[] = [];
  const gap = (scope: GapScope, error: VenueError, lastGoodAt: number | null) =>
    gaps.push({
      account: account.id,
      venue: account.venue,
      scope,
      kind: error.kind,
      detail: error.detail,
      retryAfterMs: error.retryAfterMs,
      lastGoodAt,
    });

  let { positions, positionsAt, margin } = previous;
  if (reading.positions.ok) {
    positions = reading.positions.value.positions;
    positionsAt = now;
    for (const row of reading.positions.value.unreadable) {
      const detail = { code: 'field', field: `${row.symbol} ${row.field}` } as const;
      gap('row', row.error ?? { kind: 'malformed', detail, retryAfterMs: null }, null);
    }
    if (reading.stopsError) gap('stops', reading.stopsError, null);
  }
  if (reading.margin.ok) margin = reading.margin.value;

  const bothFailed = !reading.positions.ok && !reading.margin.ok;
  if (!reading.positions.ok) {
    gap(bothFailed ? 'account' : 'positions', reading.positions.error, positionsAt);
  }
  // One venue that is down is one gap, not two, unless the halves failed for different reasons.
  if (!reading.margin.ok && !(bothFailed && sameCause(reading))) {
    gap('margin', reading.margin.error, margin?.observedAt ?? null);
  }
  return { account, status: statusOf(reading, positionsAt), positions, positionsAt, margin, gaps };
}

function sameCause(reading: FreshReading): boolean {
  return (
    !reading.positions.ok &&
    !reading.margin.ok &&
    reading.positions.error.kind === reading.margin.error.kind
  );
}

function statusOf(reading: FreshReading, positionsAt: number | null): AccountSnapshot['status'] {
  if (positionsAt === null) return 'missing';
  return reading.positions.ok ? 'ok' : 'stale';
}

/**
 * Marks an account whose figures are older than allowed although nothing failed: nobody read it.
 * A gap in the positions is kept instead, its reason is better than "old"; one row or the stops of a
 * reading that has itself grown old explain nothing.
 */
export function withAge(
  snapshot: AccountSnapshot,
  now: number,
  staleAfterMs: number,
): AccountSnapshot {
  const { account, positionsAt } = snapshot;
  if (positionsAt === null) return snapshot;
  const isExplained = snapshot.gaps.some(
    ({ scope }) => scope === 'account' || scope === 'positions',
  );
  if (isExplained) return snapshot;
  const ageMs = now - positionsAt;
  if (ageMs <= staleAfterMs) return snapshot;
  const gap: Gap = {
    account: account.id,
    venue: account.venue,
    kind: 'stale',
    scope: 'account',
    detail: { code: 'age', ms: ageMs },
    retryAfterMs: null,
    lastGoodAt: positionsAt,
  };
  return { ...snapshot, status: 'stale', gaps: [gap, ...snapshot.gaps] };
}
