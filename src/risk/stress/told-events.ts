import type { Handle } from '../../domain/units.ts';
import { adlRank } from './adl-rank.ts';
import type { DeleveragedLeg, LiquidationOutcome } from './scenario-outcome.ts';
import type { StressBook, StressLeg } from './stress-book.ts';
import type { PoolEvent } from './walk-path.ts';

/** Liquidations as they are told: legs by handle. */
export function liquidationsOf(
  book: StressBook,
  events: readonly PoolEvent[],
): readonly LiquidationOutcome[] {
  return events.flatMap(({ kind, pool, stretch, share, closed }) => {
    if (kind === 'deleveraged') return [];
    const { kind: poolKind, legs } = book.pools[pool] ?? { kind: 'cash', legs: [] };
    const isolated = poolKind === 'isolated' ? (legs[0]?.handle ?? null) : null;
    const handles = [...new Set<Handle>(closed.map(({ leg }) => leg.handle))];
    return [{ extent: kind, isolated, stretch, share, legs: handles }];
  });
}

/** Winning legs that their venue closed, with the rank they have in its queue today. */
export function deleveragedLegs(
  book: StressBook,
  events: readonly PoolEvent[],
): readonly DeleveragedLeg[] {
  return events.flatMap(({ kind, pool, stretch, share, closed }) => {
    if (kind !== 'deleveraged') return [];
    return closed.map(({ leg, usd }) => ({
      ...{ leg: leg.handle, rank: rankOf(book, pool, leg), closedUsd: usd, stretch, share },
    }));
  });
}

function rankOf(book: StressBook, index: number, leg: StressLeg): number | null {
  const account = book.accounts[book.pools[index]?.account ?? -1];
  const coin = book.pools[index]?.coins[leg.coin];
  if (account === undefined || coin === undefined || leg.markOverEntry === null) return null;
  const today = account.pools.flatMap((pool) => book.today[pool.index] ?? []);
  return adlRank(account.venue, {
    markOverEntry: leg.markOverEntry,
    side: leg.side,
    valueUsd: leg.value * coin.price,
    accountEquityUsd: today.reduce((sum, { worthUsd }) => sum + worthUsd, 0),
    accountMaintenanceUsd: today.reduce((sum, { maintenanceUsd }) => sum + maintenanceUsd, 0),
  });
}
