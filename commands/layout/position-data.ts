import type { Decimal } from '../../src/domain/decimal.ts';
import type { Money } from '../../src/domain/money.ts';
import { isDollar } from '../../src/domain/money.ts';
import type { JudgedPosition } from '../../src/risk/probability/judge-desk.ts';
import { headlineOf } from '../../src/risk/probability/position-probability.ts';
import { estimateRatio } from '../../src/risk/statistics/estimate-ratio.ts';
import { stopCoverage } from '../../src/risk/stop-coverage.ts';
import { priceOf } from './price-of.ts';
import { probabilityData } from './probability-data.ts';

/** One position as `ask --json` shows it; margins and PnL are in `settle`. */
export function positionData(row: JudgedPosition, now: number): Readonly<Record<string, unknown>> {
  const { position } = row;
  const { instrument } = position;
  return {
    handle: row.handle,
    account: position.account,
    venue: position.venue,
    instrument: instrument.symbol,
    asset: instrument.asset,
    side: position.side,
    quantity: position.quantity,
    contracts: position.contracts,
    contractSize: instrument.contractSize,
    entryPrice: position.entryPrice,
    markPrice: position.markPrice,
    notionalUsd: row.notionalUsd,
    leverage: position.leverage,
    marginMode: position.marginMode,
    collateral: inSettle(position.collateral, instrument.settle),
    initialMargin: inSettle(position.initialMargin, instrument.settle),
    maintenanceMargin: inSettle(position.maintenanceMargin, instrument.settle),
    unrealizedPnl: inSettle(position.unrealizedPnl, instrument.settle),
    unrealizedPnlUsd: row.unrealizedPnlUsd,
    settle: instrument.settle,
    liquidationPrice: priceOf(position.liquidation),
    estimatedLiquidationPrice: row.estimatedLiquidationPrice,
    estimateMissing: row.estimateMissing,
    estimateBasis: row.estimateBasis,
    liquidationDistance: row.liquidationDistance,
    liquidationDisagrees: row.disagrees,
    healthFactor: row.healthFactor,
    band: row.band,
    liquidationState: row.liquidationState,
    ...probabilityData(headlineOf(row.probability)),
    probabilityWidened: row.probability.widened !== null,
    exitImpact: estimateRatio(row.probability.exitImpact),
    takeProfit: priceOf(position.takeProfit),
    takeProfitState: position.takeProfit.kind,
    stopLoss: priceOf(position.stopLoss),
    stopLossState: position.stopLoss.kind,
    stopCoverage: stopCoverage(row),
    status: row.status,
    observedAt: new Date(position.observedAt).toISOString(),
    dataAgeMs: Math.max(0, now - position.observedAt),
  };
}

/** Null rather than a figure in another currency than `settle` says; dollar coins are at par. */
function inSettle(value: Money | null, settle: string): Decimal | null {
  if (value === null) return null;
  const isSame = value.currency === settle || (isDollar(value.currency) && isDollar(settle));
  return isSame ? value.amount : null;
}
