import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Translate } from '../../../replies/translate.ts';
import { type Card, checkLimits } from './check-limits.ts';
import { escapeHtml } from './escape-html.ts';
import { readHtml } from './html-text.ts';
import { LIMITS } from './limits.ts';
import { truncateHtml } from './truncate-html.ts';

/**
 * The last guard before the wire. The renderer keeps every limit; should it ever not, the message
 * still goes, shorter or without its markup, and `problems` says so for the log.
 */
export function guardMessage(
  card: Card,
  as: { readonly kind: 'text' | 'caption'; readonly say: Translate },
): { readonly card: Card; readonly problems: readonly string[] } {
  const problems = checkLimits(card, as.kind);
  if (problems.length === 0) return { card, problems };
  const { text, entities, problems: broken } = readHtml(card.html);
  const isSound = broken.length === 0 && entities <= LIMITS.entities;
  const html = text.trim() === '' ? '–' : isSound ? card.html : escapeHtml(text);
  return {
    card: {
      html: truncateHtml(html, LIMITS[as.kind], as.say),
      keyboard: guardButtons(card.keyboard),
    },
    problems,
  };
}

function guardButtons({ inline_keyboard: rows }: InlineKeyboardMarkup): InlineKeyboardMarkup {
  const sound = rows.map((row) =>
    row.filter((button) => {
      const data = 'callback_data' in button ? (button.callback_data ?? '') : '';
      const bytes = Buffer.byteLength(data);
      return bytes >= 1 && bytes <= LIMITS.callbackDataBytes && button.text.trim() !== '';
    }),
  );
  const short = sound.map((row) => row.slice(0, LIMITS.buttonsPerRow));
  const most = Math.floor(LIMITS.buttons / LIMITS.buttonsPerRow);
  return { inline_keyboard: short.filter((row) => row.length > 0).slice(0, most) };
}
