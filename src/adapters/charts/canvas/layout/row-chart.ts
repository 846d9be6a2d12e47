import type { ChartFrame } from '../../../../replies/chart.ts';
import { markOf } from '../../../../replies/mark.ts';
import type { Severity } from '../../../../replies/reply.ts';
import type { Box, Measure, Picture, Shape, Tone, Words } from '../picture.ts';
import type { LegendEntry } from './legend.ts';
import type { PageBody } from './page.ts';
import { figureAt, layoutPage, wordsAt } from './page.ts';
import { placeLabels } from './place-labels.ts';
import { BODY_TOP, PAGE_MARGIN, PAGE_WIDTH, SMALL_SIZE, TEXT_SIZE } from './sizes.ts';

/** More rows than this are too small on a phone; the page says how many it left out. */
const MOST_ROWS = 16;
export const ROW_HEIGHT = 52;
const AXIS_HEIGHT = 40;
const COLUMN_GAP = 24;
const WIDEST_LABEL = 470;

/** What every row has: words at both ends, and a mark that repeats its colour. */
export interface RowWords {
  readonly label: string;
  readonly text: string;
  readonly severity: Severity | null;
}

export interface AxisLabel {
  readonly x: number;
  readonly text: string;
  readonly tone: Tone;
  readonly priority: number;
}

/** Where rows may draw. */
export interface PlotArea {
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly bottom: number;
}

export interface RowChart<Row extends RowWords> {
  readonly frame: ChartFrame;
  readonly rows: readonly Row[];
  readonly legend: readonly LegendEntry[];
  readonly hasAxis: boolean;
  /** How much of the page the words at the right may take. */
  readonly widestText: number;
  /** Everything in the plot. `under` lies below the rows, labels above everything. */
  plot(area: PlotArea): RowPlot<Row>;
}

interface RowPlot<Row> {
  readonly under: readonly Shape[];
  readonly axis: readonly AxisLabel[];
  /** One row, around its middle line. */
  row(row: Row, y: number): readonly Shape[];
}

/** Rows of one height: mark, label, plot, text; the plot takes what the words leave. */
export function layoutRowChart<Row extends RowWords>(
  chart: RowChart<Row>,
  measure: Measure,
): Picture {
  if (chart.rows.length === 0) return layoutPage(chart.frame, null, measure);
  return layoutPage(chart.frame, bodyOf(chart, measure), measure);
}

function bodyOf<Row extends RowWords>(chart: RowChart<Row>, measure: Measure): PageBody {
  const rows = chart.rows.slice(0, MOST_ROWS);
  const columns = columnsOf(rows, chart.widestText, measure);
  const top = BODY_TOP + (chart.hasAxis ? AXIS_HEIGHT : 0);
  const bottom = top + rows.length * ROW_HEIGHT;
  const area = { from: columns.plotFrom, to: columns.plotTo, top, bottom };
  const plot = chart.plot(area);
  const middle = (index: number) => top + (index + 0.5) * ROW_HEIGHT;
  return {
    bottom,
    legend: chart.legend,
    left: chart.rows.length - rows.length,
    shapes: [
      ...rows.flatMap((_, index) => (index % 2 === 0 ? [stripe(middle(index))] : [])),
      ...plot.under,
      ...rows.flatMap((row, index) => plot.row(row, middle(index))),
      ...rows.flatMap((row, index) => rowWords(row, middle(index), { columns, measure })),
      ...axisWords(plot.axis, area, measure),
    ],
  };
}

interface Columns {
  readonly labelAt: number;
  readonly labelWidth: number;
  readonly plotFrom: number;
  readonly plotTo: number;
  readonly textWidth: number;
}

function columnsOf(rows: readonly RowWords[], widestText: number, measure: Measure): Columns {
  const widest = (texts: readonly string[]) =>
    Math.max(0, ...texts.map((text) => measure(text, TEXT_SIZE)));
  const markWidth = widest(rows.map(({ severity }) => markOf(severity)));
  const labelAt = PAGE_MARGIN + (markWidth > 0 ? markWidth + 12 : 0);
  const labelWidth = Math.min(widest(rows.map(({ label }) => label)), WIDEST_LABEL);
  const textWidth = Math.min(widest(rows.map(({ text }) => text)), widestText);
  return {
    labelAt,
    labelWidth,
    plotFrom: Math.ceil(labelAt + labelWidth + COLUMN_GAP),
    plotTo: Math.floor(PAGE_WIDTH - PAGE_MARGIN - textWidth - COLUMN_GAP),
    textWidth,
  };
}

function stripe(y: number): Box {
  const x = PAGE_MARGIN / 2;
  const width = PAGE_WIDTH - PAGE_MARGIN;
  const height = ROW_HEIGHT;
  return {
    kind: 'box',
    x,
    y: y - height / 2,
    width,
    height,
    radius: 8,
    tone: 'stripe',
    opacity: 1,
  };
}

function rowWords(
  { label, text, severity }: RowWords,
  y: number,
  { columns, measure }: { readonly columns: Columns; readonly measure: Measure },
): Words[] {
  const tone = severity ?? 'text';
  const line = { y: y - 20, height: 40, size: TEXT_SIZE, measure };
  const mark = wordsAt(markOf(severity), { ...line, x: PAGE_MARGIN, tone, maxWidth: 100 });
  const { labelAt, labelWidth, textWidth } = columns;
  const name = wordsAt(label, { ...line, x: labelAt, tone: 'text', maxWidth: labelWidth });
  const right = PAGE_WIDTH - PAGE_MARGIN;
  const figure = figureAt(text, { ...line, right, tone, maxWidth: textWidth });
  return [mark, name, figure].filter((words) => words.text !== '');
}

/** How far an axis label may stand off its line. */
const MAX_SHIFT = 60;

function axisWords(labels: readonly AxisLabel[], area: PlotArea, measure: Measure): Words[] {
  const wanted = labels.map(({ x, text, priority }) => ({
    center: x,
    width: measure(text, SMALL_SIZE),
    priority,
  }));
  const room = { from: area.from - 30, to: area.to + 30, gap: 14, maxShift: MAX_SHIFT };
  return placeLabels(wanted, room).flatMap(({ index, left }) => {
    const label = labels[index];
    if (label === undefined) return [];
    const { text, tone } = label;
    const line = { y: area.top - AXIS_HEIGHT, height: AXIS_HEIGHT - 4, size: SMALL_SIZE };
    return [wordsAt(text, { ...line, x: left, tone, maxWidth: PAGE_WIDTH, measure })];
  });
}
