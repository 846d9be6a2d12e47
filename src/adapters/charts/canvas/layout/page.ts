import type { ChartFrame } from '../../../../replies/chart.ts';
import { markOf } from '../../../../replies/mark.ts';
import type { Note } from '../../../../replies/reply.ts';
import type { Measure, Picture, Shape, Tone, Words } from '../picture.ts';
import { fitText } from './fit-text.ts';
import type { LegendEntry } from './legend.ts';
import { legendRow } from './legend.ts';
import {
  BODY_TOP,
  LEAST_SIZE,
  PAGE_MARGIN,
  PAGE_WIDTH,
  SMALL_SIZE,
  TEXT_SIZE,
  TITLE_SIZE,
} from './sizes.ts';

const LINE = 40;
const EMPTY_HEIGHT = 150;
const INNER = PAGE_WIDTH - 2 * PAGE_MARGIN;

export interface PageBody {
  readonly shapes: readonly Shape[];
  readonly bottom: number;
  readonly legend: readonly LegendEntry[];
  /** Rows that are in the chart but not on the page. */
  readonly left: number;
}

/** Title and time above, legend and notes below; null in place of a body says that there is nothing. */
export function layoutPage(chart: ChartFrame, body: PageBody | null, measure: Measure): Picture {
  const main = body ?? emptyBody(chart.empty, measure);
  const notes = [...leftNote(main.left), ...(chart.notes ?? [])];
  const legendTop = main.bottom + 18;
  const notesTop = legendTop + (main.legend.length > 0 ? LINE + 6 : 0);
  return {
    width: PAGE_WIDTH,
    height: Math.ceil(notesTop + notes.length * LINE + 22),
    shapes: [
      ...main.shapes,
      ...header(chart, measure),
      ...legendRow(main.legend, { x: PAGE_MARGIN, y: legendTop, width: INNER, measure }),
      ...notes.map((note, index) => noteLine(note, notesTop + index * LINE, measure)),
    ],
  };
}

/** The same in every language: how many rows had no place. */
function leftNote(left: number): Note[] {
  return left > 0 ? [{ text: `+${left} …`, severity: null }] : [];
}

function header({ title, asOf }: ChartFrame, measure: Measure): Words[] {
  const time = asOf === undefined ? '' : fitText(asOf, { width: 420, size: SMALL_SIZE, measure });
  const width = measure(time, SMALL_SIZE);
  const name = wordsAt(title, {
    x: PAGE_MARGIN,
    y: 26,
    height: 56,
    size: TITLE_SIZE,
    tone: 'text',
    maxWidth: INNER - (width > 0 ? width + 32 : 0),
    measure,
  });
  if (width === 0) return [name];
  const x = PAGE_WIDTH - PAGE_MARGIN - width;
  const right = { x, y: 26, height: 56, size: SMALL_SIZE, tone: 'muted' as const };
  return [name, wordsAt(time, { ...right, maxWidth: width, measure })];
}

function noteLine({ text, severity }: Note, y: number, measure: Measure): Words {
  const mark = markOf(severity);
  return wordsAt(mark === '' ? text : `${mark} ${text}`, {
    x: PAGE_MARGIN,
    y,
    height: LINE - 4,
    size: SMALL_SIZE,
    tone: severity ?? 'muted',
    maxWidth: INNER,
    measure,
  });
}

function emptyBody(empty: string, measure: Measure): PageBody {
  const text = fitText(empty, { width: INNER, size: TEXT_SIZE, measure });
  const width = measure(text, TEXT_SIZE);
  const words = wordsAt(text, {
    x: (PAGE_WIDTH - width) / 2,
    y: BODY_TOP,
    height: EMPTY_HEIGHT,
    size: TEXT_SIZE,
    tone: 'muted',
    maxWidth: width,
    measure,
  });
  return { shapes: [words], bottom: BODY_TOP + EMPTY_HEIGHT, legend: [], left: 0 };
}

export interface WordsPlace {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly size: number;
  readonly tone: Tone;
  readonly maxWidth: number;
  readonly measure: Measure;
}

/** Text cut to the width it may take. */
export function wordsAt(text: string, place: WordsPlace): Words {
  const { x, y, height, size, tone, maxWidth, measure } = place;
  const fitted = fitText(text, { width: maxWidth, size, measure });
  const width = measure(fitted, size);
  return { kind: 'words', x, y, width, height, text: fitted, size, tone };
}

/** A figure against the right edge at `right`: smaller where it must be, but never cut inside a number. */
export function figureAt(
  text: string,
  { right, ...place }: Omit<WordsPlace, 'x'> & { readonly right: number },
): Words {
  const { size, maxWidth, measure } = place;
  const wanted = measure(text, size);
  const fitting = wanted > maxWidth ? Math.floor((size * maxWidth) / wanted) : size;
  const words = wordsAt(fitting < LEAST_SIZE ? '…' : text, {
    ...place,
    size: Math.max(fitting, LEAST_SIZE),
    x: 0,
  });
  return { ...words, x: right - words.width };
}
