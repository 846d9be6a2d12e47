import type { Cell, Reply } from '../../../replies/reply.ts';

/** A reply with nothing left out, as plain text for a file: unfitted, so of any length at no cost. */
export function wholeText(reply: Reply): string {
  const cells = (row: readonly Cell[]) => row.map(({ text }) => text).join('\t');
  const tables = reply.tables.map(({ caption, columns, rows, empty }) => [
    ...(caption === null ? [] : [caption]),
    ...(rows.length === 0
      ? [empty]
      : [columns.map(({ label }) => label).join('\t'), ...rows.map(cells)]),
  ]);
  const blocks = [
    [reply.title, ...(reply.takenAt === null ? [] : [new Date(reply.takenAt).toISOString()])],
    reply.figures.map(({ label, text }) => `${label}\t${text}`),
    ...tables,
    reply.paragraphs,
    reply.notes.map(({ text }) => text),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}
