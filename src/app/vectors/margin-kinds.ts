import type { Decimal } from '../../domain/decimal.ts';
import { ONE, ZERO } from '../../domain/decimal.ts';
import type { Instrument, MaintenanceTier } from '../../domain/instrument.ts';
import { initialMargin } from '../../risk/initial-margin.ts';
import { continuousTiers, maintenanceOf, nextDeduction, tierAt } from '../../risk/maintenance.ts';
import {
  bybitEquity,
  collateralValue,
  healthFactor,
  marginRate,
  requirementWithFee,
  riskUse,
} from '../../risk/margin-ratio.ts';
import { settleValue } from '../../risk/notional.ts';
import { pnlRatio, unrealizedPnl } from '../../risk/pnl.ts';
import { contractsSize, openTier, sideOf } from './leg-of.ts';
import type { Evaluate, Got, Inputs, Vector, VectorContext } from './vector.ts';
import { decimalList, decimalOf, decimalsOf, recordList } from './vector.ts';

export const marginKinds: ReadonlyMap<string, Evaluate> = new Map<string, Evaluate>([
  ['upnl_linear', ({ inputs }) => pnl(inputs, 'linear')],
  ['upnl_inverse', ({ inputs }) => pnl(inputs, 'inverse')],
  [
    'upl_ratio',
    ({ inputs }) => withAll(inputs, ['upl', 'margin'], (v) => pnlRatio(v.upl, v.margin)),
  ],
  ['notional_inverse', ({ inputs }) => inverseNotional(inputs)],
  ['maint_margin', ({ inputs }) => maintenance(inputs, 'linear')],
  ['maint_margin_tiered', ({ inputs }) => maintenance(inputs, 'linear')],
  ['maint_margin_inverse', ({ inputs }) => maintenance(inputs, 'inverse')],
  ['maintenance_amount', ({ inputs }) => deduction(inputs)],
  ['maintenance_amount_lookup', ({ inputs }) => tierOf(inputs, 'position_coin')?.deduction],
  ['maintenance_rate_lookup', rateLookup],
  ['init_margin', ({ inputs }) => initial(inputs, 'linear')],
  ['init_margin_inverse', ({ inputs }) => initial(inputs, 'inverse')],
  ['health_factor', ({ inputs }) => health(inputs)],
  ['health_factor_seed', ({ inputs }) => health(inputs)],
  [
    'margin_rate',
    ({ inputs }) =>
      withAll(inputs, ['collateral', 'entry_notional'], (v) =>
        marginRate(v.collateral, v.entry_notional),
      ),
  ],
  [
    'margin_ratio',
    ({ inputs }) =>
      withAll(inputs, ['total_maint', 'total_margin_balance'], (v) =>
        riskUse(v.total_maint, v.total_margin_balance),
      ),
  ],
  ['account_mm_rate', ({ inputs }) => accountMaintenanceRate(inputs)],
  ['margin_ratio_isolated', ({ inputs }) => isolatedRatio(inputs)],
  [
    'margin_ratio_cross',
    ({ inputs }) =>
      withAll(inputs, ['adj_equity', 'maint_total', 'liq_fee_total'], (v) =>
        healthFactor(v.adj_equity, v.maint_total.plus(v.liq_fee_total)),
      ),
  ],
  [
    'collateral_value',
    ({ inputs }) =>
      withAll(inputs, ['qty', 'price', 'rate'], (v) => collateralValue(v.qty, v.price, v.rate)),
  ],
  ['uni_mmr', ({ inputs }) => uniMmr(inputs)],
]);

function withAll<Name extends string>(
  inputs: Inputs,
  names: readonly Name[],
  evaluate: (values: Readonly<Record<Name, Decimal>>) => Got,
): Got | undefined {
  const values = decimalsOf(inputs, ...names);
  return values === null ? undefined : evaluate(values);
}

function pnl(inputs: Inputs, kind: Instrument['kind']): Got | undefined {
  const side = sideOf(inputs);
  const size = contractsSize(inputs) ?? decimalOf(inputs, 'size', 'usd');
  if (side === null || size === null) return undefined;
  return withAll(inputs, ['entry', 'mark'], (v) =>
    unrealizedPnl({ kind, side, size, entry: v.entry, mark: v.mark }),
  );
}

/** In coin; a vector that asks for dollars too records the mistake of multiplying instead. */
function inverseNotional(inputs: Inputs): Got | undefined {
  const at = decimalOf(inputs, 'mark', 'entry');
  if (at === null) return undefined;
  return withAll(inputs, ['contracts_usd'], (v) => settleValue('inverse', v.contracts_usd, at));
}

function valueIn(inputs: Inputs, kind: Instrument['kind']): Decimal | null {
  const given = decimalOf(inputs, 'notional', 'value');
  if (given !== null) return given;
  const size = contractsSize(inputs) ?? decimalOf(inputs, 'size', 'usd');
  const at = decimalOf(inputs, 'mark', 'entry');
  return size === null || at === null ? null : settleValue(kind, size, at);
}

