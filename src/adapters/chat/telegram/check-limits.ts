import type { InlineKeyboardMarkup } from 'grammy/types';
import { readHtml } from './html-text.ts';
import { LIMITS } from './limits.ts';

/** A message as it goes out: text or caption in HTML, and its buttons. */
export interface Card {
  readonly html: string;
  readonly keyboard: InlineKeyboardMarkup;
}

/** Every limit of section 2.2 that a message breaks, in words for the log; none: Telegram takes it. */
export function checkLimits(card: Card, as: 'text' | 'caption'): string[] {
  const { text, entities, problems } = readHtml(card.html);
  const most = LIMITS[as];
  const found = [...problems];
  if (as === 'text' && text.trim() === '') found.push('empty text');
  if (text.length > most) found.push(`${text.length} characters of ${most}`);
  if (entities > LIMITS.entities) found.push(`${entities} entities of ${LIMITS.entities}`);
  return [...found, ...checkButtons(card.keyboard)];
}

function checkButtons({ inline_keyboard: rows }: InlineKeyboardMarkup): string[] {
  const buttons = rows.flat();
  const found: string[] = [];
  if (buttons.length > LIMITS.buttons) found.push(`${buttons.length} buttons`);
  if (rows.some((row) => row.length > LIMITS.buttonsPerRow))
    found.push('a row of buttons too long');
  for (const button of buttons) {
    const data = 'callback_data' in button ? (button.callback_data ?? '') : '';
    const bytes = Buffer.byteLength(data);
    if (bytes < 1 || bytes > LIMITS.callbackDataBytes)
      found.push(`callback_data of ${bytes} bytes`);
    if (button.text.trim() === '') found.push('a button without a label');
  }
  return found;
}

const PNG_HEADER = 24;

/** Why Telegram would not take a picture (size, sides, ratio, not a PNG at all), or null. */
export function checkPicture(png: Uint8Array): string | null {
  if (png.byteLength > LIMITS.photoBytes) return `${png.byteLength} bytes`;
  if (png.byteLength < PNG_HEADER || png[0] !== 0x89 || png[1] !== 0x50) return 'not a PNG';
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (width + height > LIMITS.photoSides) return `${width} by ${height}`;
  const ratio = Math.max(width, height) / Math.max(1, Math.min(width, height));
  return ratio > LIMITS.photoRatio ? `ratio ${ratio}` : null;
}
