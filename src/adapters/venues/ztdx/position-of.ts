import { type Decimal, ONE } from '../../../domain/decimal.ts';
import { type Money, money } from '../../../domain/money.ts';
import type { Position } from '../../../domain/position.ts';
import { type AccountId, asPrice, asQuantity, asRatio } from '../../../domain/units.ts';
import type { CompletedPosition } from './complete-positions.ts';
import { instrumentOf, SETTLE } from './instrument-of.ts';
import type { ZtdxMarginMode } from './parse-account.ts';
import { UNKNOWN_STOPS } from './parse-stops.ts';

export interface PositionContext {
  readonly account: AccountId;
  readonly observedAt: number;
  /** Of the account; null counts as isolated, the venue's default. */
  readonly mode: ZtdxMarginMode | null;
}

/** The venue's figures as it gave them: where its own samples disagree, risk says so, not we. */
export function positionOf(completed: CompletedPosition, context: PositionContext): Position {
  const { listed, state, stops, profile, publicMark } = completed;
  const instrument = instrumentOf(listed.symbol, profile);
  if (instrument === null) throw new TypeError('a listed symbol was checked when it was parsed');
  const isPooled = context.mode === 'unified';
  const mark = listed.markPrice ?? state?.markPrice ?? publicMark;
  const { takeProfit, stopLoss } = stops.ok ? stops.value : UNKNOWN_STOPS;
  const health = state?.healthFactor ?? null;
  return {
    account: context.account,
    venue: 'ztdx',
    instrument,
    side: listed.side,
    quantity: asQuantity(listed.size),
    contracts: listed.size,
    entryPrice: listed.entryPrice && asPrice(listed.entryPrice),
    markPrice: mark && asPrice(mark),
    // `size_in_usd` is at entry on the page (6,500 beside a mark of 65,500): no value at mark.
    venueNotionalUsd: null,
    leverage: listed.leverage && asRatio(listed.leverage),
    marginMode: isPooled ? 'cross' : 'isolated',
    collateral: isPooled ? null : inSettle(listed.collateral),
    initialMargin: null,
    maintenanceMargin: inSettle(state?.maintenanceMargin ?? null),
    unrealizedPnl: inSettle(listed.unrealizedPnl),
    liquidation:
      state === null || state.liquidation.kind === 'unknown'
        ? listed.liquidation
        : state.liquidation,
    takeProfit,
    stopLoss,
    venueRatio: health && {
      name: 'health_factor',
      value: health,
      direction: 'down',
      liquidatesAt: ONE,
    },
    venueId: listed.id,
    observedAt: context.observedAt,
    venueUpdatedAt: listed.updatedAt,
  };
}

function inSettle(amount: Decimal | null): Money | null {
  return amount === null ? null : money(amount, SETTLE);
}
