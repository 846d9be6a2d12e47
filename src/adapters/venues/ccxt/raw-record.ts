import { type Decimal, parseDecimal } from '../../../domain/decimal.ts';

/** A venue's record before anything in it is believed. */
export type RawRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is RawRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text of a field, or null when it is absent or empty; venues use '' for "does not apply". */
export function textOf(record: RawRecord, field: string): string | null {
  const value = record[field];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A figure that can only be positive (a price, a leverage): venues write 0 where they have none. */
export function positiveOf(record: RawRecord, field: string): Decimal | null {
  const value = parseDecimal(record[field]);
  return value?.gt(0) ? value : null;
}

/** Epoch milliseconds from text or number; 0 means "never" and is null. */
export function timeOf(record: RawRecord, field: string): number | null {
  const value = parseDecimal(record[field]);
  return value?.gt(0) && value.isInteger() ? value.toNumber() : null;
}

/**
 * The first of these fields that holds something other than a figure. Absent and '' are not garbled:
 * venues write them for "does not apply".
 */
export function garbledOf(record: RawRecord, fields: readonly string[]): string | null {
  const isGarbled = (value: unknown) =>
    value !== undefined && value !== null && value !== '' && parseDecimal(value) === null;
  return fields.find((field) => isGarbled(record[field])) ?? null;
}
