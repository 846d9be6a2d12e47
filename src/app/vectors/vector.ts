import type { Decimal } from '../../domain/decimal.ts';
import { parseDecimal } from '../../domain/decimal.ts';

/** One golden vector as the file has it; figures are decimal strings. */
export interface Vector {
  readonly id: string;
  readonly venue: string;
  readonly kind: string;
  readonly inputs: Inputs;
  readonly expected: unknown;
  readonly tolerance: Tolerance;
  readonly verified: string;
}

export type Inputs = Readonly<Record<string, unknown>>;

/** `abs`: |x − e| ≤ value. `rel`: |x − e| ≤ value × |e|, and |x| ≤ 1e-9 where e is 0. */
export interface Tolerance {
  readonly type: 'abs' | 'rel';
  readonly value: Decimal;
}

/** What our functions say, in the shape of the vector's `expected`. */
export type Got =
  | Decimal
  | string
  | boolean
  | null
  | readonly Got[]
  | { readonly [key: string]: Got };

/** What a vector may refer to instead of carrying it. */
export interface VectorContext {
  /** Every vector of the file. */
  readonly all: readonly Vector[];
}

/** Undefined: this vector asks for something the program does not do (yet). */
export type Evaluate = (vector: Vector, context: VectorContext) => Got | undefined;

/** A record of any shape, or null. */
export function asRecord(value: unknown): Inputs | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Inputs)
    : null;
}

/** The first of these inputs that is there, as a Decimal. */
export function decimalOf(inputs: Inputs, ...names: readonly string[]): Decimal | null {
  for (const name of names) {
    const value = parseDecimal(inputs[name]);
    if (value !== null) return value;
  }
  return null;
}

/** All of these inputs, or null when one is missing: then the vector is of a shape we do not know. */
export function decimalsOf<Name extends string>(
  inputs: Inputs,
  ...names: readonly Name[]
): Readonly<Record<Name, Decimal>> | null {
  const found: Partial<Record<Name, Decimal>> = {};
  for (const name of names) {
    const value = parseDecimal(inputs[name]);
    if (value === null) return null;
    found[name] = value;
  }
  return found as Record<Name, Decimal>;
}

/** A list of decimals, or null when it is not one. */
export function decimalList(value: unknown): readonly Decimal[] | null {
  if (!Array.isArray(value)) return null;
  const parsed = value.map(parseDecimal);
  return parsed.every((item) => item !== null) ? parsed : null;
}

/** A list of records, or null when it is not one. */
export function recordList(value: unknown): readonly Inputs[] | null {
  if (!Array.isArray(value)) return null;
  const records = value.map(asRecord);
  return records.every((item) => item !== null) ? records : null;
}
