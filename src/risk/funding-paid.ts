import type { Decimal } from '../domain/decimal.ts';
import { ONE, ZERO } from '../domain/decimal.ts';
import type { Position } from '../domain/position.ts';
import type { Usd } from '../domain/units.ts';
import { asUsd } from '../domain/units.ts';
import { fundingPayment } from './funding.ts';
import { notionalUsd } from './notional.ts';

/** A rate that was settled; positive is paid by longs. */
interface SettledRate {
  readonly paidAt: number;
  readonly rate: Decimal;
}

/**
 * What the position paid in funding from `from` on, received is negative: the settled rates on today's
 * size and mark. An estimate, since size and mark were others then. Null without its value or its rates.
 */
export function fundingPaidUsd(
  position: Position,
  payments: readonly SettledRate[] | undefined,
  from: number,
): Usd | null {
  const value = notionalUsd(position);
  if (value === null || payments === undefined) return null;
  const rate = payments
    .filter(({ paidAt }) => paidAt >= from)
    .reduce((sum: Decimal, payment) => sum.plus(payment.rate), ZERO);
  return asUsd(fundingPayment({ side: position.side, size: value, price: ONE, rate }).neg());
}
