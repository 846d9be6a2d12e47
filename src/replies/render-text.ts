import stringWidth from 'string-width';
import { hasWide } from './column-width.ts';
import type { Formatter } from './format.ts';
import { gutterOf, painted, withGutter } from './gutter.ts';
import type { Layout, Paint } from './layout.ts';
import { NARROW } from './layout.ts';
import { markOf } from './mark.ts';
import type { Figure, Note, Reply, Table } from './reply.ts';
import { tableLines } from './table-lines.ts';
import type { Translate } from './translate.ts';
import { wrapText } from './wrap-text.ts';

export interface TextOptions {
  /** Display columns: 30 for a phone's code block, 80 for a terminal. */
  readonly width: number;
  readonly say: Translate;
  readonly format: Formatter;
  /** Adds colour where the medium has it; the text is complete without. */
  readonly paint?: Paint;
}

/** A reply as plain text. No line is wider than the width; notes are always there. */
export function renderText(reply: Reply, options: TextOptions): string {
  const layout: Layout = { width: options.width, paint: options.paint ?? ((text) => text) };
  const blocks = [
    [...titleLines(reply, options, layout), ...figureLines(reply.figures, layout)],
    ...reply.tables.map((table) => captionedLines(table, layout)),
    ...reply.paragraphs.map((text) => wrapText(text, layout.width)),
    reply.notes.flatMap((note) => noteLines(note, layout)),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function titleLines(reply: Reply, { say, format }: TextOptions, layout: Layout): string[] {
  const title = withMark(reply.title, reply.severity);
  const asOf =
    reply.takenAt === null ? '' : say('common.asOf', { time: format.time(reply.takenAt) });
  const oneLine = asOf === '' ? title : `${title}  ${asOf}`;
  const lines =
    stringWidth(oneLine) <= layout.width
      ? [oneLine]
      : [...wrapText(title, layout.width), ...wrapText(asOf, layout.width)];
  return lines.map((line, index) =>
    index === 0 ? painted(line, reply.severity, layout.paint) : line,
  );
}

function figureLines(figures: readonly Figure[], layout: Layout): string[] {
  return layout.width < NARROW ? stacked(figures, layout) : flowing(figures, layout);
}

/** Side by side, three blanks between, a new line when the next one does not fit. */
function flowing(figures: readonly Figure[], layout: Layout): string[] {
  const lines: { plain: string; inColour: string }[] = [];
  for (const figure of figures) {
    const plain = withMark(`${figure.label} ${figure.text}`, figure.severity);
    const inColour = painted(plain, figure.severity, layout.paint);
    const last = lines.at(-1);
    if (last !== undefined && stringWidth(`${last.plain}   ${plain}`) <= layout.width) {
      last.plain += `   ${plain}`;
      last.inColour += `   ${inColour}`;
    } else if (stringWidth(plain) <= layout.width) {
      lines.push({ plain, inColour });
    } else {
      for (const line of wrapText(plain, layout.width, '  ')) {
        lines.push({ plain: line, inColour: painted(line, figure.severity, layout.paint) });
      }
    }
  }
  return lines.map((line) => line.inColour);
}

/** One below the other. Labels are padded only where a column is a column in every font. */
function stacked(figures: readonly Figure[], layout: Layout): string[] {
  const as = withGutter(
    figures.map(({ severity }) => severity),
    layout,
  );
  const isPlain = figures.every(({ label }) => !hasWide(label));
  const longest = isPlain ? Math.max(0, ...figures.map(({ label }) => label.length)) : 0;
  return figures.flatMap(({ label, text, severity }) => {
    const room = as.width - as.inset;
    const padded = `${label.padEnd(longest)} ${text}`;
    const line = stringWidth(padded) <= room ? padded : `${label} ${text}`;
    return wrapText(line, room, '  ').map((part, index) => {
      const gutter = index === 0 ? gutterOf(severity, as) : ' '.repeat(as.inset);
      return gutter + painted(part, severity, as.paint);
    });
  });
}

function captionedLines(table: Table, layout: Layout): string[] {
  const caption = table.caption === null ? [] : wrapText(table.caption, layout.width);
  return [...caption, ...tableLines(table, layout)];
}

function noteLines(note: Note, layout: Layout): string[] {
  const mark = markOf(note.severity) === '' ? '-' : markOf(note.severity);
  const indent = ' '.repeat(mark.length + 1);
  return wrapText(`${mark} ${note.text}`, layout.width, indent).map((line) =>
    painted(line, note.severity, layout.paint),
  );
}

function withMark(text: string, severity: Figure['severity']): string {
  const mark = markOf(severity);
  return mark === '' ? text : `${mark} ${text}`;
}
