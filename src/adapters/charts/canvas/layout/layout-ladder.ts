import type { LadderChart } from '../../../../replies/chart.ts';
import type { Measure, Picture, Shape } from '../picture.ts';
import { chevron } from './chevron.ts';
import { isFiniteNumber } from './finite.ts';
import { signShape } from './legend.ts';
import type { PlotArea } from './row-chart.ts';
import { layoutRowChart } from './row-chart.ts';
import type { Scale } from './scale.ts';
import { createScale } from './scale.ts';
import type { Threshold } from './thresholds.ts';
import { thresholdLabels, thresholdLines } from './thresholds.ts';

type Row = LadderChart['rows'][number];

/**
 * A dot at the mark, its way back to liquidation at the zero line, the stop on that way. Dangerous
 * ground is tinted, so that a dot close to zero looks like what it is and not like a small bar.
 */
export function layoutLadder(chart: LadderChart, measure: Measure): Picture {
  const { rows, marks, legend } = chart;
  const hasStop = rows.some(({ stopDistance }) => stopDistance !== null);
  return layoutRowChart<Row>(
    {
      frame: chart,
      rows,
      hasAxis: true,
      widestText: 280,
      legend: [
        { sign: 'tick', tone: 'text', text: legend.liquidation },
        { sign: 'dot', tone: 'muted', text: legend.mark },
        ...(hasStop ? [{ sign: 'diamond', tone: 'text', text: legend.stop } as const] : []),
      ],
      plot(area) {
        const scale = createScale({ ...domainOf(chart), from: area.from + 16, to: area.to - 16 });
        return {
          under: [
            ...zones(marks, scale, area),
            ...thresholdLines(marks, scale, area),
            zero(scale, area),
          ],
          axis: thresholdLabels(marks, scale),
          row: (row, y) => rowShapes(row, y, scale),
        };
      },
    },
    measure,
  );
}

/** What is farther away does not decide, and must not squeeze what is near: it leaves the scale. */
const FARTHEST = 0.4;
const DEEPEST = -0.1;

/** Twice the outermost threshold at least, and as far as the farthest that counts. */
function domainOf({ rows, marks }: LadderChart): { low: number; high: number } {
  const distances = rows.flatMap(({ distance }) => (isFiniteNumber(distance) ? [distance] : []));
  const stops = rows.flatMap(({ distance, stopDistance }) =>
    isFiniteNumber(distance) && isFiniteNumber(stopDistance) ? [stopDistance] : [],
  );
  const calm = 2 * Math.max(0.01, ...marks.map(({ at }) => at));
  const seen = distances.filter((distance) => distance <= FARTHEST);
  const high = Math.max(calm, ...seen.map((distance) => distance * 1.04));
  const low = Math.max(DEEPEST, Math.min(0, ...distances, ...stops) * 1.2);
  return { low, high };
}

/** From each threshold inward, in its own colour. */
function zones(marks: readonly Threshold[], scale: Scale, { top, bottom }: PlotArea): Shape[] {
  const outward = marks.toSorted((a, b) => a.at - b.at);
  const left = scale.at(Number.NEGATIVE_INFINITY);
  return outward.map(({ at, severity }, index) => {
    const inner = outward[index - 1];
    const x = inner === undefined ? left : scale.at(inner.at);
    const size = { width: scale.at(at) - x, height: bottom - top };
    return { kind: 'box', x, y: top, ...size, radius: 0, tone: severity, opacity: 0.13 };
  });
}

function zero(scale: Scale, { top, bottom }: PlotArea): Shape {
  const size = { width: 6, height: bottom - top, radius: 3 };
  return { kind: 'box', x: scale.at(0) - 3, y: top, ...size, tone: 'text', opacity: 1 };
}

function rowShapes(row: Row, y: number, scale: Scale): Shape[] {
  const { distance, stopDistance, severity } = row;
  if (!isFiniteNumber(distance)) return [];
  const tone = severity ?? 'muted';
  const zeroX = scale.at(0);
  const x = scale.at(distance);
  const beyond = scale.beyond(distance);
  const way: Shape = {
    kind: 'line',
    points: [
      // Its round end stays off the zero line.
      { x: zeroX + Math.min(4, Math.abs(x - zeroX)) * Math.sign(x - zeroX), y },
      { x, y },
    ],
    width: 8,
    tone,
    opacity: 0.75,
  };
  const end =
    beyond === 0 ? signShape({ sign: 'dot', tone }, { x, y }) : chevron({ x, y, to: beyond, tone });
  const isShown = isFiniteNumber(stopDistance) && scale.beyond(stopDistance) === 0;
  const at = isShown ? { x: scale.at(stopDistance), y } : null;
  return [way, end, ...(at === null ? [] : [signShape({ sign: 'diamond', tone: 'text' }, at)])];
}
