import { dec } from '../../domain/decimal.ts';
import type { Got } from './vector.ts';

/** A double as exact text; what is not a number is no answer. */
export function figure(value: number | null): Got | undefined {
  return value === null || !Number.isFinite(value) ? undefined : dec(value);
}
