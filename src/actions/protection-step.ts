import { type Decimal, dec, ONE, ZERO } from '../domain/decimal.ts';
import type { Side } from '../domain/position.ts';
import { unreachable } from '../domain/result.ts';
import {
  type AccountId,
  asPrice,
  asRatio,
  asUsd,
  type Price,
  type Ratio,
  type Usd,
} from '../domain/units.ts';
import type { PlanTrigger, ProtectionPlan } from './protection-plan.ts';

/** What a plan remembers; it outlives the program. */
export interface PlanState {
  /** It may act at the next crossing: since its last one the figure was well on the safe side. */
  readonly isArmed: boolean;
  readonly actedAt: number | null;
  /** UTC day, in days since 1970, that `spentUsd` is of. */
  readonly day: number;
  readonly spentUsd: Usd;
}

export const NEW_PLAN: PlanState = { isArmed: true, actedAt: null, day: 0, spentUsd: asUsd(ZERO) };

/** What a plan looks at. Null: not known. */
export interface PlanSight {
  /** Read lately and whole; on anything else nothing is decided. */
  readonly isFresh: boolean;
  /** The figure of its trigger. */
  readonly figure: Decimal | null;
  /** The position it is about; null: a plan for an account, or it is not there. */
  readonly leg: {
    readonly side: Side;
    readonly notionalUsd: Usd | null;
    readonly entryPrice: Price | null;
    readonly markPrice: Price | null;
  } | null;
  /** What who pays may give. */
  readonly freeUsd: Usd | null;
}

/** Exactly what it asks the ladder for. */
export type PlannedAct =
  | { readonly kind: 'add-margin'; readonly usd: Usd }
  | { readonly kind: 'transfer'; readonly from: AccountId; readonly usd: Usd }
  | { readonly kind: 'reduce'; readonly share: Ratio; readonly usd: Usd }
  | { readonly kind: 'stop'; readonly price: Price };

/**
 * Why it does nothing. `calm`: the figure is safe. `once`: it has acted at this crossing. `gone`: its
 * position is not there.
 */
type PlanRest =
  | 'over'
  | 'stopped'
  | 'not-fresh'
  | 'gone'
  | 'not-known'
  | 'calm'
  | 'once'
  | 'cooling-down'
  | 'day-spent'
  | 'nothing-to-give';

export type PlanDecision =
  | { readonly kind: 'rest'; readonly because: PlanRest }
  /** `isDryRun`: it is only told. */
  | { readonly kind: 'act'; readonly act: PlannedAct; readonly isDryRun: boolean };

const DAY_MS = 86_400_000;
/** How far on the safe side a figure must come before the next crossing counts. */
const REARM = {
  ...{ 'health-below': dec('1.05'), 'probability-above': dec('0.8'), 'profit-above': dec('0.8') },
} as const;

/**
 * One look: acts once at a crossing, then not before the figure was well away from it; never while
 * something it needs is not known, never beyond its caps, its pause and its time. Decides, does nothing.
 */
export function stepPlan(
  plan: ProtectionPlan,
  before: PlanState,
  seen: { readonly sight: PlanSight; readonly now: number; readonly isStopped: boolean },
): { readonly next: PlanState; readonly decision: PlanDecision } {
  const { sight, now, isStopped } = seen;
  const day = Math.floor(now / DAY_MS);
  const today = day === before.day ? before : { ...before, day, spentUsd: asUsd(ZERO) };
  const rest = (because: PlanRest, next: PlanState = today) => ({
    ...{ next, decision: { kind: 'rest', because } as const },
  });
  if (now >= plan.until) return rest('over');
  if (!sight.isFresh) return rest('not-fresh');
  if (plan.position !== null && sight.leg === null) return rest('gone');
  if (sight.figure === null) return rest('not-known');
  const place = placeOf(plan.when, sight.figure);
  if (place === 'safe') return rest('calm', { ...today, isArmed: true });
  if (place === 'near') return rest('calm');
  if (!today.isArmed) return rest('once');
  if (today.actedAt !== null && now - today.actedAt < plan.cooldownMs) return rest('cooling-down');
  // Last, so that it is told by name only where it would have acted.
  if (isStopped) return rest('stopped');
  const act = actOf(plan, today, sight);
  if (typeof act === 'string') return rest(act);
  const spentUsd = asUsd(today.spentUsd.plus('usd' in act ? act.usd : ZERO));
  const next = { ...today, isArmed: false, actedAt: now, spentUsd };
  return { next, decision: { kind: 'act', act, isDryRun: plan.isDryRun } };
}

function placeOf({ kind, value }: PlanTrigger, figure: Decimal): 'crossed' | 'near' | 'safe' {
  const rearm = value.times(REARM[kind]);
  if (kind === 'health-below') {
    if (figure.lt(value)) return 'crossed';
    return figure.gte(rearm) ? 'safe' : 'near';
  }
  if (figure.gt(value)) return 'crossed';
  return figure.lte(rearm) ? 'safe' : 'near';
}

function actOf(
  { act, caps }: ProtectionPlan,
  { spentUsd }: PlanState,
  sight: PlanSight,
): PlannedAct | PlanRest {
  const left = smallest(caps.perAct, caps.perDay.minus(spentUsd));
  switch (act.kind) {
    case 'add-margin': {
      if (left.lte(0)) return 'day-spent';
      if (sight.freeUsd === null) return 'not-known';
      const usd = asUsd(smallest(act.upTo, left, sight.freeUsd).toDecimalPlaces(2, 1));
      if (usd.lte(0)) return 'nothing-to-give';
      return act.from === null
        ? { kind: 'add-margin', usd }
        : { kind: 'transfer', from: act.from, usd };
    }
    case 'reduce': {
      if (left.lte(0)) return 'day-spent';
      const notional = sight.leg?.notionalUsd ?? null;
      if (notional === null || notional.lte(0)) return 'not-known';
      const usd = asUsd(smallest(notional.times(act.share), left));
      return { kind: 'reduce', share: asRatio(usd.div(notional)), usd };
    }
    case 'lock-profit': {
      const price = lockedPrice(sight, act.share);
      return price === null ? 'not-known' : { kind: 'stop', price };
    }
    default:
      return unreachable(act);
  }
}

/** Between entry and mark, so that this share of the way is kept. */
function lockedPrice({ leg }: PlanSight, share: Ratio): Price | null {
  if (leg === null || leg.entryPrice === null || leg.markPrice === null) return null;
  const { entryPrice, markPrice } = leg;
  return asPrice(entryPrice.plus(markPrice.minus(entryPrice).times(share)));
}

function smallest(first: Decimal, ...others: readonly Decimal[]): Decimal {
  return others.reduce((least, each) => (each.lt(least) ? each : least), first);
}

/** Profit as a share of the entry price; negative is a loss. */
export function profitShare(
  side: Side,
  {
    entryPrice,
    markPrice,
  }: { readonly entryPrice: Price | null; readonly markPrice: Price | null },
): Ratio | null {
  if (entryPrice === null || markPrice === null || entryPrice.lte(0)) return null;
  const rise = markPrice.minus(entryPrice).div(entryPrice);
  return asRatio(side === 'long' ? rise : rise.times(ONE.neg()));
}
