import type { BeforeAfterChart } from '../../../../replies/chart.ts';
import type { Measure, Picture, Shape } from '../picture.ts';
import { isFiniteNumber } from './finite.ts';
import { signShape } from './legend.ts';
import type { PlotArea } from './row-chart.ts';
import { layoutRowChart } from './row-chart.ts';
import { createScale } from './scale.ts';

type Row = BeforeAfterChart['rows'][number];

/** A ring where a figure was, a dot where it will be, and the way between; each row on its own scale. */
export function layoutBeforeAfter(chart: BeforeAfterChart, measure: Measure): Picture {
  const { legend } = chart;
  return layoutRowChart(
    {
      frame: chart,
      rows: chart.rows.map((row) => ({
        ...row,
        text: `${row.beforeText} → ${row.afterText}`,
        severity: row.severityAfter,
      })),
      hasAxis: false,
      widestText: 460,
      legend: [
        { sign: 'ring', tone: 'muted', text: legend.before },
        { sign: 'dot', tone: 'muted', text: legend.after },
      ],
      plot: (area) => ({ under: [], axis: [], row: (row, y) => rowShapes(row, y, area) }),
    },
    measure,
  );
}

function rowShapes({ before, after, severityAfter }: Row, y: number, area: PlotArea): Shape[] {
  const known = [before, after].filter(isFiniteNumber);
  const range = { low: Math.min(0, ...known), high: Math.max(0, ...known) };
  const scale = createScale({ ...range, from: area.from + 16, to: area.to - 16 });
  const tone = severityAfter ?? 'text';
  const rail: Shape = {
    ...line(y, [area.from + 16, area.to - 16]),
    width: 4,
    tone: 'grid',
    opacity: 0.7,
  };
  const from = isFiniteNumber(before) ? scale.at(before) : null;
  const to = isFiniteNumber(after) ? scale.at(after) : null;
  const shapes: Shape[] = [rail];
  if (from !== null && to !== null) {
    shapes.push({ ...line(y, [from, to]), width: 8, tone, opacity: 0.6 });
  }
  if (from !== null) shapes.push(signShape({ sign: 'ring', tone: 'muted' }, { x: from, y }));
  if (to !== null) shapes.push(signShape({ sign: 'dot', tone }, { x: to, y }));
  return shapes;
}

function line(y: number, [from, to]: readonly [number, number]) {
  const points = [
    { x: from, y },
    { x: to, y },
  ];
  return { kind: 'line', points } as const;
}
