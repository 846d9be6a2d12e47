import type { ExposureChart } from '../../../../replies/chart.ts';
import type { Box, Measure, Picture, Shape, Tone } from '../picture.ts';
import { isFiniteNumber } from './finite.ts';
import { signShape } from './legend.ts';
import type { PlotArea } from './row-chart.ts';
import { layoutRowChart } from './row-chart.ts';
import type { Scale } from './scale.ts';
import { createScale } from './scale.ts';

type Row = ExposureChart['rows'][number] & { readonly severity: null };

/** Long and short on one scale from a common zero; the net is a tick over both. */
export function layoutExposure(chart: ExposureChart, measure: Measure): Picture {
  const { legend } = chart;
  return layoutRowChart<Row>(
    {
      frame: chart,
      rows: chart.rows.map((row) => ({ ...row, severity: null })),
      hasAxis: false,
      widestText: 340,
      legend: [
        { sign: 'box', tone: 'short', text: legend.short },
        { sign: 'box', tone: 'long', text: legend.long },
        { sign: 'tick', tone: 'text', text: legend.net },
      ],
      plot(area) {
        const scale = createScale({ ...domainOf(chart), from: area.from + 4, to: area.to - 4 });
        return {
          under: [zero(scale, area)],
          axis: [],
          row: (row, y) => rowShapes(row, y, scale),
        };
      },
    },
    measure,
  );
}

function domainOf({ rows }: ExposureChart): { low: number; high: number } {
  const finite = (values: readonly number[]) => values.filter(isFiniteNumber);
  const high = Math.max(0, ...finite(rows.flatMap(({ long, net }) => [long, net])));
  const low = Math.min(0, ...finite(rows.flatMap(({ short, net }) => [-short, net])));
  return high === low ? { low: -1, high: 1 } : { low, high };
}

function zero(scale: Scale, { top, bottom }: PlotArea): Shape {
  const points = [
    { x: scale.at(0), y: top },
    { x: scale.at(0), y: bottom },
  ];
  return { kind: 'line', points, width: 2, tone: 'muted', opacity: 0.7 };
}

const HEIGHT = 24;

function rowShapes({ long, short, net }: Row, y: number, scale: Scale): Shape[] {
  return [
    ...(short > 0 ? [bar(y, [scale.at(-short), scale.at(0)], 'short')] : []),
    ...(long > 0 ? [bar(y, [scale.at(0), scale.at(long)], 'long')] : []),
    ...(isFiniteNumber(net) ? netTick(scale.at(net), y) : []),
  ];
}

/** Anything that is there is at least a sliver. */
function bar(y: number, [from, to]: readonly [number, number], tone: Tone): Box {
  const width = Math.max(to - from, 3);
  const x = tone === 'short' ? to - width : from;
  return { kind: 'box', x, y: y - HEIGHT / 2, width, height: HEIGHT, radius: 3, tone, opacity: 1 };
}

/** With a rim of paper, so that it stands out on a bar of any colour. */
function netTick(x: number, y: number): Shape[] {
  const rim = { kind: 'box', x: x - 5, y: y - 19, width: 10, height: 38, radius: 5 } as const;
  return [
    { ...rim, tone: 'paper', opacity: 1 },
    signShape({ sign: 'tick', tone: 'text' }, { x, y }),
  ];
}
