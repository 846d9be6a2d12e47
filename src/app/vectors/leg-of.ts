import type { Decimal } from '../../domain/decimal.ts';
import { ONE, ZERO } from '../../domain/decimal.ts';
import type { MaintenanceTier } from '../../domain/instrument.ts';
import type { Side } from '../../domain/position.ts';
import { asRatio } from '../../domain/units.ts';
import { initialMargin, reservedMargin } from '../../risk/initial-margin.ts';
import type { IsolatedLeg } from '../../risk/isolated-liquidation.ts';
import { settleValue, sizeOf } from '../../risk/notional.ts';
import type { Inputs } from './vector.ts';
import { decimalOf, decimalsOf } from './vector.ts';

export type LegRules = Pick<IsolatedLeg, 'kind' | 'profile'>;

/** The isolated leg a vector describes under whatever names it uses; null when something is missing. */
export function legOf(inputs: Inputs, rules: LegRules): IsolatedLeg | null {
  const side = sideOf(inputs);
  const size = sizeIn(inputs);
  const entry = decimalOf(inputs, 'entry') ?? entryFromValue(inputs);
  const tiers = tiersOf(inputs);
  if (side === null || entry === null || tiers === null) return null;
  const takerFee = decimalOf(inputs, 'taker_fee') ?? ZERO;
  const bare = { ...rules, side, size, entry, tiers, takerFee };
  const margin = marginOf(inputs, bare);
  return margin === null ? null : { ...bare, margin };
}

export function sideOf(inputs: Inputs): Side | null {
  const side = inputs['side'];
  return side === 'long' || side === 'short' ? side : null;
}

/** One unit where a vector is about a price alone. */
function sizeIn(inputs: Inputs): Decimal {
  const byContract = contractsSize(inputs);
  return byContract ?? decimalOf(inputs, 'size', 'usd') ?? ONE;
}

export function contractsSize(inputs: Inputs): Decimal | null {
  const contracts = decimalOf(inputs, 'contracts');
  const contractSize = decimalOf(inputs, 'ct_val', 'contract_size');
  return contracts === null || contractSize === null ? null : sizeOf(contracts, contractSize);
}

function entryFromValue(inputs: Inputs): Decimal | null {
  const given = decimalsOf(inputs, 'open_value', 'size');
  return given === null ? null : given.open_value.div(given.size);
}

function tiersOf(inputs: Inputs): readonly MaintenanceTier[] | null {
  if (Array.isArray(inputs['tiers'])) return tierTable(inputs['tiers']);
  const rate = decimalOf(inputs, 'mmr');
  if (rate === null) return null;
  return [openTier(rate, decimalOf(inputs, 'deduction', 'cum', 'mm_amount') ?? ZERO)];
}

/** One bracket for every value. */
export function openTier(rate: Decimal, deduction: Decimal): MaintenanceTier {
  return { floor: ZERO, cap: null, rate: asRatio(rate), deduction };
}

/** Rows of [floor, rate, deduction]. */
function tierTable(rows: readonly unknown[]): readonly MaintenanceTier[] | null {
  const parsed = rows.map((row) =>
    Array.isArray(row) ? decimalsOf({ ...row }, '0', '1', '2') : null,
  );
  if (!parsed.every((row) => row !== null)) return null;
  return parsed.map((row, index) => ({
    floor: row[0],
    rate: asRatio(row[1]),
    deduction: row[2],
    cap: parsed[index + 1]?.[0] ?? null,
  }));
}

const MARGIN_NAMES = [
  'collateral',
  'margin',
  'isolated_margin',
  'position_margin',
  'assigned_balance',
  'wallet',
  'wallet_coin',
  'balance',
] as const;

function marginOf(inputs: Inputs, leg: Omit<IsolatedLeg, 'margin'>): Decimal | null {
  const given = decimalOf(inputs, ...MARGIN_NAMES);
  if (given !== null) return given;
  const leverage = decimalOf(inputs, 'leverage');
  if (leverage === null) return null;
  const extra = decimalOf(inputs, 'extra_margin') ?? ZERO;
  if (leg.profile.closingFee === 'reserved') {
    return reservedMargin({ ...leg, leverage, extra, closingFee: leg.takerFee });
  }
  return initialMargin(settleValue(leg.kind, leg.size, leg.entry), leverage).plus(extra);
}
