import type { Decimal } from '../domain/decimal.ts';
import { dec } from '../domain/decimal.ts';
import type { FactBand, Metric } from './fact.ts';

type Lines = Readonly<Record<'warn' | 'crit', Decimal> & { readonly emerg: Decimal | null }>;

/** Enter levels of the default alert rules. */
export const LINES: Readonly<Record<Metric, Lines>> = {
  mu: { warn: dec('0.5'), crit: dec('0.7'), emerg: dec('0.85') },
  hf: { warn: dec('1.5'), crit: dec('1.2'), emerg: dec('1.05') },
  prob: { warn: dec('0.1'), crit: dec('0.25'), emerg: null },
  dist: { warn: dec('0.15'), crit: dec('0.08'), emerg: dec('0.03') },
  conc: { warn: dec('0.3'), crit: dec('0.45'), emerg: null },
};

/** Which way is dangerous. */
export const isDangerUp = (metric: Metric): boolean =>
  metric === 'mu' || metric === 'prob' || metric === 'conc';

/** Usage and chance are beyond a line at it, the others only past it: as the alert rules have it. */
function isBeyond(metric: Metric, value: Decimal, line: Decimal): boolean {
  if (metric === 'conc') return value.gt(line);
  return isDangerUp(metric) ? value.gte(line) : value.lt(line);
}

export function bandOf(
  metric: Metric,
  value: Decimal,
): { readonly band: FactBand; readonly line: Decimal } {
  const lines = LINES[metric];
  for (const band of ['emerg', 'crit', 'warn'] as const) {
    const line = lines[band];
    if (line !== null && isBeyond(metric, value, line)) return { band, line };
  }
  return { band: 'ok', line: lines.warn };
}

/** How far beyond its line, as a share of the line; below zero on the safe side. */
export function excess(metric: Metric, value: Decimal, line: Decimal): Decimal {
  const past = isDangerUp(metric) ? value.minus(line) : line.minus(value);
  return past.div(line);
}
