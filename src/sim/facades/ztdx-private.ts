import { createHash } from 'node:crypto';
import { type Decimal, ONE, ratioOf, ZERO } from '../../domain/decimal.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { AccountView, PositionView } from '../engine.ts';
import type { SimAccount } from '../model.ts';
import { notionalAt } from '../position-margin.ts';
import { type ZtdxAnswer, type ZtdxCall, type ZtdxRefusal, ztdxRefusal } from './ztdx-route.ts';

/** A call with a good token or signature: whose account, and that account now. */
interface ZtdxSignedCall extends ZtdxCall {
  readonly account: SimAccount;
  readonly view: AccountView;
}

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

/** The position named in the path: the caller's own, somebody else's (403), or none (404). */
function namedPosition(call: ZtdxSignedCall): Result<PositionView, ZtdxRefusal> {
  const found = call.view.positions.find(({ position }) => position.id === call.name);
  if (found) return ok(found);
  const isTaken = call.world
    .desk()
    .accounts.some(
      ({ venue, positions }) => venue === 'ztdx' && positions.some(({ id }) => id === call.name),
    );
  return err(
    isTaken
      ? ztdxRefusal(403, 'POSITION_NOT_OWNED', 'Not your position')
      : ztdxRefusal(404, 'POSITION_NOT_FOUND', 'No such position'),
  );
}

function ofNamed(call: ZtdxSignedCall, answer: (each: PositionView) => unknown): ZtdxAnswer {
  const found = namedPosition(call);
  return found.ok ? ok(answer(found.value)) : found;
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

/** A uuid for the trigger order behind a stop, as the page shows one. */
function triggerId(positionId: string, kind: string): string {
  const hex = createHash('sha256').update(`${positionId}:${kind}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function tpSlBody({ position }: PositionView) {
  const { id, takeProfit, stopLoss, updatedAt } = position;
  return {
    success: true,
    data: {
      position_id: id,
      take_profit_price: takeProfit?.toFixed() ?? null,
      stop_loss_price: stopLoss?.toFixed() ?? null,
      tp_order_id: takeProfit ? triggerId(id, 'tp') : null,
      sl_order_id: stopLoss ? triggerId(id, 'sl') : null,
      updated_at: updatedAt,
    },
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
  '/api/v1/positions/:/tp-sl': (call) => ofNamed(call, tpSlBody),
  '/api/v1/unified/account': (call) => ok(unifiedAccount(call)),
};
