import type { AccountMargin } from '../../../domain/account.ts';
import { type Decimal, ONE } from '../../../domain/decimal.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { asUsd, type Usd } from '../../../domain/units.ts';
import { figure, instant, payloadOf } from './fields.ts';
import { SETTLE } from './instrument-of.ts';

/** Whether positions are margined one by one or from one pool; null: the venue did not say. */
export type ZtdxMarginMode = 'isolated' | 'unified';

export interface UnifiedAccount {
  readonly margin: AccountMargin;
  readonly mode: ZtdxMarginMode | null;
  /** Available and frozen USDT, without PnL. */
  readonly wallet: Decimal | null;
}

/**
 * `/api/v1/unified/account` (venue notes, section 5). Amounts are USDT, which counts as one dollar.
 * An error names the field: without an equity this is no account, and a figure that is no number
 * spoils the whole answer, since it has no row of its own to be reported by.
 */
export function parseAccount(body: unknown, observedAt: number): Result<UnifiedAccount, string> {
  const fields = payloadOf(body);
  if (fields === null) return err('account');
  const faults: string[] = [];
  const amount = (name: string) => figure(fields, name, (field) => faults.push(field));
  const equity = amount('total_equity');
  if (equity === null) return err('total_equity');
  const ratio = amount('uni_mmr');
  const wallet = amount('wallet_balance');
  const margin: AccountMargin = {
    equityUsd: asUsd(equity),
    availableUsd: usd(amount('available_balance')),
    initialMarginUsd: usd(amount('total_initial_margin')),
    orderMarginUsd: null,
    maintenanceMarginUsd: usd(amount('total_maintenance_margin')),
    // Equity ÷ maintenance (the venue's definition), so 1 is where nothing is left above it.
    venueRatio: ratio && { name: 'uni_mmr', value: ratio, direction: 'down', liquidatesAt: ONE },
    venueStatus: word(fields['account_status']),
    pooling: 'account',
    collateral: [{ asset: SETTLE, quantity: equity, venueUsd: asUsd(equity), brackets: null }],
    observedAt,
    venueUpdatedAt: instant(fields['updated_at']),
  };
  return faults[0] === undefined
    ? ok({ margin, mode: modeOf(fields['margin_mode']), wallet })
    : err(faults[0]);
}

function usd(value: Decimal | null): Usd | null {
  return value === null ? null : asUsd(value);
}

/** A state's name, not a sentence: the venue's prose is not passed on. */
function word(raw: unknown): string | null {
  return typeof raw === 'string' && /^\w{1,32}$/.test(raw) ? raw : null;
}

function modeOf(raw: unknown): ZtdxMarginMode | null {
  return raw === 'isolated' || raw === 'unified' ? raw : null;
}
