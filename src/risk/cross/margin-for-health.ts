import type { Decimal } from '../../domain/decimal.ts';

export interface HealthTarget {
  /** What is required now, in the currency of the answer. */
  readonly maintenance: Decimal;
  readonly pnl: Decimal;
  /** Equity ÷ maintenance to reach. */
  readonly target: Decimal;
}

/** The margin, PnL apart, that gives this health factor at the mark: target × maintenance − PnL. */
export function marginForHealth({ maintenance, pnl, target }: HealthTarget): Decimal {
  return maintenance.times(target).minus(pnl);
}
