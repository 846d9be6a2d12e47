import { type Decimal, parseDecimal } from '../../domain/decimal.ts';

// Figures are kept as decimal text. One that does not read back, or is none, is a RangeError: damage in
// the store when read, a bug of the caller when written.

export const decimalText = (value: Decimal): string => {
  if (!value.isFinite()) throw new RangeError('not a finite figure');
  return value.toFixed();
};

export function storedDecimal(text: string): Decimal {
  const value = parseDecimal(text);
  if (value === null) throw new RangeError('not a figure');
  return value;
}

/** The shortest text that reads back as the same double. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError('not a finite figure');
  return String(value);
}

export function storedNumber(text: string): number {
  const value = text === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new RangeError('not a figure');
  return value;
}

/** Null stays null: not known. */
export function known<A, B>(value: A | null, convert: (value: A) => B): B | null {
  return value === null ? null : convert(value);
}
