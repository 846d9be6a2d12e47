import type { Decimal } from '../domain/decimal.ts';
import type { Formatter } from '../replies/format.ts';
import { createFormatter } from '../replies/format.ts';
import type { Metric } from './fact.ts';
import { isDangerUp } from './lines.ts';

/** A figure as every table of the desk shows it: rounded to the dangerous side. */
export function figureText(metric: Metric, value: Decimal, format: Formatter): string {
  const rounding = isDangerUp(metric) ? 'up' : 'down';
  return metric === 'hf' ? format.multiple(value, rounding) : format.percent(value, rounding);
}

/** A line as it is configured, without the zeros of a measured figure. */
export function lineText(metric: Metric, line: Decimal): string {
  return metric === 'hf' ? `${line.toFixed()}x` : `${line.times(100).toFixed()}%`;
}

const plain = createFormatter('en', 'UTC');

/** The digits alone, for comparing what two reports showed. */
export function shownValue(metric: Metric, value: Decimal): string {
  return figureText(metric, value, plain).replace(/[,%x]/g, '');
}
