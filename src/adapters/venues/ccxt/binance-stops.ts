import { parseDecimal } from '../../../domain/decimal.ts';
import { asPrice } from '../../../domain/units.ts';
import type { StopOrder } from './full-size-stop.ts';
import { isRecord, positiveOf, type RawRecord, textOf } from './raw-record.ts';

const KINDS = new Map<string, StopOrder['kind']>([
  ['STOP', 'stopLoss'],
  ['STOP_MARKET', 'stopLoss'],
  ['TAKE_PROFIT', 'takeProfit'],
  ['TAKE_PROFIT_MARKET', 'takeProfit'],
]);

/**
 * Conditional orders that close a position, from `openAlgoOrders` (orderType, triggerPrice, quantity)
 * or COIN-M portfolio margin's `conditional/openOrders` (strategyType, stopPrice, origQty).
 * They are no longer in the plain order list. Trailing stops have no fixed trigger and are left out.
 * Null when the reply is not a list.
 */
export function parseBinanceStops(reply: unknown): StopOrder[] | null {
  if (!Array.isArray(reply)) return null;
  return reply.flatMap((row) => {
    const order = isRecord(row) ? parseBinanceStop(row) : null;
    return order === null ? [] : [order];
  });
}

/** Null: it is no conditional order that closes a position at a fixed trigger. */
export function parseBinanceStop(row: RawRecord): StopOrder | null {
  const market = textOf(row, 'symbol');
  const kind = KINDS.get(textOf(row, 'orderType') ?? textOf(row, 'strategyType') ?? '');
  const trigger = positiveOf(row, 'triggerPrice') ?? positiveOf(row, 'stopPrice');
  const closes = closedSide(row);
  const contracts = parseDecimal(row['quantity']) ?? parseDecimal(row['origQty']);
  const isWhole = row['closePosition'] === true || row['closePosition'] === 'true';
  if (market === null || kind === undefined || trigger === null || closes === null) return null;
  // Without a size an order covers nothing; Binance sends 0 or nothing beside closePosition.
  if (!isWhole && contracts === null) return null;
  return {
    market,
    kind,
    closes,
    triggerPrice: asPrice(trigger),
    contracts: isWhole ? null : contracts,
    marginMode: null,
  };
}

/** In hedge mode a sell on the SHORT side opens; it protects nothing. */
export function closedSide(row: RawRecord): StopOrder['closes'] | null {
  const bySide = row['side'] === 'SELL' ? 'long' : row['side'] === 'BUY' ? 'short' : null;
  const positionSide = textOf(row, 'positionSide') ?? 'BOTH';
  if (bySide === null || positionSide === 'BOTH') return bySide;
  return positionSide === bySide.toUpperCase() ? bySide : null;
}
