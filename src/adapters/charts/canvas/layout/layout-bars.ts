import type { BarsChart } from '../../../../replies/chart.ts';
import type { Box, Measure, Picture, Shape } from '../picture.ts';
import { chevron } from './chevron.ts';
import { isFiniteNumber } from './finite.ts';
import { layoutRowChart, ROW_HEIGHT } from './row-chart.ts';
import type { Scale } from './scale.ts';
import { createScale } from './scale.ts';
import { thresholdLabels, thresholdLines } from './thresholds.ts';

type Row = BarsChart['rows'][number];

/** A bar per row on a common scale that reaches to the whole (1) at least. */
export function layoutBars(chart: BarsChart, measure: Measure): Picture {
  const { rows, marks } = chart;
  return layoutRowChart<Row>(
    {
      frame: chart,
      rows,
      hasAxis: marks.length > 0,
      widestText: 300,
      legend: [],
      plot(area) {
        const scale = createScale({
          low: 0,
          high: highOf(chart),
          from: area.from,
          to: area.to - 14,
        });
        return {
          under: [],
          // Lines cross the empty tracks and end at the bars, so they are drawn per row, between the two.
          axis: thresholdLabels(marks, scale),
          row: (row, y) => {
            const reach = { ...area, top: y - ROW_HEIGHT / 2, bottom: y + ROW_HEIGHT / 2 };
            return [track(y, scale), ...thresholdLines(marks, scale, reach), ...bar(row, y, scale)];
          },
        };
      },
    },
    measure,
  );
}

/** Beyond one and a half times the whole the exact height no longer matters; the text has it. */
const HIGHEST = 1.5;

function highOf({ rows, marks }: BarsChart): number {
  const values = rows.flatMap(({ value }) => (isFiniteNumber(value) ? [value] : []));
  const known = Math.max(0, ...values, ...marks.map(({ at }) => at));
  return Math.max(1, Math.min(HIGHEST, known));
}

const HEIGHT = 24;

function track(y: number, scale: Scale): Shape {
  return { ...span(y, scale.at(0), scale.at(1)), tone: 'grid', opacity: 0.45 };
}

function bar({ value, severity }: Row, y: number, scale: Scale): Shape[] {
  if (!isFiniteNumber(value) || value <= 0) return [];
  const tone = severity ?? 'muted';
  const x = scale.at(value);
  const isBeyond = scale.beyond(value) === 1;
  return [
    { ...span(y, scale.at(0), x), tone, opacity: 1 },
    ...(isBeyond ? [chevron({ x, y, to: 1, tone })] : []),
  ];
}

function span(y: number, from: number, to: number): Omit<Box, 'tone' | 'opacity'> {
  const width = Math.max(to - from, 4);
  return { kind: 'box', x: from, y: y - HEIGHT / 2, width, height: HEIGHT, radius: 5 };
}
