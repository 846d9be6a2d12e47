import type { ChatQuestion } from '../../../ports/chat.ts';
import { clipText } from './clip-text.ts';
import { LIMITS } from './limits.ts';

/** Component types of Discord's API, and the style of a one-line input. */
const LABEL = 18;
const TEXT_INPUT = 4;
const ONE_LINE = 1;
const LONGEST = 100;

/** A dialogue with one line to type; its token is all that travels. */
export function modalBody({ token, title, label, example }: ChatQuestion): object {
  const short = (text: string, most: number) => clipText(text, most, () => '…');
  const input = { type: TEXT_INPUT, custom_id: 'typed', style: ONE_LINE, required: true };
  return {
    custom_id: token,
    title: short(title, LIMITS.modalTitle),
    components: [
      {
        type: LABEL,
        label: short(label, LIMITS.modalLabel),
        component: {
          ...input,
          placeholder: short(example, LIMITS.modalLabel),
          max_length: LONGEST,
        },
      },
    ],
  };
}
