import { Decimal } from '../domain/decimal.ts';
import type { Formatter } from '../replies/format.ts';
import { createFormatter } from '../replies/format.ts';
import type { Metric } from './fact.ts';
import { isDangerUp } from './lines.ts';

/** A figure as every table of the desk shows it: rounded to the dangerous side. */
export function figureText(metric: Metric, value: Decimal, format: Formatter): string {
  const rounding = isDangerUp(metric) ? 'up' : 'down';
  return metric === 'hf' ? format.multiple(value, rounding) : format.percent(value, rounding);
}

const MOST_PLACES = 12;

/**
 * The same beside a line: where the rounded figure would read as if it stood at the line while it does not,
 * it gets as many decimals as tell them apart.
 */
export function figureBeside(
  {
    metric,
    value,
    line,
  }: { readonly metric: Metric; readonly value: Decimal; readonly line: Decimal },
  format: Formatter,
): string {
  const usual = figureText(metric, value, format);
  const scale = metric === 'hf' ? 1 : 100;
  const limit = line.times(scale);
  if (value.eq(line) || !limit.eq(digitsOf(usual))) return usual;
  const mode = isDangerUp(metric) ? Decimal.ROUND_CEIL : Decimal.ROUND_FLOOR;
  for (let places = 2; places <= MOST_PLACES; places += 1) {
    const longer = value.times(scale).toDecimalPlaces(places, mode);
    if (!longer.eq(limit)) return `${longer.toFixed(places)}${metric === 'hf' ? 'x' : '%'}`;
  }
  return usual;
}

/** A line as it is configured, without the zeros of a measured figure. */
export function lineText(metric: Metric, line: Decimal): string {
  return metric === 'hf' ? `${line.toFixed()}x` : `${line.times(100).toFixed()}%`;
}

const plain = createFormatter('en', 'UTC');
const digitsOf = (text: string) => text.replace(/[,%x]/g, '');

/** The digits alone, for comparing what two reports showed. */
export function shownValue(metric: Metric, value: Decimal): string {
  return digitsOf(figureText(metric, value, plain));
}
