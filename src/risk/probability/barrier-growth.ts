/** What moves an isolated position's liquidation price as funding is paid out of, or into, its margin. */
export interface FundedBarrier {
  readonly side: 'long' | 'short';
  readonly mark: number;
  readonly barrier: number;
  /** Signed, over a year: positive is paid by longs. */
  readonly fundingAnnual: number;
  /** Maintenance rate of the bracket. */
  readonly maintenanceRate: number;
}

/**
 * Log growth of the liquidation price per year: rate × mark ÷ (barrier × (1 − s·m)), s = ±1. Positive
 * funding lifts it on both sides: towards the price of a long, away from that of a short.
 */
export function barrierGrowth(funded: FundedBarrier): number {
  const sign = funded.side === 'long' ? 1 : -1;
  return (
    (funded.fundingAnnual * funded.mark) / (funded.barrier * (1 - sign * funded.maintenanceRate))
  );
}
