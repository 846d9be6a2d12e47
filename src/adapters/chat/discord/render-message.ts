import type { ChatButton, ChatView } from '../../../ports/chat.ts';
import type { Figure, Note, Reply, Severity, Table } from '../../../replies/reply.ts';
import { createTranslate, type Translate } from '../../../replies/translate.ts';
import { clipText } from './clip-text.ts';
import { plainLine } from './escape-markdown.ts';
import { type Fitted, fitLine, fitLines, fitParagraphs, type Room } from './fit-text.ts';
import { LIMITS } from './limits.ts';
import {
  type ButtonRow,
  type DiscordMessage,
  type MessageEmbed,
  type MessageFile,
  NO_MENTIONS,
} from './message.ts';
import { tableBlock } from './table-block.ts';
import { wholeText } from './whole-text.ts';

/** What a push notification shows of a message is its first line, and not all of a long one. */
const MOST_HEADLINE = 150;
const MOST_TITLE = 200;
const MOST_LABEL = 60;
const MOST_FIGURE = 120;
/** Room for notes in an embed, before figures, tables and paragraphs get theirs. */
const MOST_NOTES = 3000;
const SHORTEST_NOTE = 60;
/** Room kept for paragraphs, where there are any. */
const LEAST_TEXT = 300;
/** Blank lines between the parts of an embed. */
const BETWEEN = 2;

/** At the start of a line, outside of tables: a shape that a small screen shows first. */
const MARKS: Readonly<Record<Severity, string>> = {
  ok: '',
  watch: '🟡 ',
  warn: '⚠️ ',
  crit: '🔴 ',
  emerg: '🚨 ',
};
const COLOURS: Readonly<Record<Severity, number>> = {
  ok: 0x2e_a0_43,
  watch: 0xd4_a7_2c,
  warn: 0xe0_7b_1a,
  crit: 0xd0_31_2d,
  emerg: 0x8b_00_4a,
};
const PLAIN_COLOUR = 0x5b_6b_7b;
const STYLES = { plain: 2, success: 3, danger: 4 } as const;

/**
 * A view as one Discord message: a line that makes sense in a notification, tables as fixed-width
 * blocks below it, everything else in a coloured embed. What does not fit is counted in the message
 * and comes along as a text file, so that nothing is lost.
 */
export function renderMessage(view: ChatView): DiscordMessage {
  const { reply, locale } = view;
  const say = createTranslate(locale);
  const { content, ...left } = contentOf(reply);
  const description = descriptionOf(reply, left, say);
  const files = filesOf(view, description);
  const embed: MessageEmbed = {
    ...(description.text === '' ? {} : { description: description.text }),
    ...(view.picture === null ? {} : { image: { url: `attachment://${PICTURE}` } }),
  };
  const color = reply.severity === null ? PLAIN_COLOUR : COLOURS[reply.severity];
  return {
    body: {
      content,
      embeds: Object.keys(embed).length === 0 ? [] : [{ ...embed, color }],
      components: rowsOf(view.buttons),
      attachments: files.map(({ name }, place) => ({
        id: String(place),
        filename: name,
        ...(name === PICTURE ? { description: altOf(view) } : {}),
      })),
      allowed_mentions: NO_MENTIONS,
    },
    files,
  };
}

/** What found no place in the message's own text. */
interface Left {
  readonly figures: readonly Figure[];
  readonly tables: readonly Table[];
}

/** The headline, and the tables that fit below it; the rest is for the embed. */
function contentOf(reply: Reply): { readonly content: string } & Left {
  const headline = headlineOf(reply);
  let content = headline.text;
  let taken = 0;
  for (const table of reply.tables) {
    const block = tableBlock(table, LIMITS.content - content.length - 1);
    if (block === null || block.missing > 0) break;
    content += `\n${block.text}`;
    taken += 1;
  }
  return {
    content,
    figures: reply.figures.slice(headline.figures),
    tables: reply.tables.slice(taken),
  };
}

/** Title and first figures. At least the first one: it is the answer. */
function headlineOf(reply: Reply): { readonly text: string; readonly figures: number } {
  const mark = reply.severity === null ? '' : MARKS[reply.severity];
  let text = `${mark}**${fitLine(reply.title, MOST_TITLE) || '…'}**`;
  let figures = 0;
  for (const figure of reply.figures) {
    // One mark is enough for a line; the embed's lines have their own.
    const longer = `${text} · ${figureText({ ...figure, severity: null })}`;
    // A Chinese sign is as wide as two others.
    const wide = longer.match(/\p{sc=Han}/gu)?.length ?? 0;
    if (figures > 0 && longer.length + wide > MOST_HEADLINE) break;
    text = longer;
    figures += 1;
  }
  return { text, figures };
}

