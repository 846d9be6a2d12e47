import { markOf } from '../../../../replies/mark.ts';
import type { Severity } from '../../../../replies/reply.ts';
import type { Shape } from '../picture.ts';
import type { AxisLabel, PlotArea } from './row-chart.ts';
import type { Scale } from './scale.ts';

export interface Threshold {
  readonly at: number;
  readonly severity: Severity;
}

const GRAVEST_FIRST: readonly Severity[] = ['emerg', 'crit', 'warn', 'watch', 'ok'];

/** A line at every threshold within the scale, from the axis to the last row. */
export function thresholdLines(
  marks: readonly Threshold[],
  scale: Scale,
  { top, bottom }: PlotArea,
): Shape[] {
  return marks.filter(isOn(scale)).map(({ at, severity }) => ({
    kind: 'box',
    x: scale.at(at) - WIDTH / 2,
    y: top,
    width: WIDTH,
    height: bottom - top,
    radius: 0,
    tone: severity,
    opacity: 0.6,
  }));
}

const WIDTH = 3;

/** `!! 8%` over each line; where there is no room, the gravest stay. */
export function thresholdLabels(marks: readonly Threshold[], scale: Scale): AxisLabel[] {
  return marks.filter(isOn(scale)).map(({ at, severity }) => ({
    x: scale.at(at),
    text: `${markOf(severity)} ${percentOf(at)}`.trim(),
    tone: severity,
    priority: GRAVEST_FIRST.indexOf(severity),
  }));
}

function isOn(scale: Scale) {
  return ({ at }: Threshold) => Number.isFinite(at) && scale.beyond(at) === 0;
}

/** Thresholds are round numbers of the configuration, not figures of a desk. */
function percentOf(share: number): string {
  return `${Number((share * 100).toFixed(1))}%`;
}
