import type { InlineKeyboardMarkup } from 'grammy/types';
import type { ChatButton } from '../../../ports/chat.ts';
import { cleanLine } from './clean-text.ts';
import { cutAt } from './cut-text.ts';
import { LIMITS } from './limits.ts';

/** Rows of buttons as Telegram draws them; the token is all that travels. */
export function renderButtons(rows: readonly (readonly ChatButton[])[]): InlineKeyboardMarkup {
  return {
    inline_keyboard: rows
      .filter((row) => row.length > 0)
      .map((row) =>
        row.map(({ token, label, style }) => ({
          text: labelOf(label),
          callback_data: token,
          // Old clients ignore the colour.
          ...(style === 'plain' ? {} : { style }),
        })),
      ),
  };
}

function labelOf(label: string): string {
  const line = cleanLine(label);
  const at = cutAt(line, LIMITS.buttonLabel);
  return (at < line.length ? `${line.slice(0, at)}…` : line) || '–';
}
