import { crossing, whereOnWay } from './crossing.ts';
import { exactSlack } from './exact-slack.ts';
import type { ClosedLeg } from './liquidate-pool.ts';
import { closeAtMark, liquidatePool } from './liquidate-pool.ts';
import type { Market } from './market.ts';
import { marketAt, marketBetween } from './market.ts';
import type { LegState, PoolFigures } from './pool-value.ts';
import { coinFactor, markFactor, poolFigures } from './pool-value.ts';
import type { PriceImpact } from './price-impact.ts';
import { impactFactor } from './price-impact.ts';
import type { MarketPoint, Scenario } from './scenario.ts';
import { TODAY } from './scenario.ts';
import type { StressBook, StressLeg, StressPool } from './stress-book.ts';

/** The venue acted on a pool. */
export interface PoolEvent {
  readonly kind: 'partial' | 'full' | 'deleveraged';
  readonly pool: number;
  /** The stretch of the path, 0 for the way to its first point, and how far along it, 0 to 1. */
  readonly stretch: number;
  readonly share: number;
  readonly closed: readonly ClosedLeg[];
}

/** How the book stands at one point of the path. */
export interface PathState {
  readonly market: Market;
  readonly legs: LegState;
  /** Pools taken over, and what they are still worth. */
  readonly taken: ReadonlyMap<number, number>;
  /** Every pool at these prices, had nothing happened to anybody. */
  readonly still: readonly PoolFigures[];
  /** Pools of which that is not so. */
  readonly touched: ReadonlySet<number>;
}

export interface Walk {
  /** At each point of the path, after everything that happened up to it. */
  readonly points: readonly PathState[];
  readonly events: readonly PoolEvent[];
}

/**
 * Follows the book along a path, pool by pool: where a pool's equity no longer covers its requirement its
 * venue acts, its legs are gone, and the rest of the desk goes on alone. On a straight stretch the slack
 * of a pool is concave, so that it dies on the stretch exactly when it is dead at its end or past the
 * jumps in between; where, is found to a relative 1e-12. With impacts, what is closed moves the price
 * for all others from there on.
 */
export function walkPath(
  book: StressBook,
  scenario: Scenario,
  impacts: ReadonlyMap<string, PriceImpact> = new Map(),
): Walk {
  const walker: Walker = {
    ...{ book, scenario, impacts },
    state: { kept: book.fresh.kept.slice(), realised: book.fresh.realised.slice() },
    taken: new Map(),
    pushed: new Float64Array(book.assets.length).fill(1),
    events: [],
    touched: new Set(),
    deleveraged: new Set(),
  };
  const points: PathState[] = [];
  let still = book.today;
  let start: MarketPoint = TODAY;
  for (const [stretch, end] of scenario.path.entries()) {
    const [from, to] = [marketAt(book, start), marketAt(book, end)];
    const next = book.pools.map((pool) => poolFigures(pool, to, book.fresh));
    walkStretch(walker, { stretch, from, to, start, end, still: [still, next] });
    points.push({ ...stateNow(walker, to), still: next });
    still = next;
    start = end;
  }
  return { points, events: walker.events };
}

interface Walker {
  readonly book: StressBook;
  readonly scenario: Scenario;
  readonly impacts: ReadonlyMap<string, PriceImpact>;
  readonly state: LegState;
  readonly taken: Map<number, number>;
  /** What closes have done to prices, as factors, by asset. */
  readonly pushed: Float64Array;
  readonly events: PoolEvent[];
  /** Pools to which something has happened: their exact figures are those of another book. */
  readonly touched: Set<number>;
  readonly deleveraged: Set<number>;
}

interface Stretch {
  readonly stretch: number;
  readonly from: Market;
  readonly to: Market;
  readonly start: MarketPoint;
  readonly end: MarketPoint;
  /** Every pool at both ends, had nothing happened. */
  readonly still: readonly [readonly PoolFigures[], readonly PoolFigures[]];
}

