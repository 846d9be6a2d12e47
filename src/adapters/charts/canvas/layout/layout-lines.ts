import type { LinesChart } from '../../../../replies/chart.ts';
import type { Line, Measure, Picture, Point, Shape, Words } from '../picture.ts';
import { isFiniteNumber } from './finite.ts';
import { signShape } from './legend.ts';
import { figureAt, layoutPage, wordsAt } from './page.ts';
import { placeLabels } from './place-labels.ts';
import type { Scale } from './scale.ts';
import { createScale } from './scale.ts';
import { BODY_TOP, PAGE_MARGIN, PAGE_WIDTH, SMALL_SIZE, TEXT_SIZE } from './sizes.ts';

type Series = LinesChart['series'][number];

/** More panels than this are too flat to read. */
const MOST_PANELS = 4;
const PANEL_HEIGHT = 190;
const TIME_HEIGHT = 40;
const COLUMN_GAP = 20;
const WIDEST_WORDS = 260;

/** A panel per series under one time axis: what is in another unit does not share a scale. */
export function layoutLines(chart: LinesChart, measure: Measure): Picture {
  const series = chart.series.filter(({ points }) =>
    points.some(({ value }) => isFiniteNumber(value)),
  );
  const panels = series.slice(0, MOST_PANELS);
  if (panels.length === 0) return layoutPage(chart, null, measure);
  const columns = columnsOf(panels, measure);
  const time = timeScale(panels, columns);
  const bottom = BODY_TOP + panels.length * PANEL_HEIGHT;
  const body = {
    bottom: bottom + TIME_HEIGHT,
    legend: [],
    left: series.length - panels.length,
    shapes: [
      ...timeAxis(chart.timeLabels, time, { columns, bottom, measure }),
      ...panels.flatMap((each, index) => {
        const top = BODY_TOP + index * PANEL_HEIGHT;
        return panel(each, { top, time, columns, measure });
      }),
    ],
  };
  return layoutPage(chart, body, measure);
}

interface Columns {
  readonly label: number;
  readonly range: number;
  readonly from: number;
  readonly to: number;
  readonly text: number;
}

function columnsOf(series: readonly Series[], measure: Measure): Columns {
  const widest = (texts: readonly string[], size: number) =>
    Math.min(WIDEST_WORDS, Math.max(0, ...texts.map((text) => measure(text, size))));
  const label = widest(
    series.map((each) => each.label),
    TEXT_SIZE,
  );
  const range = widest(
    series.flatMap(({ lowText, highText }) => [lowText, highText]),
    SMALL_SIZE,
  );
  const text = widest(
    series.map((each) => each.text),
    TEXT_SIZE,
  );
  return {
    label,
    range,
    text,
    from: Math.ceil(PAGE_MARGIN + label + COLUMN_GAP + range + COLUMN_GAP),
    to: Math.floor(PAGE_WIDTH - PAGE_MARGIN - text - COLUMN_GAP - 8),
  };
}

function timeScale(series: readonly Series[], { from, to }: Columns): Scale {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { at } of series.flatMap(({ points }) => points)) {
    low = Math.min(low, at);
    high = Math.max(high, at);
  }
  return createScale({ low, high, from, to });
}

interface PanelPlace {
  readonly top: number;
  readonly time: Scale;
  readonly columns: Columns;
  readonly measure: Measure;
}

function panel(series: Series, { top, time, columns, measure }: PanelPlace): Shape[] {
  const high = top + 24;
  const low = top + PANEL_HEIGHT - 24;
  const values = series.points.flatMap(({ value }) => (isFiniteNumber(value) ? [value] : []));
  const scale = createScale({ ...rangeOf(values), from: low, to: high });
  const runs = runsOf(series, time, scale);
  const tip = runs.at(-1)?.at(-1);
  return [
    ...[high, low].map((y) => rule(y, columns)),
    ...runs.map(stroke),
    ...(tip ? [signShape({ sign: 'dot', tone: 'long' }, tip)] : []),
    ...panelWords(series, { high, low, tipY: tip?.y ?? low }, { columns, measure }),
  ];
}

function rangeOf(values: readonly number[]): { low: number; high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { low, high };
}

/** Unbroken stretches; where nothing is known there is no line. */
function runsOf({ points }: Series, time: Scale, scale: Scale): Point[][] {
  const runs: Point[][] = [];
  let run: Point[] = [];
  for (const { at, value } of points) {
    if (isFiniteNumber(value)) {
      if (run.length === 0) runs.push(run);
      run.push({ x: time.at(at), y: scale.at(value) });
    } else {
      run = [];
    }
  }
  return runs;
}

/** A lonely reading is a point: a stroke of no length with round ends. */
function stroke(points: readonly Point[]): Line {
  const [only] = points;
  const drawn = points.length === 1 && only ? [only, only] : points;
  return { kind: 'line', points: drawn, width: 5, tone: 'long', opacity: 1 };
}

function rule(y: number, { from, to }: Columns): Line {
  const points = [
    { x: from, y },
    { x: to, y },
  ];
  return { kind: 'line', points, width: 2, tone: 'grid', opacity: 0.6 };
}

function panelWords(
  { label, text, lowText, highText }: Series,
  at: { readonly high: number; readonly low: number; readonly tipY: number },
  { columns, measure }: Pick<PanelPlace, 'columns' | 'measure'>,
): Words[] {
  const line = { height: 40, size: TEXT_SIZE, tone: 'text' as const, measure };
  const small = { height: 34, size: SMALL_SIZE, tone: 'muted' as const, measure };
  const name = { ...line, x: PAGE_MARGIN, y: (at.high + at.low) / 2 - 20 };
  const bound = (words: string, y: number) =>
    figureAt(words, {
      ...small,
      right: columns.from - COLUMN_GAP,
      y: y - 17,
      maxWidth: columns.range,
    });
  const last = { ...line, right: PAGE_WIDTH - PAGE_MARGIN, y: at.tipY - 20 };
  return [
    wordsAt(label, { ...name, maxWidth: columns.label }),
    bound(highText, at.high),
    bound(lowText, at.low),
    figureAt(text, { ...last, maxWidth: columns.text }),
  ];
}

/** Labels that would touch are left out: a time must not stand off its place. */
function timeAxis(
  labels: LinesChart['timeLabels'],
  time: Scale,
  place: { readonly columns: Columns; readonly bottom: number; readonly measure: Measure },
): Shape[] {
  const { columns, bottom, measure } = place;
  const shown = labels.filter(({ at }) => Number.isFinite(at) && time.beyond(at) === 0);
  const wanted = shown.map(({ at, text }, index) => ({
    center: time.at(at),
    width: measure(text, SMALL_SIZE),
    priority: index,
  }));
  const room = { from: columns.from - 60, to: columns.to + 60, gap: 24, maxShift: 0 };
  return placeLabels(wanted, room).flatMap(({ index, left }) => {
    const label = shown[index];
    if (label === undefined) return [];
    const line = { y: bottom, height: TIME_HEIGHT - 4, size: SMALL_SIZE, maxWidth: PAGE_WIDTH };
    const x = time.at(label.at);
    const points = [
      { x, y: BODY_TOP + 24 },
      { x, y: bottom },
    ];
    return [
      { kind: 'line', points, width: 2, tone: 'grid', opacity: 0.35 } as const,
      wordsAt(label.text, { ...line, x: left, tone: 'muted', measure }),
    ];
  });
}
