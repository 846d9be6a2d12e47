import type { Destination } from '../../ports/destination.ts';
import { renderText, type TextOptions } from '../../replies/render-text.ts';

/** The terminal as a destination: what is said aloud is printed, what only freshens it is not. */
export function terminalDestination(
  id: string,
  as: Omit<TextOptions, 'width'> & { readonly width: () => number; print(text: string): void },
): Destination {
  let count = 0;
  return {
    id,
    send: ({ view, edits }) => {
      if (edits !== null) return Promise.resolve({ kind: 'delivered', messageId: edits });
      count += 1;
      as.print(renderText(view.reply, { ...as, width: as.width() }));
      return Promise.resolve({ kind: 'delivered', messageId: String(count) });
    },
  };
}
