import type { Cell, Figure, Note, Reply, Table } from '../../../replies/reply.ts';
import type { Translate } from '../../../replies/translate.ts';
import { cleanLine, cleanText } from './clean-text.ts';
import { cutText } from './cut-text.ts';

/** Longest texts of each kind, in UTF-16 units; the figure is a list of accounts. */
const MOST = { title: 160, label: 60, figure: 400, cell: 120, caption: 160, note: 500 } as const;

/**
 * The reply with every text made harmless and no longer than a message can bear, so that layout
 * measures what is really sent. What is cut says so.
 */
export function cleanReply(reply: Reply, say: Translate): Reply {
  const line = (text: string, most: number) => cutText(cleanLine(text), most, say);
  const cell = ({ text, severity }: Cell): Cell => ({ text: line(text, MOST.cell), severity });
  const figure = ({ label, text, severity }: Figure): Figure => ({
    label: line(label, MOST.label),
    text: line(text, MOST.figure),
    severity,
  });
  const note = ({ text, severity }: Note): Note => ({ text: line(text, MOST.note), severity });
  const table = (each: Table): Table => ({
    caption: each.caption === null ? null : line(each.caption, MOST.caption),
    columns: each.columns.map((column) => ({ ...column, label: line(column.label, MOST.label) })),
    rows: each.rows.map((row) => row.map(cell)),
    empty: line(each.empty, MOST.note),
  });
  return {
    ...reply,
    title: line(reply.title, MOST.title) || '–',
    figures: reply.figures.map(figure),
    tables: reply.tables.map(table),
    paragraphs: reply.paragraphs
      .map((text) => cleanText(text).trim())
      .filter((text) => text !== ''),
    notes: reply.notes.map(note),
  };
}
