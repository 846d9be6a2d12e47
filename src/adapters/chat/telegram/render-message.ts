import { createFormatter } from '../../../replies/format.ts';
import type { Note, Reply, Severity } from '../../../replies/reply.ts';
import type { Locale, Translate } from '../../../replies/translate.ts';
import { createTranslate } from '../../../replies/translate.ts';
import { cleanReply } from './clean-reply.ts';
import { withoutMentions } from './clean-text.ts';
import { escapeHtml } from './escape-html.ts';
import { readHtml } from './html-text.ts';
import { LIMITS } from './limits.ts';
import { renderBody } from './render-body.ts';

/** At the start of a line outside tables; each has its own shape, for people who see no colours. */
const SIGNS: Readonly<Record<Severity, string>> = {
  ok: '',
  watch: '🔹 ',
  warn: '⚠️ ',
  crit: '🔴 ',
  emerg: '🚨 ',
};
const ORDER: readonly (Severity | null)[] = ['emerg', 'crit', 'warn', 'watch', 'ok', null];
/** Shares of a message; the tables get what is left, which is nearly everything on a normal day. */
const MOST_FIGURES = 1200;
const MOST_NOTES = 2200;
/** Longer than this, notes are folded below what people came for. */
const FOLDED_FROM = 320;
const BLANK_LINES = 8;

/**
 * A reply as Telegram's HTML, within the limits of a message. Headline, figures and notes always
 * stay; tables lose rows from the end and the message says how many.
 */
export function renderMessage(whole: Reply, locale: Locale): string {
  const say = createTranslate(locale);
  const reply = cleanReply(whole, say);
  const head = headOf(reply, locale, say);
  const notes = notesOf(reply.notes, say);
  const used = lengthOf(head) + lengthOf(notes) + BLANK_LINES;
  const body = renderBody(reply, LIMITS.text - used, say);
  return [head, body, notes].filter((part) => part !== '').join('\n\n');
}

function headOf(reply: Reply, locale: Locale, say: Translate): string {
  const title = `<b>${escapeHtml(signOf(reply.severity) + withoutMentions(reply.title))}</b>`;
  const figures = reply.figures.map(({ label, text, severity }) => {
    const name = escapeHtml(withoutMentions(`${signOf(severity)}${label}`));
    return `${name} <b>${escapeHtml(withoutMentions(text))}</b>`.trim();
  });
  const first = reply.takenAt === null ? [title] : [title, asOf(reply.takenAt, locale, say)];
  const shown = fitLines(figures, MOST_FIGURES, say);
  return [first.join('\n'), shown.join('\n')].filter((part) => part !== '').join('\n\n');
}

/** The reader's own time zone where the client knows how, else UTC. */
function asOf(takenAt: number, locale: Locale, say: Translate): string {
  const time = createFormatter(locale, 'UTC').time(takenAt);
  const unix = Math.floor(takenAt / 1000);
  const [before = '', after = ''] = say('common.asOf', { time: '\u0000' }).split('\u0000');
  const element = `<tg-time unix="${unix}" format="T">${escapeHtml(time)}</tg-time>`;
  return escapeHtml(before) + element + escapeHtml(after);
}

function notesOf(notes: readonly Note[], say: Translate): string {
  const lines = (some: readonly Note[]) =>
    some.map(({ text, severity }) =>
      escapeHtml((signOf(severity) || '• ') + withoutMentions(text)),
    );
  const all = lines(notes).join('\n');
  if (lengthOf(all) <= FOLDED_FROM) return all;
  // Too many even for the fold: the worst first.
  const ranked = notes.toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  const shown =
    lengthOf(all) <= MOST_NOTES ? all : fitLines(lines(ranked), MOST_NOTES, say).join('\n');
  return `<blockquote expandable>${shown}</blockquote>`;
}

/** The first lines that fit, and how many do not. */
function fitLines(lines: readonly string[], most: number, say: Translate): string[] {
  let length = 0;
  const fit = lines.findIndex((line, index) => {
    length += lengthOf(line) + 1;
    return length > most || index >= LIMITS.entities / 2;
  });
  if (fit < 0) return [...lines];
  return [
    ...lines.slice(0, fit),
    escapeHtml(say('chat.cutEntries', { count: lines.length - fit })),
  ];
}

function signOf(severity: Severity | null): string {
  return severity === null ? '' : SIGNS[severity];
}

function lengthOf(html: string): number {
  return readHtml(html).text.length;
}
