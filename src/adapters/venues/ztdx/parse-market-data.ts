import { type Decimal, dec, parseDecimal } from '../../../domain/decimal.ts';
import { asRatio, type Ratio } from '../../../domain/units.ts';
import type { FundingPayment } from '../../../ports/funding-store.ts';
import type { BookLevel } from '../../../ports/market-data.ts';
import type { CandleRow } from '../wire/closed-candles.ts';
import { paymentsWithIntervals } from '../wire/funding-payments.ts';
import { asFields, type Fields, firstText, instant, payloadOf } from './fields.ts';

// The pages show only the ticker's and the book's fields. The other names are those the venue uses for
// the same things elsewhere, and their common variants.
const TIMES = ['time', 'open_time', 'openTime', 'timestamp', 'ts', 't'] as const;
const PAID_AT = ['timestamp', 'funding_time', 'fundingTime', 'time', 'ts'] as const;
const RATES = ['funding_rate', 'fundingRate', 'rate'] as const;

/** The rows under one of these names, under `data`, or the body itself; null: there is no list. */
export function rowsOf(body: unknown, names: readonly string[]): readonly unknown[] | null {
  const payload = payloadOf(body);
  const places = [body, asFields(body)?.['data'], ...names.map((name) => payload?.[name])];
  return places.find((place): place is unknown[] => Array.isArray(place)) ?? null;
}

/** Klines as objects or as arrays. */
export function candleRows(rows: readonly unknown[]): CandleRow[] {
  return rows.flatMap((row): CandleRow[] => {
    if (Array.isArray(row)) return [[instant(row[0]), ...row.slice(1, 5)]];
    const fields = asFields(row);
    if (fields === null) return [];
    const price = (name: string) => fields[name] ?? fields[name.charAt(0)];
    return [[timeIn(fields, TIMES), price('open'), price('high'), price('low'), price('close')]];
  });
}

export function fundingPayments(rows: readonly unknown[]): FundingPayment[] {
  const payments = rows.flatMap((row) => {
    const fields = asFields(row);
    const paidAt = fields && timeIn(fields, PAID_AT);
    const rate = fields && firstRate(fields);
    return paidAt === null || rate === null ? [] : [{ paidAt, rate }];
  });
  return paymentsWithIntervals(payments);
}

/** `funding_rate_1h` of a ticker, `"+0.0050%"`: a signed percent text. */
export function hourlyRate(body: unknown): Ratio | null {
  return percent(firstText(payloadOf(body), ['funding_rate_1h', 'fundingRate1h']));
}

function firstRate(fields: Fields): Ratio | null {
  for (const name of RATES) {
    const raw = fields[name];
    const rate = typeof raw === 'string' && raw.endsWith('%') ? percent(raw) : parseDecimal(raw);
    if (rate !== null) return asRatio(rate);
  }
  return null;
}

function percent(text: string | null): Ratio | null {
  const value = text?.endsWith('%') ? parseDecimal(text.slice(0, -1)) : null;
  return value === null ? null : asRatio(value.div(dec(100)));
}

/** A side of the book, `{price, size}` or `[price, size]`, best first; null when a level is neither. */
export function bookSide(raw: unknown, best: 'highest' | 'lowest'): BookLevel[] | null {
  if (!Array.isArray(raw) || raw.length === 0) return null;
  const levels = raw.map((row: unknown) => {
    const fields = asFields(row);
    const pair: unknown[] = Array.isArray(row) ? row : [fields?.['price'], fields?.['size']];
    const [price, quantity] = pair.slice(0, 2).map(parseDecimal);
    return price?.gt(0) && quantity?.gt(0) ? { price, quantity } : null;
  });
  if (!levels.every((level) => level !== null)) return null;
  const asDouble = (value: Decimal) => value.toNumber();
  return levels
    .map(({ price, quantity }) => ({ price: asDouble(price), quantity: asDouble(quantity) }))
    .sort((a, b) => (best === 'highest' ? b.price - a.price : a.price - b.price));
}

function timeIn(fields: Fields, names: readonly string[]): number | null {
  for (const name of names) {
    const time = instant(fields[name]);
    if (time !== null) return time;
  }
  return null;
}
