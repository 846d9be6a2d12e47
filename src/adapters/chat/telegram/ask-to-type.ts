import type { ChatQuestion, SendOutcome } from '../../../ports/chat.ts';
import type { AnswerDeps, Asked } from './answer-event.ts';
import { cleanLine, withoutMentions } from './clean-text.ts';
import { post } from './post.ts';

/** Telegram takes 64 signs. */
const LONGEST_EXAMPLE = 64;

/** Asks by a message that wants to be answered; who answers it is looked at then, like a press. */
export async function askToType(
  { token, title, label, example }: ChatQuestion,
  { place, messageId, card }: Asked,
  deps: AnswerDeps,
): Promise<SendOutcome> {
  const replyTo = messageId ?? card?.id ?? null;
  const text = withoutMentions(`${cleanLine(title)}\n${cleanLine(label)}`);
  const { outcome } = await post(
    {
      place,
      priority: 'answer',
      isRepeatable: false,
      make: async (chat) => {
        const sent = await deps.api.sendMessage(chat, text, {
          ...(place.topic === null ? {} : { message_thread_id: Number(place.topic) }),
          ...(replyTo === null
            ? {}
            : { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }),
          reply_markup: {
            force_reply: true,
            input_field_placeholder: cleanLine(example).slice(0, LONGEST_EXAMPLE),
          },
          link_preview_options: { is_disabled: true },
        });
        deps.questions.add(String(chat), sent.message_id, { token, card });
        return sent.message_id;
      },
    },
    deps,
  );
  return outcome;
}
