import { type Decimal, ONE, ratioOf, ZERO } from '../../domain/decimal.ts';
import { ok } from '../../domain/result.ts';
import type { PositionView } from '../engine.ts';
import type { SimAccount } from '../model.ts';
import { notionalAt } from '../position-margin.ts';
import { orderById, orderList } from './ztdx-orders.ts';
import type { ZtdxAnswer, ZtdxSignedCall } from './ztdx-route.ts';
import { tpSlBody } from './ztdx-tp-sl.ts';
import { triggerById, triggerExecutions, triggerList } from './ztdx-triggers.ts';
import { positionNamed } from './ztdx-write.ts';

/** Two decimals as on the page, more (up to eight) where the amount has them. */
function usdt(value: Decimal): string {
  const shown = value.toDecimalPlaces(8);
  return shown.toFixed(Math.max(2, shown.decimalPlaces()));
}

/** Value at entry: the page's 6500.00 for 0.1 at 65000 while the mark is 65500. */
function entryValue({ position }: PositionView): Decimal {
  return notionalAt(position.instrument, position.contracts, position.entryPrice);
}

function collateralOf({ position }: PositionView): Decimal {
  return position.isolatedMargin ?? ZERO;
}

/** Margin over value at entry. The page shows two decimals; that says nothing at high leverage. */
function marginRate(each: PositionView): string {
  return collateralOf(each).div(entryValue(each)).toFixed(4);
}

/** On the tick, towards the mark, so that the printed price is never past the true one. */
function liquidationPrice({ liquidationPrice: price, position }: PositionView): Decimal | null {
  const { tickSize } = position.instrument;
  if (price === null) return null;
  const ticks = price.div(tickSize);
  return (position.side === 'long' ? ticks.ceil() : ticks.floor()).times(tickSize);
}

/** A row of `GET /api/v1/positions`, field by field as the venue's page shows it. */
function positionRow(account: SimAccount, each: PositionView) {
  const { position, markPrice, unrealizedPnl } = each;
  return {
    id: position.id,
    user_address: account.credentials.wallet?.toLowerCase() ?? null,
    symbol: position.instrument.symbol,
    side: position.side,
    size_in_tokens: position.contracts.toFixed(),
    size_in_usd: usdt(entryValue(each)),
    entry_price: position.entryPrice.toFixed(),
    mark_price: markPrice.toFixed(),
    collateral: usdt(collateralOf(each)),
    leverage: Number(position.leverage.toFixed()),
    unrealized_pnl: usdt(unrealizedPnl),
    liquidation_price: liquidationPrice(each)?.toFixed() ?? null,
    margin_rate: marginRate(each),
    status: 'open',
    created_at: position.createdAt,
    updated_at: position.updatedAt,
  };
}

function ofNamed(call: ZtdxSignedCall, answer: (each: PositionView) => unknown): ZtdxAnswer {
  const found = positionNamed(call, call.name);
  return found.ok ? ok(answer(found.value)) : found;
}

/** What a change of margin answers. */
export function marginRow(each: PositionView) {
  return {
    id: each.position.id,
    collateral: usdt(collateralOf(each)),
    liquidation_price: liquidationPrice(each)?.toFixed() ?? null,
    margin_rate: marginRate(each),
  };
}

/**
 * The venue's health factor is margin over maintenance, both at entry: it does not move with the
 * price. Whether a position is liquidatable does.
 */
function liquidationBody(each: PositionView) {
  const { position, markPrice, maintenanceMargin } = each;
  const price = liquidationPrice(each);
  const gap = price?.minus(markPrice).times(position.side === 'long' ? -1 : 1) ?? null;
  return {
    position_id: position.id,
    is_liquidatable: gap?.lte(0) ?? false,
    liquidation_price: price?.toFixed() ?? null,
    mark_price: markPrice.toFixed(),
    distance_to_liquidation: gap?.toFixed() ?? null,
    distance_to_liquidation_percent: gap?.div(markPrice).times(100).toFixed(2) ?? null,
    maintenance_margin: usdt(maintenanceMargin),
    margin_ratio: marginRate(each),
    health_factor: collateralOf(each).div(maintenanceMargin).toFixed(4),
  };
}

function accountStatus(uniMmr: Decimal | null): string {
  if (uniMmr === null || uniMmr.gt('2')) return 'normal';
  if (uniMmr.gt('1.5')) return 'warning_1';
  if (uniMmr.gt('1.2')) return 'warning_2';
  return uniMmr.gt(ONE) ? 'reduce_only' : 'liquidating';
}

/** `wallet_balance` is available + frozen; margin is isolated by default on this venue. */
function unifiedAccount({ view }: ZtdxSignedCall) {
  const uniMmr = view.maintenanceMarginUsd.isZero()
    ? null
    : ratioOf(view.equityUsd, view.maintenanceMarginUsd);
  return {
    margin_mode: 'isolated',
    wallet_balance: usdt(view.walletUsd),
    total_equity: usdt(view.equityUsd),
    available_balance: usdt(view.availableUsd),
    total_initial_margin: usdt(view.initialMarginUsd),
    total_maintenance_margin: usdt(view.maintenanceMarginUsd),
    total_unrealized_pnl: usdt(view.unrealizedPnlUsd),
    uni_mmr: uniMmr?.toFixed(4) ?? null,
    account_status: accountStatus(uniMmr),
  };
}

/** GET, by path; a colon stands for one segment. */
export const ZTDX_PRIVATE: Readonly<Record<string, (call: ZtdxSignedCall) => ZtdxAnswer>> = {
  '/api/v1/positions': ({ account, view }) =>
    ok({ positions: view.positions.map((each) => positionRow(account, each)) }),
  '/api/v1/positions/:': (call) => ofNamed(call, (each) => positionRow(call.account, each)),
  '/api/v1/positions/:/liquidation': (call) => ofNamed(call, liquidationBody),
  '/api/v1/positions/:/tp-sl': (call) =>
    ofNamed(call, ({ position }) => tpSlBody(call.account, position.id)),
  '/api/v1/orders': orderList,
  '/api/v1/orders/:': orderById,
  '/api/v1/trigger-orders': triggerList,
  '/api/v1/trigger-orders/executions': triggerExecutions,
  '/api/v1/trigger-orders/:': triggerById,
  '/api/v1/unified/account': (call) => ok(unifiedAccount(call)),
};
