import type { Market } from './market.ts';
import { marketAt } from './market.ts';
import { netChanges } from './net-changes.ts';
import { freshState, poolRequired, poolSlack, poolWorth } from './pool-value.ts';
import type { PriceImpact } from './price-impact.ts';
import type { Scenario } from './scenario.ts';
import type {
  AccountOutcome,
  GapOutcome,
  PooledOutcome,
  ScenarioOutcome,
} from './scenario-outcome.ts';
import type { StressAccount, StressBook, StressPool } from './stress-book.ts';
import { deleveragedLegs, liquidationsOf } from './told-events.ts';
import type { PathState, Walk } from './walk-path.ts';
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
  const markets = scenario.path.map((point) => marketAt(book, point));
  const run = { book, walk, markets };
  return {
    scenario,
    accounts: book.accounts.map((account) => accountOutcome(account, run)),
    pooled: pooledOutcome(run),
    net: netChanges(book, walk.points[0]),
  };
}

interface Run {
  readonly book: StressBook;
  readonly walk: Walk;
  /** The points of the path without the desk's own impact. */
  readonly markets: readonly Market[];
}

function accountOutcome(account: StressAccount, run: Run): AccountOutcome {
  const { book, walk, markets } = run;
  const { id, equityUsd: today, unknown, basis, isPortfolio } = account;
  const events = walk.events.filter(({ pool }) => account.pools.includes(pool));
  const liquidations = liquidationsOf(book, events);
  const market = markets[0];
  const gap = today === null || market === undefined ? null : gapAt(account, book, market);
  const worst = walk.points[0];
  const last = walk.points.at(-1);
  const equityAt = (point: PathState | undefined): number | null =>
    today === null || point === undefined ? null : worthAt(account, book, point);
  const equityUsd = equityAt(worst);
  return {
    account: id,
    equityUsd,
    maintenanceUsd:
      unknown !== null || worst === undefined ? null : maintenanceAt(account, book, worst),
    endEquityUsd: equityAt(last),
    lossUsd: today === null || equityUsd === null ? null : today - equityUsd,
    isLiquidated: unknown === null ? liquidations.length > 0 : null,
    liquidations,
    deleveraged: deleveragedLegs(book, events),
    gap,
    mayBeClaimed: isPortfolio && gap !== null && gap.equityUsd < 0,
    ...{ unknown, basis },
  };
}

function poolsOf({ pools }: StressAccount, book: StressBook): StressPool[] {
  return pools.flatMap((index) => book.pools[index] ?? []);
}

/** Isolated positions and pools of a venue that claims nothing cannot lose more than they hold. */
function worthAt(account: StressAccount, book: StressBook, point: PathState): number {
  const worth = poolsOf(account, book).reduce((sum, pool) => {
    const left = point.taken.get(pool.index);
    return sum + (left ?? poolWorth(pool, point.market, point.legs));
  }, 0);
  return account.isPortfolio || account.unknown !== null ? worth : Math.max(worth, 0);
}

function maintenanceAt(account: StressAccount, book: StressBook, point: PathState): number {
  return poolsOf(account, book).reduce((sum, pool) => {
    if (point.taken.has(pool.index)) return sum;
    return sum + poolRequired(pool, point.market, point.legs).maintenanceUsd;
  }, 0);
}

function gapAt(account: StressAccount, book: StressBook, market: Market): GapOutcome {
  const pools = poolsOf(account, book);
  const state = freshState(book.legs);
  const equityUsd = pools.reduce((sum, pool) => sum + poolWorth(pool, market, state), 0);
  if (account.unknown !== null) {
    return { equityUsd, maintenanceUsd: null, healthFactor: null, isLiquidated: null };
  }
  const maintenanceUsd = pools.reduce(
    (sum, pool) => sum + poolRequired(pool, market, state).maintenanceUsd,
    0,
  );
  return {
    equityUsd,
    maintenanceUsd,
    healthFactor: maintenanceUsd > 0 ? equityUsd / maintenanceUsd : null,
    isLiquidated: pools.some((pool) => pool.kind !== 'cash' && poolSlack(pool, market, state) <= 0),
  };
}

function pooledOutcome({ book, markets }: Run): PooledOutcome {
  const known = book.accounts.filter((a) => a.equityUsd !== null && a.unknown === null);
  const sums = markets.map((market) => {
    const gaps = known.map((account) => gapAt(account, book, market));
    const equityUsd = gaps.reduce((sum, gap) => sum + gap.equityUsd, 0);
    const maintenanceUsd = gaps.reduce((sum, gap) => sum + (gap.maintenanceUsd ?? 0), 0);
    const healthFactor = maintenanceUsd > 0 ? equityUsd / maintenanceUsd : null;
    return { equityUsd, maintenanceUsd, healthFactor };
  });
  const [first = NO_POOL] = sums;
  const worst = sums.reduce((least, sum) => (isWorse(sum, least) ? sum : least), first);
  return {
    ...worst,
    endEquityUsd: sums.at(-1)?.equityUsd ?? 0,
    isLiquidated: worst.healthFactor !== null && worst.healthFactor <= 1,
    missing: book.accounts.filter((account) => !known.includes(account)).map(({ id }) => id),
  };
}

type Pool = Pick<PooledOutcome, 'equityUsd' | 'maintenanceUsd' | 'healthFactor'>;

const NO_POOL: Pool = { equityUsd: 0, maintenanceUsd: 0, healthFactor: null };

function isWorse(a: Pool, b: Pool): boolean {
  return a.healthFactor !== null && b.healthFactor !== null && a.healthFactor < b.healthFactor;
}
