import { badRequest } from './world.ts';

export interface HtmlEntity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
}

const KNOWN: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  s: 'strikethrough',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  a: 'text_link',
  'tg-spoiler': 'spoiler',
  'tg-time': 'date_time',
};
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };
const MENTION = /(?<![\w@])@[A-Za-z0-9_]{4,32}/g;
const LINK = /\bhttps?:\/\/\S+/g;

/**
 * Telegram's HTML, written apart from the product's own reading of it: what is not known markup is
 * refused. Mentions and links are found in what stays outside code, as the real server does.
 */
export function readStrictHtml(html: string): { text: string; entities: HtmlEntity[] } {
  const open: { tag: string; at: number }[] = [];
  const entities: HtmlEntity[] = [];
  let text = '';
  let at = 0;
  while (at < html.length) {
    const sign = html.charAt(at);
    if (sign === '&') {
      const [raw, name = ''] = /^&(#\d+|#x[0-9a-f]+|\w+);/i.exec(html.slice(at)) ?? [];
      // An ampersand that begins nothing is taken as it is.
      text += raw === undefined ? '&' : decode(name, raw);
      at += raw?.length ?? 1;
    } else if (sign === '<') {
      const [raw, slash, tag = '', attributes = ''] =
        /^<(\/?)([a-z-]+)((?:\s[^<>]*)?)>/i.exec(html.slice(at)) ?? [];
      if (raw === undefined) throw parseError(`Unsupported start tag at byte offset ${at}`);
      if (slash === '/') entities.push(close(open, { tag, at: text.length }));
      else open.push(opened(tag, attributes, text.length));
      at += raw.length;
    } else {
      text += sign;
      at += 1;
    }
  }
  const left = open.at(-1);
  if (left) throw parseError(`Can't find end tag corresponding to start tag "${left.tag}"`);
  return { text: text.trim(), entities: [...entities, ...automatic(text, entities)] };
}

export function readPlain(text: string): { text: string; entities: HtmlEntity[] } {
  return { text: text.trim(), entities: automatic(text, []) };
}

function opened(tag: string, attributes: string, at: number): { tag: string; at: number } {
  if (!(tag in KNOWN)) throw parseError(`Unsupported start tag "${tag}"`);
  if (tag === 'tg-time') {
    const [, unix, format] = /^ unix="(\d+)"(?: format="(.*)")?$/.exec(attributes) ?? [];
    const isFormat = format === undefined || /^(r|w?[dD]?[tT]?)$/.test(format);
    if (unix === undefined || !isFormat) throw parseError('invalid tg-time');
  }
  return { tag, at };
}

function close(open: { tag: string; at: number }[], end: { tag: string; at: number }): HtmlEntity {
  const start = open.pop();
  if (start?.tag !== end.tag) throw parseError(`Unmatched end tag, expected "</${start?.tag}>"`);
  return { type: KNOWN[end.tag] ?? '', offset: start.at, length: end.at - start.at };
}

function decode(name: string, raw: string): string {
  if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
  if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
  return NAMED[name] ?? raw;
}

function automatic(text: string, entities: readonly HtmlEntity[]): HtmlEntity[] {
  const code = entities.filter(({ type }) => type === 'code' || type === 'pre');
  const isInCode = (at: number) => code.some((e) => at >= e.offset && at < e.offset + e.length);
  const found = (pattern: RegExp, type: string) =>
    [...text.matchAll(pattern)].map((match) => ({
      type,
      offset: match.index,
      length: match[0].length,
    }));
  return [...found(MENTION, 'mention'), ...found(LINK, 'url')].filter(
    ({ offset }) => !isInCode(offset),
  );
}

function parseError(what: string): Error {
  return badRequest(`can't parse entities: ${what}`);
}
