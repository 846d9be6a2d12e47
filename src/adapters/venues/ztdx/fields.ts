import { type Decimal, parseDecimal } from '../../../domain/decimal.ts';

/** A JSON object of which nothing is believed yet. */
export type Fields = Readonly<Record<string, unknown>>;

export function asFields(raw: unknown): Fields | null {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? (raw as Fields) : null;
}

/** What the venue wraps as `{success, data: {…}}`, or the object itself where it does not wrap. */
export function payloadOf(raw: unknown): Fields | null {
  const outer = asFields(raw);
  return outer === null ? null : (asFields(outer['data']) ?? outer);
}

export function firstText(fields: Fields | null, names: readonly string[]): string | null {
  for (const name of names) {
    const value = fields?.[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

export function isAbsent(raw: unknown): boolean {
  return raw === undefined || raw === null || raw === '';
}

/**
 * An optional figure: null when absent, and also when it is there but is no number; only the
 * second is told to `unreadable`, under the venue's own field name.
 */
export function figure(
  fields: Fields,
  name: string,
  unreadable: (field: string) => void,
): Decimal | null {
  const raw = fields[name];
  if (isAbsent(raw)) return null;
  const value = parseDecimal(raw);
  if (value === null) unreadable(name);
  return value;
}

/** Unix milliseconds, or null. */
export function instant(raw: unknown): number | null {
  const ms = typeof raw === 'string' && /^\d+$/.test(raw) ? Number(raw) : raw;
  return typeof ms === 'number' && Number.isSafeInteger(ms) && ms > 0 ? ms : null;
}
