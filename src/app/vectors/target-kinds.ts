import type { Decimal } from '../../domain/decimal.ts';
import { ONE, ZERO } from '../../domain/decimal.ts';
import { keepValue } from '../../risk/cross/keep-value.ts';
import { marginForHealth } from '../../risk/cross/margin-for-health.ts';
import { marginForLiquidation } from '../../risk/cross/margin-for-liquidation.ts';
import { marginToLeave } from '../../risk/cross/margin-to-leave.ts';
import type { IsolatedLeg } from '../../risk/isolated-liquidation.ts';
import { maintenanceOf } from '../../risk/maintenance.ts';
import { collateralValue, healthFactor, riskUse } from '../../risk/margin-ratio.ts';
import { settleValue } from '../../risk/notional.ts';
import { unrealizedPnl } from '../../risk/pnl.ts';
import { legOf, openTier } from './leg-of.ts';
import { tableOf } from './margin-kinds.ts';
import type { Evaluate, Got, Inputs, VectorContext } from './vector.ts';
import { decimalOf, decimalsOf, recordList } from './vector.ts';

/** How much margin or size reaches a target. */
export const targetKinds: ReadonlyMap<string, Evaluate> = new Map<string, Evaluate>([
  ['margin_to_reach_liq_price', ({ inputs }, context) => marginForPrice(inputs, context)],
  ['margin_to_reach_health_factor', ({ inputs }, context) => marginFor(inputs, context)],
  ['size_to_reach_health_factor', ({ inputs }, context) => sizeFor(inputs, context)],
  ['delever_to_requirement', ({ inputs }) => delever(inputs)],
  ['base_to_cover_margin_shortage', ({ inputs }) => cover(inputs)],
  ['transfer_margin_required', ({ inputs }) => leave(inputs)],
  ['health_factor_lending', ({ inputs }) => lending(inputs)],
  ['health_percent', ({ inputs }) => percent(inputs)],
]);

const LARGE = 1_000_000;
const PLAIN: IsolatedLeg['profile'] = { maintenanceOn: 'mark', closingFee: 'none' };

interface Held extends IsolatedLeg {
  /** As the vector has it; zero where it asks for a margin from nothing. */
  readonly margin: Decimal;
}

/** The bracket table may be named, not given: it is the one of the maintenance_amount vectors. */
function heldIn(inputs: Inputs, { all }: VectorContext): Held | null {
  const kind = 'usd' in inputs ? 'inverse' : 'linear';
  const leg = legOf({ margin: '0', mmr: '0', ...inputs }, { kind, profile: PLAIN });
  if (leg === null || typeof inputs['tiers'] !== 'string') return leg;
  const tables = all.filter((other) => other.kind === 'maintenance_amount');
  const table = tables.map((other) => tableOf(other.inputs)).find((tiers) => tiers !== null);
  return table ? { ...leg, tiers: table } : null;
}

function marginForPrice(inputs: Inputs, context: VectorContext): Got | undefined {
  const held = heldIn(inputs, context);
  const target = decimalOf(inputs, 'target_liq');
  if (held === null || target === null) return undefined;
  const required = marginForLiquidation(held, target);
  if (held.kind === 'inverse') return { required_margin_coin: required };
  return { required_margin: required, delta: required?.minus(held.margin) ?? null };
}

function atMark(held: Held, mark: Decimal) {
  const value = settleValue(held.kind, held.size, mark);
  return {
    value,
    pnl: unrealizedPnl({ ...held, mark }),
    maintenance: maintenanceOf(held.tiers, value) ?? ZERO,
  };
}

function marginFor(inputs: Inputs, context: VectorContext): Got | undefined {
  const held = heldIn(inputs, context);
  const given = decimalsOf(inputs, 'mark', 'target_hf');
  if (held === null || given === null) return undefined;
  const { pnl, maintenance } = atMark(held, given.mark);
  const required = marginForHealth({ maintenance, pnl, target: given.target_hf });
  return {
    required_margin: required,
    delta: required.minus(held.margin),
    hf_before: healthFactor(held.margin.plus(pnl), maintenance),
  };
}

function sizeFor(inputs: Inputs, context: VectorContext): Got | undefined {
  const held = heldIn(inputs, context);
  const given = decimalsOf(inputs, 'mark', 'target_hf', 'close_fee');
  if (held === null || given === null) return undefined;
  const { value, pnl } = atMark(held, given.mark);
  const kept = keepValue({
    equity: held.margin.plus(pnl),
    value,
    tiers: held.tiers,
    otherMaintenance: ZERO,
    target: given.target_hf,
    closingFee: given.close_fee,
  });
  const size = kept?.div(given.mark) ?? null;
  return { keep_size: size, close_size: size === null ? null : held.size.minus(size) };
}

/** A requirement on what is invested is a maintenance rate, to be met exactly. */
function delever(inputs: Inputs): Got | undefined {
  const given = decimalsOf(inputs, 'equity', 'invested', 'requirement');
  if (given === null) return undefined;
  return keepValue({
    equity: given.equity,
    value: given.invested,
    tiers: [openTier(given.requirement, ZERO)],
    otherMaintenance: ZERO,
    target: ONE,
    closingFee: ZERO,
  });
}

/** How much to close so that a shortage is gone, whatever the size: of a position large enough. */
function cover(inputs: Inputs): Got | undefined {
  const given = decimalsOf(inputs, 'shortage', 'margin_ratio', 'oracle', 'quote_oracle', 'liq_fee');
  if (given === null || decimalOf(inputs, 'if_fee')?.isZero() !== true) return undefined;
  const price = given.oracle.times(given.quote_oracle);
  const value = price.times(LARGE);
  const kept = keepValue({
    equity: value.times(given.margin_ratio).minus(given.shortage),
    value,
    tiers: [openTier(given.margin_ratio, ZERO)],
    otherMaintenance: ZERO,
    target: ONE,
    closingFee: given.liq_fee,
  });
  return kept === null ? null : value.minus(kept).div(price);
}

function leave(inputs: Inputs): Got | undefined {
  const given = decimalsOf(inputs, 'initial_margin', 'total_position_value');
  return given === null
    ? undefined
    : marginToLeave(given.initial_margin, given.total_position_value);
}

/** A loan is the requirement, its threshold the haircut. */
function lending(inputs: Inputs): Got | undefined {
  const debt = decimalOf(inputs, 'debt');
  const rows = recordList(inputs['collaterals'])?.map((row) =>
    decimalsOf(row, 'value', 'threshold'),
  );
  if (debt === null || !rows?.every((row) => row !== null)) return undefined;
  const counted = rows.reduce(
    (sum, { value, threshold }) => sum.plus(collateralValue(value, ONE, threshold)),
    ZERO,
  );
  return healthFactor(counted, debt);
}

/** Drift's health: what of the collateral the requirement leaves, in percent. */
function percent(inputs: Inputs): Got | undefined {
  const given = decimalsOf(inputs, 'total_collateral', 'maint');
  if (given === null) return undefined;
  const used = riskUse(given.maint, given.total_collateral);
  return used === null ? null : ONE.minus(used).times(100);
}