function walkStretch(walker: Walker, stretch: Stretch): void {
  const next = new Map<number, Due | null>();
  const live = (pool: StressPool): boolean => pool.kind !== 'cash' && !walker.taken.has(pool.index);
  let share = 0;
  for (;;) {
    for (const pool of walker.book.pools) {
      if (live(pool) && !next.has(pool.index)) {
        next.set(pool.index, dueOf(walker, pool, { stretch, share }));
      }
    }
    const [index, due] = earliest(next);
    if (index === null || due === null) return;
    const pool = walker.book.pools[index];
    if (pool === undefined) return;
    share = due.share;
    act(walker, pool, { due, stretch });
    if (walker.impacts.size > 0) next.clear();
    else next.delete(index);
  }
}

interface Due {
  readonly share: number;
  /** The leg to be deleveraged; null: the pool is liquidated. */
  readonly leg: StressLeg | null;
}

function earliest(next: ReadonlyMap<number, Due | null>): [number | null, Due | null] {
  let first: [number | null, Due | null] = [null, null];
  for (const [index, due] of next) {
    if (due !== null && (first[1] === null || due.share < first[1].share)) first = [index, due];
  }
  return first;
}

function dueOf(
  walker: Walker,
  pool: StressPool,
  { stretch, share }: { readonly stretch: Stretch; readonly share: number },
): Due | null {
  const slackAt = (at: number): number =>
    poolFigures(pool, marketOf(walker, stretch, at), walker.state).slackUsd;
  if (pool.legs.every(({ index }) => (walker.state.kept[index] ?? 0) === 0)) return null;
  if (share === 0 ? isDead(walker, pool, { stretch, share }) : slackAt(share) <= 0) {
    return { share, leg: null };
  }
  let from = share;
  for (const cut of cutsOf(walker, pool, { stretch, share })) {
    const isOver =
      cut.share === 1 ? isDead(walker, pool, { stretch, share: 1 }) : slackAt(cut.share) <= 0;
    if (isOver) return { share: crossing(slackAt, from, cut.share), leg: null };
    if (cut.leg !== null) return cut;
    from = cut.share;
  }
  return null;
}

/** Within two percent of its requirement a pool nothing has happened to is decided exactly. */
const CLOSE = 0.02;

function isDead(
  walker: Walker,
  pool: StressPool,
  { stretch, share }: { readonly stretch: Stretch; readonly share: 0 | 1 },
): boolean {
  const isUntouched = !walker.touched.has(pool.index) && walker.impacts.size === 0;
  const isSame = share === 1 || stretch.from.areLimitsHalved === stretch.to.areLimitsHalved;
  const still = isUntouched && isSame ? stretch.still[share][pool.index] : undefined;
  const { slackUsd, requiredUsd } =
    still ?? poolFigures(pool, marketOf(walker, stretch, share), walker.state);
  const isClose = Math.abs(slackUsd) <= CLOSE * Math.abs(requiredUsd * pool.liquidatesAt);
  if (!isClose || !isUntouched || pool.exact === null) return slackUsd <= 0;
  const { areLimitsHalved } = stretch.end;
  const point = share === 0 ? { ...stretch.start, areLimitsHalved } : stretch.end;
  return exactSlack(pool.exact, point).lte(0);
}

/** The end of the stretch, and before it: jumps of a requirement, and legs that are deleveraged. */
function cutsOf(
  walker: Walker,
  pool: StressPool,
  { stretch, share }: { readonly stretch: Stretch; readonly share: number },
): readonly Due[] {
  const cuts: Due[] = [];
  for (const leg of pool.legs) {
    const won = walker.scenario.deleveraged > 0 ? whenWon(walker, leg, stretch) : null;
    if (won !== null && won >= share && won < 1) cuts.push({ share: won, leg });
    for (const at of jumpsOf(pool, leg, stretch)) {
      if (at > share && at < 1) cuts.push({ share: at, leg: null });
    }
  }
  return [...cuts.toSorted((a, b) => a.share - b.share), { share: 1, leg: null }];
}

