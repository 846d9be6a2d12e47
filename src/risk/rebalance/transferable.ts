import type { Decimal } from '../../domain/decimal.ts';
import { Decimal as D, dec, ZERO } from '../../domain/decimal.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import type { Usd } from '../../domain/units.ts';
import { asUsd } from '../../domain/units.ts';
import type { AccountRisk } from '../account-risk.ts';
import { notionalUsd } from '../notional.ts';

/** Why an account gives nothing although it may take. */
export type SendUnknown = 'no-available' | 'no-initial-margin' | 'no-notional';

const LEFT_BEHIND = dec('0.1');

/** What must stay behind on Hyperliquid: max(initial margin, 10 % of the value of all positions). */
export function transferMarginRequired(initialMargin: Decimal, totalValue: Decimal): Decimal {
  return D.max(initialMargin, totalValue.times(LEFT_BEHIND));
}

/**
 * The most that may leave an account by its venue's word: what the venue calls available, and on
 * Hyperliquid no more than leaves what must stay behind. Never below zero. Whatever is missing is named.
 */
export function transferableUsd(account: AccountRisk): Result<Usd, SendUnknown> {
  const { availableUsd, equityUsd } = account;
  if (availableUsd === null || equityUsd === null) return err('no-available');
  const free = D.max(availableUsd, ZERO);
  if (account.account.account.venue !== 'hyperliquid') return ok(asUsd(free));
  const { initialMarginUsd } = account;
  if (initialMarginUsd === null) return err('no-initial-margin');
  const values = account.account.positions.map(notionalUsd);
  if (!values.every((value) => value !== null)) return err('no-notional');
  const total = values.reduce((sum: Decimal, value) => sum.plus(value), ZERO);
  const left = transferMarginRequired(initialMarginUsd, total);
  return ok(asUsd(D.max(D.min(free, equityUsd.minus(left)), ZERO)));
}
