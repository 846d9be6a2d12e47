import type { Decimal } from '../../domain/decimal.ts';
import { ONE, ZERO } from '../../domain/decimal.ts';
import type { MaintenanceTier } from '../../domain/instrument.ts';
import { isDollar } from '../../domain/money.ts';
import type { Position } from '../../domain/position.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import { asRatio } from '../../domain/units.ts';
import { maintenanceOf, valueTiers } from '../maintenance.ts';
import { marginProfile } from '../margin-profile.ts';
import { settleValue, sizeOf } from '../notional.ts';
import type { LiveCoin, LivePool } from './live-pool.ts';
import type { MarginPool, Move, PoolCoin, PoolLeg } from './margin-pool.ts';
import { poolHealth } from './pool-health.ts';

/** Why a leg that would move cannot be followed. */
export type LegMissing = 'no-mark' | 'no-tiers' | 'no-fee' | 'no-entry' | 'not-dollars';

const NOWHERE: Move = new Map();

/**
 * The pool with the parts that this move touches laid open and all the rest as fixed sums, so that equity
 * and requirement now are exactly the live ones. Two pools where the haircut of a moving coin is only
 * known between two rates: the nearer death of the two is the safe one.
 */
export function movedPools(live: LivePool, move: Move): Result<readonly MarginPool[], LegMissing> {
  const legs: PoolLeg[] = [];
  for (const position of live.positions) {
    if (!move.has(position.instrument.asset)) continue;
    const leg = poolLeg(position);
    if (!leg.ok) return leg;
    legs.push(leg.value);
  }
  const touched = live.coins.filter(
    ({ coin }) => (move.has(coin) && !isDollar(coin)) || legs.some(({ settle }) => settle === coin),
  );
  const isSure = touched.every(
    ({ haircut }) => haircut.kind === 'brackets' || haircut.low.eq(haircut.high),
  );
  const ends = isSure ? (['low'] as const) : (['low', 'high'] as const);
  return ok(
    ends.map((end) =>
      settled(
        live,
        legs,
        touched.map((coin) => poolCoin(coin, end)),
      ),
    ),
  );
}

function poolCoin({ coin, price, quantity, haircut }: LiveCoin, end: 'low' | 'high'): PoolCoin {
  const brackets =
    haircut.kind === 'brackets' ? haircut.brackets : [{ floor: ZERO, rate: asRatio(haircut[end]) }];
  return { coin, price, quantity, brackets };
}

function settled(live: LivePool, legs: readonly PoolLeg[], coins: readonly PoolCoin[]): MarginPool {
  const { liquidatesAt } = live.rules;
  const open = { fixedEquityUsd: ZERO, fixedRequiredUsd: ZERO, liquidatesAt, coins, legs };
  const parts = poolHealth(open, NOWHERE, ONE);
  return {
    ...open,
    fixedEquityUsd: live.equityUsd.minus(parts.equityUsd),
    fixedRequiredUsd: live.requiredUsd.minus(parts.requiredUsd),
  };
}

function poolLeg(position: Position): Result<PoolLeg, LegMissing> {
  const { instrument, contracts, markPrice, entryPrice, side, venue } = position;
  const { asset, settle, kind } = instrument;
  if (!isDollar(instrument.quote) || (kind === 'linear' && !isDollar(settle))) {
    return err('not-dollars');
  }
  if (markPrice === null || markPrice.lte(0)) return err('no-mark');
  const size = sizeOf(contracts, instrument.contractSize);
  const value = settleValue(kind, size, markPrice);
  const tiers = valueTiers(instrument, contracts);
  if (tiers === null) return err('no-tiers');
  const profile = marginProfile(venue);
  const fee = profile.closingFee === 'added' ? instrument.takerFee : ZERO;
  if (fee === null) return err('no-fee');
  const leg = { asset, settle, kind, side, value, tiers, closingFee: fee };
  if (profile.maintenanceOn === 'mark') return ok(leg);
  if (entryPrice === null || entryPrice.lte(0)) return err('no-entry');
  const atEntry = maintenanceOf(tiers, settleValue(kind, size, entryPrice)) ?? ZERO;
  return ok({ ...leg, tiers: unmoved(atEntry) });
}

/** A requirement that stays what it is whatever the value. */
function unmoved(amount: Decimal): readonly MaintenanceTier[] {
  return [{ floor: ZERO, cap: null, rate: asRatio(ZERO), deduction: amount.neg() }];
}
