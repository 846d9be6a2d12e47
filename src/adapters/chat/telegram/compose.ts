import type { ChatView } from '../../../ports/chat.ts';
import type { Log } from '../../../ports/log.ts';
import { createTranslate } from '../../../replies/translate.ts';
import { type Card, checkPicture } from './check-limits.ts';
import { cleanLine, withoutMentions } from './clean-text.ts';
import { cutText } from './cut-text.ts';
import { escapeHtml } from './escape-html.ts';
import { guardMessage } from './guard-message.ts';
import { readHtml } from './html-text.ts';
import { LIMITS } from './limits.ts';
import { renderButtons } from './render-buttons.ts';
import { renderMessage } from './render-message.ts';

/** A view ready for the wire. */
export interface Composed {
  readonly card: Card;
  readonly picture: {
    readonly png: Uint8Array;
    /** True when the whole text fits below it; else the picture follows the text, with this title. */
    readonly takesText: boolean;
    readonly titled: Card;
  } | null;
}

const TITLE_LENGTH = 160;

export function compose(view: ChatView, log: Log): Composed {
  const say = createTranslate(view.locale);
  const html = renderMessage(view.reply, view.locale);
  const drawn = { html, keyboard: renderButtons(view.buttons) };
  const { card, problems } = guardMessage(drawn, { kind: 'text', say });
  for (const problem of problems) log.error('telegram message over a limit', { problem });
  if (view.picture === null) return { card, picture: null };
  const flaw = checkPicture(view.picture.png);
  if (flaw !== null) {
    log.error('telegram picture over a limit', { problem: flaw });
    return { card, picture: null };
  }
  const title = cutText(cleanLine(view.reply.chart?.title ?? view.reply.title), TITLE_LENGTH, say);
  return {
    card,
    picture: {
      png: view.picture.png,
      takesText: readHtml(card.html).text.length <= LIMITS.caption,
      titled: { html: escapeHtml(withoutMentions(title)), keyboard: { inline_keyboard: [] } },
    },
  };
}