function maintenance(inputs: Inputs, kind: Instrument['kind']): Got | undefined {
  const value = valueIn(inputs, kind);
  const rate = decimalOf(inputs, 'mmr');
  if (value === null || rate === null) return undefined;
  return maintenanceOf([openTier(rate, decimalOf(inputs, 'cum', 'deduction') ?? ZERO)], value);
}

function initial(inputs: Inputs, kind: Instrument['kind']): Got | undefined {
  const value = valueIn(inputs, kind);
  const leverage = decimalOf(inputs, 'leverage');
  return value === null || leverage === null ? undefined : initialMargin(value, leverage);
}

/** Brackets given as floors and rates; null when they are not. */
export function tableOf(inputs: Inputs): readonly MaintenanceTier[] | null {
  const floors = decimalList(inputs['floors']);
  const rates = decimalList(inputs['rates']);
  if (floors === null || rates === null || floors.length !== rates.length) return null;
  return continuousTiers(floors.map((floor, index) => ({ floor, rate: rates[index] ?? ZERO })));
}

function tierOf(inputs: Inputs, name: string): MaintenanceTier | undefined {
  const tiers = tableOf(inputs);
  const value = decimalOf(inputs, name);
  return tiers === null || value === null ? undefined : (tierAt(tiers, value) ?? undefined);
}

function deduction(inputs: Inputs): Got | undefined {
  const tiers = tableOf(inputs);
  const level = decimalOf(inputs, 'level');
  if (tiers !== null && level !== null) {
    return tiers.find((_, index) => level.eq(index + 1))?.deduction;
  }
  return withAll(inputs, ['floor', 'rate', 'prev_rate', 'prev_cum'], (v) =>
    nextDeduction({
      floor: v.floor,
      rate: v.rate,
      previousRate: v.prev_rate,
      previousDeduction: v.prev_cum,
    }),
  );
}

/** The table is named, not given: it is the one of the venue's maintenance_amount vectors. */
function rateLookup({ inputs, venue }: Vector, { all }: VectorContext): Got | undefined {
  const tables = all
    .filter((other) => other.venue === venue && other.kind === 'maintenance_amount')
    .map((other) => other.inputs)
    .filter((other) => tableOf(other) !== null);
  const table = tables[0];
  return table === undefined ? undefined : tierOf({ ...table, ...inputs }, 'notional')?.rate;
}

function health(inputs: Inputs): Got | undefined {
  const collateral = decimalOf(inputs, 'collateral');
  const required = decimalOf(inputs, 'maint') ?? requiredBy(inputs);
  const size = decimalOf(inputs, 'size');
  const entry = decimalOf(inputs, 'entry');
  const mark = decimalOf(inputs, 'mark');
  if (collateral === null || required === null) return undefined;
  const gain =
    decimalOf(inputs, 'upnl') ??
    (size !== null && entry !== null && mark !== null
      ? unrealizedPnl({ kind: 'linear', side: sideOf(inputs) ?? 'long', size, entry, mark })
      : ZERO);
  return healthFactor(collateral.plus(gain), required);
}

function requiredBy(inputs: Inputs): Decimal | null {
  const at = decimalOf(inputs, inputs['mm_basis'] === 'entry' ? 'entry' : 'mark');
  const given = decimalsOf(inputs, 'size', 'mmr');
  if (at === null || given === null) return null;
  return maintenanceOf([openTier(given.mmr, ZERO)], settleValue('linear', given.size, at));
}

function accountMaintenanceRate(inputs: Inputs): Got | undefined {
  return withAll(inputs, ['total_maint', 'margin_balance', 'haircut_loss', 'order_loss'], (v) =>
    riskUse(
      v.total_maint,
      bybitEquity({
        marginBalance: v.margin_balance,
        haircutLoss: v.haircut_loss,
        orderLoss: v.order_loss,
      }),
    ),
  );
}

function isolatedRatio(inputs: Inputs): Got | undefined {
  return withAll(inputs, ['margin', 'upl', 'maint', 'taker_fee', 'position_value'], (v) =>
    healthFactor(v.margin.plus(v.upl), requirementWithFee(v.maint, v.position_value, v.taker_fee)),
  );
}

function uniMmr(inputs: Inputs): Got | undefined {
  const items = recordList(inputs['equity_items'])?.map((item) =>
    decimalsOf(item, 'qty', 'price', 'collateral_rate'),
  );
  const required = decimalOf(inputs, 'mm_usd');
  if (required === null || !items?.every((item) => item !== null)) return undefined;
  const equity = items.reduce(
    (sum, item) => sum.plus(collateralValue(item.qty, item.price, item.collateral_rate ?? ONE)),
    ZERO,
  );
  return healthFactor(equity, required);
}
