/** A tag or one character of text of a message in Telegram's HTML. */
export interface HtmlToken {
  readonly kind: 'open' | 'close' | 'text';
  readonly raw: string;
  /** The character as people see it; the tag's name for tags. */
  readonly text: string;
}

export interface HtmlText {
  /** What people read, without markup. */
  readonly text: string;
  readonly entities: number;
  /** Markup that Telegram would refuse. */
  readonly problems: readonly string[];
}

const TOKEN = /<[^<>]*>|&(?:lt|gt|amp|quot);|[\s\S]/gu;
const TAG = /^<(\/?)(b|i|code|pre|blockquote|tg-time)((?: [a-z]+(?:="[^"]*")?)*)>$/;
const NAMED: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
};

export function htmlTokens(html: string): HtmlToken[] {
  return (html.match(TOKEN) ?? []).map((raw) => {
    const tag = TAG.exec(raw);
    if (tag) return { kind: tag[1] === '/' ? 'close' : 'open', raw, text: tag[2] ?? '' };
    return { kind: 'text', raw, text: NAMED[raw] ?? raw };
  });
}

/** Reads the markup we write back, as Telegram does. */
export function readHtml(html: string): HtmlText {
  const open: string[] = [];
  const problems: string[] = [];
  const parts: string[] = [];
  let entities = 0;
  for (const { kind, raw, text } of htmlTokens(html)) {
    if (kind === 'open') {
      open.push(text);
      entities += 1;
    } else if (kind === 'close') {
      if (open.pop() !== text) problems.push(`unexpected </${text}>`);
    } else {
      // What looks like a tag and is none of ours, or a bare sign, was not escaped.
      if (/^[<>&]/.test(raw) && NAMED[raw] === undefined) problems.push('unescaped sign');
      parts.push(text);
    }
  }
  problems.push(...open.map((tag) => `<${tag}> is not closed`));
  return { text: parts.join(''), entities, problems };
}
