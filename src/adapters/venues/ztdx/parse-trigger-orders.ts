import { type Decimal, parseDecimal } from '../../../domain/decimal.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { asFields, type Fields, firstText } from './fields.ts';

/** A resting trigger order, in the venue's own words and digits. */
export interface TriggerOrder {
  readonly id: string;
  readonly symbol: string;
  readonly side: string;
  readonly kind: 'stop_loss' | 'take_profit' | 'trailing_stop';
  readonly triggerPrice: Decimal | null;
  readonly amount: Decimal;
  readonly callbackRate: Decimal | null;
  /** Null: the row does not name its position. */
  readonly positionId: string | null;
}

const KINDS = ['stop_loss', 'take_profit', 'trailing_stop'] as const;
const OVER = ['cancelled', 'canceled', 'executed', 'triggered', 'filled', 'expired', 'rejected'];

/**
 * `GET /trigger-orders?status=active`. No page shows the list, so it is looked for where the venue puts
 * its other lists. A row that cannot be read is an error: a stop that we do not see is placed twice.
 */
export function parseTriggerOrders(body: unknown): Result<readonly TriggerOrder[], string> {
  const rows = listOf(body);
  if (rows === null) return err('trigger-orders');
  const orders: TriggerOrder[] = [];
  for (const raw of rows) {
    const row = asFields(raw);
    if (row === null) return err('trigger order');
    if (OVER.includes(String(row['status'] ?? '').toLowerCase())) continue;
    const order = orderOf(row);
    if (!order.ok) return order;
    orders.push(order.value);
  }
  return ok(orders);
}

function listOf(body: unknown): readonly unknown[] | null {
  if (Array.isArray(body)) return body;
  const outer = asFields(body);
  const inner = asFields(outer?.['data']);
  const names = ['trigger_orders', 'orders', 'data', 'items', 'list'];
  const candidates = [outer, inner].flatMap((fields) => names.map((name) => fields?.[name]));
  return candidates.find((candidate) => Array.isArray(candidate)) ?? null;
}

function orderOf(row: Fields): Result<TriggerOrder, string> {
  const id = idOf(row);
  const symbol = firstText(row, ['symbol']);
  const side = firstText(row, ['side'])?.toLowerCase() ?? null;
  const said = firstText(row, ['trigger_type', 'type'])?.toLowerCase();
  const kind = KINDS.find((known) => known === said);
  const amount = parseDecimal(row['amount'] ?? row['size']);
  if (id === null) return err('order_id');
  if (symbol === null) return err('symbol');
  if (side === null) return err('side');
  if (kind === undefined) return err('trigger_type');
  if (amount === null) return err('amount');
  return ok({
    ...{ id, symbol, side, kind, amount },
    triggerPrice: parseDecimal(row['trigger_price']),
    callbackRate: parseDecimal(row['callback_rate']),
    positionId: firstText(row, ['position_id']),
  });
}

/** It becomes a part of a path, so nothing that could lead elsewhere. */
export function idOf(row: Fields): string | null {
  const raw = row['order_id'] ?? row['id'];
  const id = typeof raw === 'number' && Number.isSafeInteger(raw) ? String(raw) : raw;
  return typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? id : null;
}
