import type { Decimal } from '../domain/decimal.ts';
import { parseDecimal } from '../domain/decimal.ts';
import type { AlertInstance } from './alert.ts';

/** The body of an alert's row: every digit of its figures, as plain text. */
export function instanceText(instance: AlertInstance): string {
  const { value, peak } = instance;
  return JSON.stringify({ ...instance, value: textOf(value), peak: textOf(peak) });
}

/**
 * The alert in a row that instanceText wrote. Null for anything else: what cannot be read is judged anew
 * and told again, which is better than not at all.
 */
export function instanceOf(body: string): AlertInstance | null {
  const raw = parsed(body);
  if (raw === null || !isInstance(raw)) return null;
  return { ...raw, value: parseDecimal(raw.value), peak: parseDecimal(raw.peak) };
}

interface Written extends Omit<AlertInstance, 'value' | 'peak'> {
  readonly value: string | null;
  readonly peak: string | null;
}

function textOf(value: Decimal | null): string | null {
  return value === null ? null : value.toFixed();
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function isInstance(raw: unknown): raw is Written {
  if (typeof raw !== 'object' || raw === null) return false;
  const { fingerprint, phase, sequence } = raw as Partial<Written>;
  const isNamed = typeof fingerprint === 'string' && /^[0-9a-f]{32}$/.test(fingerprint);
  return isNamed && typeof phase === 'string' && typeof sequence === 'number';
}
