import type { Decimal } from '../../domain/decimal.ts';
import { ZERO } from '../../domain/decimal.ts';
import type { MaintenanceTier } from '../../domain/instrument.ts';
import { isDollar } from '../../domain/money.ts';
import type { Position } from '../../domain/position.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import { difference, total } from '../../domain/sum.ts';
import { asRatio } from '../../domain/units.ts';
import { maintenanceOf, valueTiers } from '../maintenance.ts';
import { marginProfile } from '../margin-profile.ts';
import { settleValue, sizeOf } from '../notional.ts';
import { markValueOf } from '../position-figures.ts';
import { isPositive } from '../roughly.ts';
import type { LiveCoin, LivePool } from './live-pool.ts';
import type { MarginPool, Move, PoolCoin, PoolLeg } from './margin-pool.ts';
import { countedNow, requiredNow } from './pool-health.ts';

/** Why a leg that would move cannot be followed. */
export type LegMissing = 'no-mark' | 'no-tiers' | 'no-fee' | 'no-entry' | 'not-dollars';

/**
 * The pool with the parts that this move touches laid open and all the rest as fixed sums, so that equity
 * and requirement now are exactly the live ones. Two pools where the haircut of a moving coin is only
 * known between two rates: the nearer death of the two is the safe one.
 */
export function movedPools(live: LivePool, move: Move): Result<readonly MarginPool[], LegMissing> {
  const parts = partsOf(live);
  const legs: OpenLeg[] = [];
  for (const index of placesOf(live, parts, move)) {
    const leg = openLeg(index, live, parts);
    if (!leg.ok) return leg;
    legs.push(leg.value);
  }
  const isTouched = ({ coin }: LiveCoin) =>
    (move.has(coin) && !isDollar(coin)) || legs.some(({ leg }) => leg.settle === coin);
  const touched: { readonly coin: LiveCoin; readonly index: number }[] = [];
  for (let index = 0; index < live.coins.length; index += 1) {
    const coin = live.coins[index] as LiveCoin;
    if (isTouched(coin)) touched.push({ coin, index });
  }
  const isSure = touched.every(
    ({ coin: { haircut } }) => haircut.kind === 'brackets' || haircut.low.eq(haircut.high),
  );
  const ends = isSure ? (['low'] as const) : (['low', 'high'] as const);
  return ok(
    ends.map((end) =>
      settled(
        live,
        legs,
        touched.map(({ coin, index }) => {
          const known = parts[end][index] ?? openCoin(coin, end);
          parts[end][index] = known;
          return known;
        }),
      ),
    ),
  );
}

/** A leg or a coin, and what it requires or counts as it stands, in USD. */
interface OpenLeg {
  readonly leg: PoolLeg;
  readonly requiredUsd: Decimal;
}
interface OpenCoin {
  readonly coin: PoolCoin;
  readonly equityUsd: Decimal;
}

/** By place in the pool; filled as moves ask for them. Every asset's move opens the same dollars. */
interface Parts {
  /** Of positions, by asset. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  readonly legs: Result<OpenLeg, LegMissing>[];
  readonly low: OpenCoin[];
  readonly high: OpenCoin[];
}
const PARTS = new WeakMap<LivePool, Parts>();

function partsOf(live: LivePool): Parts {
  const known = PARTS.get(live);
  if (known !== undefined) return known;
  const places = new Map<string, number[]>();
  for (let index = 0; index < live.positions.length; index += 1) {
    const asset = assetOf(live, index);
    const known = places.get(asset);
    if (known === undefined) places.set(asset, [index]);
    else known.push(index);
  }
  const parts = { places, legs: [], low: [], high: [] };
  PARTS.set(live, parts);
  return parts;
}

function assetOf({ positions }: LivePool, index: number): string {
  return positions[index]?.instrument.asset ?? '';
}

/** In the order of the pool: the order of a sum decides its fortieth digit. */
function placesOf(live: LivePool, { places }: Parts, move: Move): Iterable<number> {
  const [alone, another] = move.keys();
  if (alone === undefined) return [];
  if (another === undefined) return places.get(alone) ?? [];
  return [...live.positions.keys()].filter((index) => move.has(assetOf(live, index)));
}

function openLeg(index: number, live: LivePool, { legs }: Parts): Result<OpenLeg, LegMissing> {
  const known = legs[index];
  if (known !== undefined) return known;
  const leg = poolLeg(live.positions[index] as Position);
  const price = leg.ok ? live.coins.find(({ coin }) => coin === leg.value.settle)?.price : null;
  const opened = leg.ok
    ? ok({ leg: leg.value, requiredUsd: requiredNow(leg.value, price ?? ZERO) })
    : leg;
  legs[index] = opened;
  return opened;
}

function openCoin(live: LiveCoin, end: 'low' | 'high'): OpenCoin {
  const coin = poolCoin(live, end);
  return { coin, equityUsd: countedNow(coin) };
}

function poolCoin({ coin, price, quantity, haircut }: LiveCoin, end: 'low' | 'high'): PoolCoin {
  const brackets =
    haircut.kind === 'brackets' ? haircut.brackets : [{ floor: ZERO, rate: asRatio(haircut[end]) }];
  return { coin, price, quantity, brackets };
}

function settled(live: LivePool, legs: readonly OpenLeg[], coins: readonly OpenCoin[]): MarginPool {
  const equityUsd = total(coins.map((coin) => coin.equityUsd));
  const requiredUsd = total(legs.map((leg) => leg.requiredUsd));
  return {
    fixedEquityUsd: difference(live.equityUsd, equityUsd),
    fixedRequiredUsd: difference(live.requiredUsd, requiredUsd),
    liquidatesAt: live.rules.liquidatesAt,
    coins: coins.map(({ coin }) => coin),
    legs: legs.map(({ leg }) => leg),
  };
}

function poolLeg(position: Position): Result<PoolLeg, LegMissing> {
  const { instrument, contracts, markPrice, entryPrice, side, venue } = position;
  const { asset, settle, kind } = instrument;
  if (!isDollar(instrument.quote) || (kind === 'linear' && !isDollar(settle))) {
    return err('not-dollars');
  }
  const value = markValueOf(position);
  if (value === null || markPrice === null || !isPositive(markPrice)) return err('no-mark');
  const tiers = valueTiers(instrument, contracts);
  if (tiers === null) return err('no-tiers');
  const profile = marginProfile(venue);
  const fee = profile.closingFee === 'added' ? instrument.takerFee : ZERO;
  if (fee === null) return err('no-fee');
  const leg = { asset, settle, kind, side, value, tiers, closingFee: fee };
  if (profile.maintenanceOn === 'mark') return ok(leg);
  if (entryPrice === null || entryPrice.lte(0)) return err('no-entry');
  const size = sizeOf(contracts, instrument.contractSize);
  const atEntry = maintenanceOf(tiers, settleValue(kind, size, entryPrice)) ?? ZERO;
  return ok({ ...leg, tiers: unmoved(atEntry) });
}

/** A requirement that stays what it is whatever the value. */
function unmoved(amount: Decimal): readonly MaintenanceTier[] {
  return [{ floor: ZERO, cap: null, rate: asRatio(ZERO), deduction: amount.neg() }];
}