/** The counterparty of a winning leg is taken to have this leverage: it is bankrupt a tenth away. */
const COUNTERPARTY_LEVERAGE = 10;

function whenWon(walker: Walker, leg: StressLeg, { from, to }: Stretch): number | null {
  if (walker.deleveraged.has(leg.index)) return null;
  const won = 1 + leg.sign / COUNTERPARTY_LEVERAGE;
  return whereOnWay(markFactor(leg, from), markFactor(leg, to), won);
}

const PAST = 1e-9;

/** Just past where a bracket that does not join the one below begins. */
function jumpsOf(pool: StressPool, leg: StressLeg, { from, to }: Stretch): readonly number[] {
  const coin = pool.coins[leg.coin];
  if (coin === undefined || leg.jumps.length === 0) return NO_JUMPS;
  return leg.jumps.flatMap((jump) => {
    const value = to.areLimitsHalved ? jump / 2 : jump;
    const mark = leg.isLinear ? (value / leg.value) * coinFactor(coin, to) : leg.value / value;
    const at = whereOnWay(markFactor(leg, from), markFactor(leg, to), mark);
    return at === null ? [] : [at + PAST];
  });
}

const NO_JUMPS: readonly number[] = [];

function act(
  walker: Walker,
  pool: StressPool,
  { due, stretch }: { readonly due: Due; readonly stretch: Stretch },
): void {
  const { state, scenario, events } = walker;
  const market = marketOf(walker, stretch, due.share);
  const where = { pool: pool.index, stretch: stretch.stretch, share: due.share };
  walker.touched.add(pool.index);
  if (due.leg !== null) {
    const part = { leg: due.leg, share: scenario.deleveraged, fee: 0 };
    walker.deleveraged.add(due.leg.index);
    events.push({
      kind: 'deleveraged',
      ...where,
      closed: [closeAtMark(pool, part, { market, state })],
    });
    return;
  }
  const { extent, closed, leftUsd } = liquidatePool(pool, market, state);
  if (extent === 'full') walker.taken.set(pool.index, leftUsd);
  events.push({ kind: extent, ...where, closed });
  for (const { leg, usd } of closed) push(walker, leg, usd);
}

/** A long is sold and presses the price, a short is bought back. */
function push({ book, impacts, pushed }: Walker, leg: StressLeg, usd: number): void {
  const impact = impacts.get(book.assets[leg.asset] ?? '');
  if (impact === undefined) return;
  pushed[leg.asset] = (pushed[leg.asset] ?? 1) * impactFactor(impact, usd, leg.side);
}

function marketOf(
  { pushed, impacts }: Walker,
  { from, to }: Pick<Stretch, 'from' | 'to'>,
  share: number,
): Market {
  const isWay = share > 0 && share < 1;
  const end = share === 0 ? startOf(from, to) : to;
  const market = isWay ? marketBetween(from, to, share) : end;
  if (impacts.size === 0) return market;
  return { ...market, assets: market.assets.map((factor, index) => factor * (pushed[index] ?? 1)) };
}

/** Limits are tightened on the whole stretch. */
function startOf(from: Market, { areLimitsHalved }: Market): Market {
  return from.areLimitsHalved === areLimitsHalved ? from : { ...from, areLimitsHalved };
}

function stateNow(walker: Walker, to: Market): Omit<PathState, 'still'> {
  const { state, taken, touched, impacts, book } = walker;
  const all = impacts.size > 0 ? book.pools.map(({ index }) => index) : touched;
  return {
    market: marketOf(walker, { from: to, to }, 1),
    legs: { kept: state.kept.slice(), realised: state.realised.slice() },
    taken: new Map(taken),
    touched: new Set(all),
  };
}