function figureText({ label, text, severity }: Figure): string {
  const mark = severity === null ? '' : MARKS[severity];
  return `${mark}${fitLine(label, MOST_LABEL)} **${fitLine(text, MOST_FIGURE) || '–'}**`;
}

interface Parts {
  readonly text: string;
  readonly isCut: boolean;
}

function descriptionOf(reply: Reply, left: Left, say: Translate): Parts {
  const time =
    reply.takenAt === null
      ? ''
      : say('common.asOf', { time: `<t:${Math.floor(reply.takenAt / 1000)}:T>` });
  const forText = reply.paragraphs.length === 0 ? 0 : LEAST_TEXT;
  let room = LIMITS.embedDescription - time.length - BETWEEN;
  const take = (part: Fitted): Fitted => {
    if (part.text !== '') room -= part.text.length + BETWEEN;
    return part;
  };
  // Filled in the order of what is most needed, which is not the order of reading.
  const notes = take(fitNotes(reply.notes, say));
  const others = left.figures.map(figureText);
  const figures = take(fitLines(others, { most: (room - forText) / 2, say }));
  const tables = take(fitTables(left.tables, { most: room - forText, say }));
  const text = take(fitParagraphs(reply.paragraphs, { most: room, say }));
  const parts = [figures, tables, text, notes];
  return {
    text: [...parts.map((part) => part.text), time].filter((part) => part !== '').join('\n\n'),
    isCut: parts.some(({ isCut }) => isCut),
  };
}

/** Every note, shortened evenly where they are too long together; of too many the worst first. */
function fitNotes(notes: readonly Note[], say: Translate): Fitted {
  const whole = notes.map((note) => noteLine(note, MOST_NOTES)).join('\n');
  if (whole.length <= MOST_NOTES) return { text: whole, isCut: false };
  const share = Math.floor(MOST_NOTES / notes.length) - 1;
  const lines = byWorst(notes).map((note) => noteLine(note, Math.max(SHORTEST_NOTE, share)));
  return { ...fitLines(lines, { most: MOST_NOTES, say }), isCut: true };
}

function noteLine({ text, severity }: Note, most: number): string {
  const mark = severity === null || severity === 'ok' ? '▫️ ' : MARKS[severity];
  return mark + fitLine(text, most - mark.length);
}

function byWorst(notes: readonly Note[]): Note[] {
  const order = Object.keys(MARKS);
  const rank = ({ severity }: Note) => (severity === null ? -1 : order.indexOf(severity));
  return [...notes].sort((a, b) => rank(b) - rank(a));
}

function fitTables(tables: readonly Table[], { most, say }: Room): Fitted {
  const texts: string[] = [];
  let missing = 0;
  let room = most - say('chat.cutEntries', { count: 999_999 }).length - 1;
  for (const table of tables) {
    const block = missing > 0 ? null : tableBlock(table, room);
    missing += block === null ? Math.max(1, table.rows.length) : block.missing;
    if (block === null) continue;
    texts.push(block.text);
    room -= block.text.length + 1;
  }
  if (missing > 0) texts.push(say('chat.cutEntries', { count: missing }));
  return { text: texts.join('\n'), isCut: missing > 0 };
}

const PICTURE = 'chart.png';
const WHOLE_TEXT = 'answer.txt';

function filesOf(
  { reply, picture }: ChatView,
  { isCut }: { readonly isCut: boolean },
): MessageFile[] {
  const files: MessageFile[] = [];
  if (picture !== null) {
    files.push({ name: PICTURE, data: picture.png, contentType: 'image/png' });
  }
  if (isCut) {
    const data = new TextEncoder().encode(wholeText(reply));
    files.push({ name: WHOLE_TEXT, data, contentType: 'text/plain; charset=utf-8' });
  }
  return files;
}

/** For people who cannot see the picture. */
function altOf({ picture, reply }: ChatView): string {
  const text = plainLine(picture?.alt ?? '') || plainLine(reply.title);
  return clipText(text, LIMITS.altText, () => '…') || '…';
}

function rowsOf(buttons: readonly (readonly ChatButton[])[]): ButtonRow[] {
  return buttons
    .filter((row) => row.length > 0)
    .map((row) => ({
      type: 1,
      components: row.map(({ token, label, style }) => ({
        type: 2,
        style: STYLES[style],
        // A label knows no markup, so nothing is escaped.
        label: clipText(plainLine(label), LIMITS.buttonLabel, () => '…') || '…',
        custom_id: token,
      })),
    }));
}
