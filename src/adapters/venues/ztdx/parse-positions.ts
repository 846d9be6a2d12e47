import { type Decimal, parseDecimal } from '../../../domain/decimal.ts';
import type { PriceState, Side } from '../../../domain/position.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { asPrice } from '../../../domain/units.ts';
import type { UnreadableRow } from '../../../ports/venue.ts';
import { asFields, type Fields, figure, instant } from './fields.ts';
import { instrumentOf, NO_PROFILE } from './instrument-of.ts';

/** One open row of the list, in the venue's own digits. */
export interface ListedPosition {
  /** Null: no per-position call can be made for it. */
  readonly id: string | null;
  /** The venue's own, as in `BTCUSDT`. */
  readonly symbol: string;
  readonly side: Side;
  readonly size: Decimal;
  readonly entryPrice: Decimal | null;
  readonly markPrice: Decimal | null;
  readonly collateral: Decimal | null;
  readonly leverage: Decimal | null;
  readonly unrealizedPnl: Decimal | null;
  readonly liquidation: PriceState;
  readonly updatedAt: number | null;
}

export interface PositionList {
  readonly open: readonly ListedPosition[];
  /** Rows that could not be used at all, and optional fields of used rows that made no sense. */
  readonly unreadable: readonly UnreadableRow[];
}

const OVER = ['closed', 'liquidated'];

/** An error names the field: a body without a list is not an empty book. */
export function parsePositions(body: unknown): Result<PositionList, string> {
  const rows = listOf(body);
  if (rows === null) return err('positions');
  const open: ListedPosition[] = [];
  const unreadable: UnreadableRow[] = [];
  for (const raw of rows) {
    const row = asFields(raw);
    const symbol = symbolOf(row);
    const note = (field: string) => unreadable.push({ symbol, field });
    const parsed = row === null ? err('row') : parseRow(row, symbol, note);
    if (!parsed.ok) note(parsed.error);
    else if (parsed.value !== null) open.push(parsed.value);
  }
  return ok({ open, unreadable });
}

function listOf(body: unknown): readonly unknown[] | null {
  if (Array.isArray(body)) return body;
  const outer = asFields(body);
  const data = outer?.['data'];
  const candidates = [outer?.['positions'], data, asFields(data)?.['positions']];
  return candidates.find((candidate) => Array.isArray(candidate)) ?? null;
}

/** Null: not an open position. A status nobody documented is told, not dropped. */
function parseRow(
  row: Fields,
  symbol: string,
  note: (field: string) => void,
): Result<ListedPosition | null, string> {
  const status = lowerCase(row['status'] ?? 'open');
  if (OVER.includes(status)) return ok(null);
  if (status !== 'open') return err('status');
  const size = parseDecimal(row['size_in_tokens']);
  if (size === null || size.isNegative()) return err('size_in_tokens');
  if (size.isZero()) return ok(null);
  if (instrumentOf(symbol, NO_PROFILE) === null) return err('symbol');
  const side = lowerCase(row['side']);
  if (side !== 'long' && side !== 'short') return err('side');
  const id = idOf(row['id']);
  if (id === null) note('id');
  return ok({
    id,
    symbol,
    side,
    size,
    entryPrice: figure(row, 'entry_price', note),
    markPrice: figure(row, 'mark_price', note),
    collateral: figure(row, 'collateral', note),
    leverage: figure(row, 'leverage', note),
    unrealizedPnl: figure(row, 'unrealized_pnl', note),
    liquidation: priceState(row, 'liquidation_price', note),
    updatedAt: instant(row['updated_at']),
  });
}

/**
 * A price the venue may say does not exist: null, empty, or not above zero (a long with more
 * margin than value has no price that liquidates it). A field that is not there at all, or is no
 * number, is unknown.
 */
export function priceState(
  fields: Fields,
  name: string,
  unreadable: (field: string) => void,
): PriceState {
  if (fields[name] === undefined) return { kind: 'unknown' };
  if (fields[name] === null || fields[name] === '') return { kind: 'none' };
  const price = figure(fields, name, unreadable);
  if (price === null) return { kind: 'unknown' };
  return price.gt(0) ? { kind: 'price', price: asPrice(price) } : { kind: 'none' };
}

/** Shown to people, so only what looks like a symbol is repeated. */
function symbolOf(row: Fields | null): string {
  const symbol = row?.['symbol'];
  return typeof symbol === 'string' && /^[\w/:.-]{1,32}$/.test(symbol) ? symbol : '?';
}

/** It becomes a part of a path, so nothing that could lead elsewhere. */
function idOf(raw: unknown): string | null {
  const id = typeof raw === 'number' && Number.isSafeInteger(raw) ? String(raw) : raw;
  return typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? id : null;
}

function lowerCase(raw: unknown): string {
  return typeof raw === 'string' ? raw.toLowerCase() : '';
}
