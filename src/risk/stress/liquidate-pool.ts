import { BACKSTOP_SHARE, SLICE, SLICED_ABOVE_USD } from './liquidation-rule.ts';
import type { Market } from './market.ts';
import type { LegState } from './pool-value.ts';
import { coinFactor, legGain, legValue, poolFigures } from './pool-value.ts';
import { stepAt } from './steps.ts';
import type { StressLeg, StressPool } from './stress-book.ts';

/** What one act of the venue closed. */
export interface PoolLiquidation {
  readonly extent: 'partial' | 'full';
  readonly closed: readonly ClosedLeg[];
  /** What the pool is still worth. Of a pool taken over: what its venue never counted. */
  readonly leftUsd: number;
}

export interface ClosedLeg {
  readonly leg: StressLeg;
  /** Value of the closed part in USD. */
  readonly usd: number;
}

/** The venue acts on a pool that has no slack, at least once, by its rule; the legs' state is changed. */
export function liquidatePool(pool: StressPool, market: Market, state: LegState): PoolLiquidation {
  const closed: ClosedLeg[] = [];
  do {
    const part = nextPart(pool, market, state);
    if (part === null) return takeOver(pool, market, { state, closed });
    closed.push(closeAtMark(pool, part, { market, state }));
  } while (poolFigures(pool, market, state).slackUsd <= 0);
  return { extent: 'partial', closed, leftUsd: poolFigures(pool, market, state).worthUsd };
}

interface Part {
  readonly leg: StressLeg;
  /** Of what is still open. */
  readonly share: number;
  /** Paid on the value closed, as a share. */
  readonly fee: number;
}

type Cut = Omit<Part, 'fee'>;

/** The next part closed at the mark; null: the rest is taken over. */
function nextPart(pool: StressPool, market: Market, state: LegState): Part | null {
  const open = pool.legs.filter(({ index }) => (state.kept[index] ?? 0) > 0);
  if (pool.rule === 'full' || open.length === 0) return null;
  const part = (pool.rule === 'slices' ? slice : stepDown)(pool, open, { market, state });
  const fee = part?.leg.takerFee ?? null;
  // Without its fee the cost of a close is not known: the safe end is that all is lost.
  return part === null || fee === null ? null : { ...part, fee };
}

interface Now {
  readonly market: Market;
  readonly state: LegState;
}

function slice(pool: StressPool, open: readonly StressLeg[], now: Now): Cut | null {
  const { maintenanceUsd, countedUsd } = poolFigures(pool, now.market, now.state);
  if (countedUsd < maintenanceUsd * BACKSTOP_SHARE) return null;
  const largest = largestOf(open, (leg) => openUsd(pool, leg, now));
  if (largest === null) return null;
  return { leg: largest, share: openUsd(pool, largest, now) > SLICED_ABOVE_USD ? SLICE : 1 };
}

/** Rounding must not leave the leg a hair inside the bracket it is to leave. */
const HAIR = 1e-12;

function stepDown(pool: StressPool, open: readonly StressLeg[], now: Now): Cut | null {
  const steps = ({ steps, halved }: StressLeg) => (now.market.areLimitsHalved ? halved : steps);
  const above = open.filter((leg) => stepAt(steps(leg), openValue(pool, leg, now)) > 0);
  const leg = largestOf(above, (each) => openUsd(pool, each, now));
  if (leg === null) return null;
  const value = openValue(pool, leg, now);
  const cap = steps(leg).caps[stepAt(steps(leg), value) - 1] ?? 0;
  return { leg, share: 1 - (cap / value) * (1 - HAIR) };
}

function largestOf(
  legs: readonly StressLeg[],
  sizeOf: (leg: StressLeg) => number,
): StressLeg | null {
  let best: StressLeg | null = null;
  for (const leg of legs) if (best === null || sizeOf(leg) > sizeOf(best)) best = leg;
  return best;
}

function openValue(pool: StressPool, leg: StressLeg, { market, state }: Now): number {
  const coin = pool.coins[leg.coin];
  return coin === undefined ? 0 : legValue(leg, coin, market) * (state.kept[leg.index] ?? 0);
}

function openUsd(pool: StressPool, leg: StressLeg, now: Now): number {
  const coin = pool.coins[leg.coin];
  if (coin === undefined) return 0;
  return openValue(pool, leg, now) * coin.price * coinFactor(coin, now.market);
}

/** Closes a share of what is open, and keeps the gain in the settle coin. */
export function closeAtMark(pool: StressPool, { leg, share, fee }: Part, now: Now): ClosedLeg {
  const { market, state } = now;
  const usd = openUsd(pool, leg, now) * share;
  const coin = pool.coins[leg.coin];
  if (coin === undefined) return { leg, usd };
  const part = (state.kept[leg.index] ?? 0) * share;
  const gain = (legGain(leg, coin, market) - legValue(leg, coin, market) * fee) * part;
  state.realised[leg.index] = (state.realised[leg.index] ?? 0) + gain;
  state.kept[leg.index] = (state.kept[leg.index] ?? 0) - part;
  return { leg, usd };
}

function takeOver(
  pool: StressPool,
  market: Market,
  { state, closed }: { readonly state: LegState; readonly closed: ClosedLeg[] },
): PoolLiquidation {
  const now = { market, state };
  const { worthUsd, countedUsd } = poolFigures(pool, market, state);
  const lost = Math.max(countedUsd, 0);
  for (const leg of pool.legs) {
    const usd = openUsd(pool, leg, now);
    if (usd > 0) closed.push({ leg, usd });
    state.kept[leg.index] = 0;
  }
  return {
    extent: 'full',
    closed,
    leftUsd: pool.kind === 'isolated' ? 0 : Math.max(worthUsd - lost, 0),
  };
}
