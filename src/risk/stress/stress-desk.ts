import { netChanges } from './net-changes.ts';
import type { PoolFigures } from './pool-value.ts';
import { poolFigures } from './pool-value.ts';
import type { PriceImpact } from './price-impact.ts';
import type { Scenario } from './scenario.ts';
import type {
  AccountOutcome,
  GapOutcome,
  PooledOutcome,
  ScenarioOutcome,
} from './scenario-outcome.ts';
import type { StressAccount, StressBook } from './stress-book.ts';
import { deleveragedLegs, liquidationsOf } from './told-events.ts';
import type { PathState, PoolEvent, Walk } from './walk-path.ts';
import { walkPath } from './walk-path.ts';

/**
 * A desk put through a scenario, twice: *blocked*, account by account along the path with the cascade of
 * liquidations, and *pooled*, as if every dollar stood in for every other. The difference is what moving
 * margin in time is worth (risk model 5.3, 5.4).
 */
export function stressDesk(
  book: StressBook,
  scenario: Scenario,
  impacts: ReadonlyMap<string, PriceImpact> = new Map(),
): ScenarioOutcome {
  const walk = walkPath(book, scenario, impacts);
  const gaps = walk.points.map(({ still }) => book.accounts.map((one) => gapOf(one, still)));
  const eventsOf = Map.groupBy(walk.events, ({ pool }) => book.pools[pool]?.account ?? -1);
  return {
    scenario,
    accounts: book.accounts.map((account, index) =>
      accountOutcome(account, {
        ...{ book, walk, gap: gaps[0]?.[index] ?? null, events: eventsOf.get(index) ?? [] },
      }),
    ),
    pooled: pooledOutcome(book, gaps),
    net: netChanges(book, walk.points[0]),
  };
}

interface AccountRun {
  readonly book: StressBook;
  readonly walk: Walk;
  readonly gap: GapOutcome | null;
  readonly events: readonly PoolEvent[];
}

function accountOutcome(account: StressAccount, run: AccountRun): AccountOutcome {
  const { book, walk, gap, events } = run;
  const { id, equityUsd: today, unknown, basis, isPortfolio } = account;
  const liquidations = liquidationsOf(book, events);
  const worst = walk.points[0];
  const equityUsd = equityAt(account, worst);
  return {
    account: id,
    equityUsd,
    maintenanceUsd:
      unknown !== null || worst === undefined
        ? null
        : sumOf(account, worst, ({ maintenanceUsd }) => maintenanceUsd),
    endEquityUsd: equityAt(account, walk.points.at(-1)),
    lossUsd: today === null || equityUsd === null ? null : today - equityUsd,
    isLiquidated: unknown === null ? liquidations.length > 0 : null,
    liquidations,
    deleveraged: deleveragedLegs(book, events),
    gap,
    mayBeClaimed: isPortfolio && gap !== null && gap.equityUsd < 0,
    ...{ unknown, basis },
  };
}

/** A venue that claims nothing takes no more than there is. */
function equityAt(account: StressAccount, point: PathState | undefined): number | null {
  if (account.equityUsd === null || point === undefined) return null;
  const worth = sumOf(account, point, ({ worthUsd }) => worthUsd);
  return account.isPortfolio || account.unknown !== null ? worth : Math.max(worth, 0);
}

/** Over the pools of an account as they stand; of a pool taken over only what is left. */
function sumOf(
  { pools }: StressAccount,
  { still, taken, touched, market, legs }: PathState,
  figure: (figures: PoolFigures) => number,
): number {
  return pools.reduce((sum, pool) => {
    const left = taken.get(pool.index);
    if (left !== undefined) return sum + figure(takenOver(left));
    const figures = touched.has(pool.index) ? undefined : still[pool.index];
    return sum + figure(figures ?? poolFigures(pool, market, legs));
  }, 0);
}

function takenOver(leftUsd: number): PoolFigures {
  return {
    ...{ worthUsd: leftUsd, countedUsd: 0, slackUsd: 0 },
    ...{ maintenanceUsd: 0, requiredUsd: 0 },
  };
}

/** All at once, nothing liquidated before. */
function gapOf(account: StressAccount, still: readonly PoolFigures[]): GapOutcome | null {
  if (account.equityUsd === null) return null;
  let equityUsd = 0;
  let maintenanceUsd = 0;
  let isLiquidated = false;
  for (const { index, kind } of account.pools) {
    const figures = still[index];
    if (figures === undefined) continue;
    equityUsd += figures.worthUsd;
    maintenanceUsd += figures.maintenanceUsd;
    if (kind !== 'cash' && figures.slackUsd <= 0) isLiquidated = true;
  }
  if (account.unknown !== null) {
    return { equityUsd, maintenanceUsd: null, healthFactor: null, isLiquidated: null };
  }
  const healthFactor = maintenanceUsd > 0 ? equityUsd / maintenanceUsd : null;
  return { equityUsd, maintenanceUsd, healthFactor, isLiquidated };
}

type Pool = Pick<PooledOutcome, 'equityUsd' | 'maintenanceUsd' | 'healthFactor'>;

const NO_POOL: Pool = { equityUsd: 0, maintenanceUsd: 0, healthFactor: null };

function pooledOutcome(
  book: StressBook,
  gaps: readonly (readonly (GapOutcome | null)[])[],
): PooledOutcome {
  const pools = gaps.map(poolOf);
  return {
    ...(pools[0] ?? NO_POOL),
    endEquityUsd: (pools.at(-1) ?? NO_POOL).equityUsd,
    isLiquidated: pools.some(({ healthFactor }) => healthFactor !== null && healthFactor <= 1),
    missing: book.accounts.filter((each) => each.unknown !== null).map(({ id }) => id),
  };
}

/** Accounts of which only one half is known are in neither sum. */
function poolOf(gaps: readonly (GapOutcome | null)[]): Pool {
  let equityUsd = 0;
  let maintenanceUsd = 0;
  for (const gap of gaps) {
    if (gap === null || gap.maintenanceUsd === null) continue;
    equityUsd += gap.equityUsd;
    maintenanceUsd += gap.maintenanceUsd;
  }
  return {
    ...{ equityUsd, maintenanceUsd },
    healthFactor: maintenanceUsd > 0 ? equityUsd / maintenanceUsd : null,
  };
}
