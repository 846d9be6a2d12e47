import { Decimal } from '../domain/decimal.ts';
import type { Formatter } from '../replies/format.ts';
import { createFormatter } from '../replies/format.ts';
import type { Fact, Metric } from './fact.ts';
import { isDangerUp } from './lines.ts';

/** A figure as every table of the desk shows it: rounded to the dangerous side. */
export function figureText(metric: Metric, value: Decimal, format: Formatter): string {
  const rounding = isDangerUp(metric) ? 'up' : 'down';
  return metric === 'hf' ? format.multiple(value, rounding) : format.percent(value, rounding);
}

const MOST_PLACES = 12;

/**
 * The same beside a line that is crossed at itself: just within it, the rounded figure would read as if it
 * stood at the line, so it gets as many decimals as tell them apart. Rounded the other way none reads so.
 */
export function figureBeside(
  { metric, value, line }: Pick<Fact, 'metric' | 'value' | 'line'>,
  format: Formatter,
): string {
  const usual = figureText(metric, value, format);
  const limit = line.times(100);
  if (!isDangerUp(metric) || value.gte(line) || !limit.eq(digitsOf(usual))) return usual;
  for (let places = 2; places <= MOST_PLACES; places += 1) {
    const longer = value.times(100).toDecimalPlaces(places, Decimal.ROUND_CEIL);
    if (longer.lt(limit)) return `${longer.toFixed(places)}%`;
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
