import { ZERO } from '../../domain/decimal.ts';
import type { Instrument } from '../../domain/instrument.ts';
import { isDollar } from '../../domain/money.ts';
import type { Position } from '../../domain/position.ts';
import type { Result } from '../../domain/result.ts';
import { ok } from '../../domain/result.ts';
import type { Handle } from '../../domain/units.ts';
import { asRatio } from '../../domain/units.ts';
import { weightTiers } from '../cross/collateral-weight.ts';
import type { LiveCoin, LivePool } from '../cross/live-pool.ts';
import type { PoolCoin, PoolLeg } from '../cross/margin-pool.ts';
import type { LegMissing } from '../cross/moved-pools.ts';
import { movedPools } from '../cross/moved-pools.ts';
import { poolHealth } from '../cross/pool-health.ts';
import { liquidationRule } from './liquidation-rule.ts';
import { jumpsIn, stepsOf } from './steps.ts';
import type { ExactPool, StressCoin, StressLeg, StressPool } from './stress-book.ts';

/** Numbers given to names as they turn up. */
export interface Places {
  readonly assets: Map<string, number>;
  readonly dollars: Map<string, number>;
  readonly handles: ReadonlyMap<Position, Handle>;
  legs: number;
}

/** A pool before it has a place in the book. */
export type PoolDraft = Omit<StressPool, 'index' | 'account'>;

/** What live pools become: laid open to every price at once, exact and as plain numbers. */
export function draftPool(
  live: LivePool,
  kind: 'cross' | 'isolated',
  places: Places,
): Result<PoolDraft, LegMissing> {
  const legs = openLegs(live);
  if (!legs.ok) return legs;
  const halved = openLegs({ ...live, positions: live.positions.map(withHalvedLimits) });
  if (!halved.ok) return halved;
  const explained = exactPool(live, legs.value, halved.value);
  // An isolated position is judged by its brackets alone, as its liquidation price is.
  const exact = kind === 'cross' ? explained : { ...explained, fixedRequiredUsd: ZERO };
  const coins = live.coins.map((coin) => stressCoin(coin, places));
  const names = live.coins.map(({ coin }) => coin);
  return ok({
    kind,
    coins,
    legs: legs.value.map((leg, index) =>
      stressLeg(
        { leg, halved: halved.value[index] ?? leg, coin: names.indexOf(leg.settle) },
        {
          position: live.positions[index],
          places,
        },
      ),
    ),
    restUsd: 0,
    fixedRequiredUsd: exact.fixedRequiredUsd.toNumber(),
    liquidatesAt: exact.liquidatesAt.toNumber(),
    ends: exact.ends.map(({ fixedEquityUsd, brackets }) => ({
      fixedEquityUsd: fixedEquityUsd.toNumber(),
      weights: brackets.map((each) => stepsOf(weightTiers(each))),
    })),
    rule: liquidationRule(live.positions[0]?.venue ?? ''),
    exact,
  });
}

function openLegs(live: LivePool): Result<readonly PoolLeg[], LegMissing> {
  const moved = movedPools(live, everything(live));
  if (!moved.ok) return moved;
  return ok(moved.value[0]?.legs ?? []);
}

function everything(live: LivePool): ReadonlyMap<string, typeof ZERO> {
  return new Map(live.positions.map(({ instrument }) => [instrument.asset, ZERO]));
}

/** Equity and requirement now are exactly the live ones; what legs and coins do not explain is fixed. */
function exactPool(
  live: LivePool,
  legs: readonly PoolLeg[],
  halved: readonly PoolLeg[],
): ExactPool {
  const { liquidatesAt } = live.rules;
  const isSure = live.coins.every(
    ({ haircut }) => haircut.kind === 'brackets' || haircut.low.eq(haircut.high),
  );
  const sides = isSure ? (['low'] as const) : (['low', 'high'] as const);
  const parts = sides.map((side) => {
    const coins = live.coins.map((coin) => poolCoin(coin, side));
    const open = { fixedEquityUsd: ZERO, fixedRequiredUsd: ZERO, liquidatesAt, coins, legs };
    return { coins, health: poolHealth(open, new Map(), ZERO) };
  });
  const required = parts[0]?.health.requiredUsd ?? ZERO;
  return {
    legs,
    halved,
    coins: live.coins,
    liquidatesAt,
    fixedRequiredUsd: live.requiredUsd.minus(required),
    ends: parts.map(({ coins, health }) => ({
      fixedEquityUsd: live.equityUsd.minus(health.equityUsd),
      brackets: coins.map(({ brackets }) => brackets),
    })),
  };
}

function poolCoin({ coin, price, quantity, haircut }: LiveCoin, end: 'low' | 'high'): PoolCoin {
  const brackets =
    haircut.kind === 'brackets' ? haircut.brackets : [{ floor: ZERO, rate: asRatio(haircut[end]) }];
  return { coin, price, quantity, brackets };
}

function stressLeg(
  { leg, halved, coin }: { leg: PoolLeg; halved: PoolLeg; coin: number },
  { position, places }: { position: Position | undefined; places: Places },
): StressLeg {
  const index = places.legs;
  places.legs += 1;
  const entry = position?.entryPrice ?? null;
  const mark = position?.markPrice ?? null;
  return {
    index,
    handle: (position === undefined ? '' : (places.handles.get(position) ?? '')) as Handle,
    asset: placeOf(places.assets, leg.asset),
    coin,
    isLinear: leg.kind === 'linear',
    sign: leg.side === 'long' ? 1 : -1,
    side: leg.side,
    value: leg.value.toNumber(),
    steps: stepsOf(leg.tiers),
    halved: stepsOf(halved.tiers),
    jumps: jumpsIn(stepsOf(leg.tiers)),
    closingFee: leg.closingFee.toNumber(),
    takerFee: position?.instrument.takerFee?.toNumber() ?? null,
    markOverEntry: entry?.gt(0) && mark !== null ? mark.div(entry).toNumber() : null,
  };
}

export function stressCoin(
  { coin, price, quantity }: Pick<LiveCoin, 'coin' | 'price' | 'quantity'>,
  places: Places,
): StressCoin {
  const isDollars = isDollar(coin);
  const place = placeOf(isDollars ? places.dollars : places.assets, coin);
  return {
    coin,
    place,
    isDollar: isDollars,
    price: price.toNumber(),
    quantity: quantity.toNumber(),
  };
}

function placeOf(names: Map<string, number>, name: string): number {
  const known = names.get(name);
  if (known !== undefined) return known;
  names.set(name, names.size);
  return names.size - 1;
}

function withHalvedLimits(position: Position): Position {
  const { instrument } = position;
  const tiers =
    instrument.tiers?.map(({ floor, cap, rate, deduction }) => ({
      floor: floor.div(2),
      cap: cap === null ? null : cap.div(2),
      rate,
      deduction: deduction.div(2),
    })) ?? null;
  const changed: Instrument = { ...instrument, tiers };
  return { ...position, instrument: changed };
}
