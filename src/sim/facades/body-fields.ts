import { type Decimal, dec } from '../../domain/decimal.ts';

export type BodyFields = Readonly<Record<string, unknown>>;

/** The JSON object of a body; null: it is none. */
export function bodyFields(text: string): BodyFields | null {
  return asFields(parsed(text));
}

/** The objects of a body that is a JSON list; null: it is none. */
export function bodyRows(text: string): readonly BodyFields[] | null {
  const body = parsed(text);
  if (!Array.isArray(body)) return null;
  const rows = body.map(asFields);
  return rows.every((row) => row !== null) ? rows : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function asFields(body: unknown): BodyFields | null {
  return typeof body === 'object' && body !== null && !Array.isArray(body)
    ? (body as BodyFields)
    : null;
}

/** A figure as venues want theirs: plain decimal text, no sign where it must be positive. */
export function plainDecimal(text: unknown): Decimal | null {
  return typeof text === 'string' && /^-?\d{1,20}(\.\d{1,20})?$/.test(text) ? dec(text) : null;
}

/** Whether a size or price stands on its step. */
export function isOnStep(value: Decimal, step: Decimal): boolean {
  return value.mod(step).isZero();
}
