import type { ChatAnswer, ChatPlace, SendOutcome } from '../../../ports/chat.ts';
import { askToType } from './ask-to-type.ts';
import { classifyError } from './classify-error.ts';
import { cleanText, withoutMentions } from './clean-text.ts';
import { cutAt } from './cut-text.ts';
import { LIMITS } from './limits.ts';
import type { Pictures } from './pictures.ts';
import { type PostDeps, post } from './post.ts';
import type { Questions } from './questions.ts';
import { editView, type Shown, type ShowResult, sendView } from './show-view.ts';

export interface AnswerDeps extends PostDeps {
  readonly pictures: Pictures;
  readonly questions: Questions;
}

/** What an event came from. */
export interface Asked {
  readonly place: ChatPlace;
  /** The message that asked; null for a button. */
  readonly messageId: number | null;
  /** The button's query, which wants one answer. */
  readonly queryId: string | null;
  /** The card the button sits on; null: no button, or a card that we cannot reach any more. */
  readonly card: Shown | null;
}

/** `settle` answers a button that nobody has answered, or it would spin for ever. */
export type TelegramAnswer = ChatAnswer & { settle(): Promise<void> };

const GROUP_WHISPER = 300;

export function createAnswer(asked: Asked, deps: AnswerDeps): TelegramAnswer {
  const { place } = asked;
  let shown = asked.card;
  let isAcknowledged = false;
  const isGroup = !place.isPrivate;
  const to = { place, priority: 'answer', replyTo: isGroup ? asked.messageId : null } as const;

  const show = async (run: () => Promise<ShowResult>): Promise<SendOutcome> => {
    const first = await run();
    // The answer follows the group to its new id; nobody else knows of it.
    const result = first.outcome.kind === 'moved' ? await run() : first;
    shown = result.shown;
    if (shown) deps.pictures.set(deps.moves.current(place).chat, shown);
    return result.outcome;
  };

  const acknowledge = async (): Promise<void> => {
    if (isAcknowledged) return;
    isAcknowledged = true;
    if (asked.queryId !== null) await answerQuery(asked.queryId, null, deps);
    else await showTyping(place, deps);
  };

  return {
    acknowledge: () => {
      // Nobody waits for it: a slow acknowledgement must not hold up the answer.
      void acknowledge();
      return Promise.resolve();
    },
    show: (view) => {
      const card = shown;
      return show(() =>
        card ? editView(to, { shown: card, view }, deps) : sendView(to, view, deps),
      );
    },
    whisper: async (text) => {
      const words = withoutMentions(cleanText(text)).trim() || '–';
      if (asked.queryId !== null && !isAcknowledged) {
        isAcknowledged = true;
        const alert = await answerQuery(asked.queryId, shorten(words, LIMITS.callbackAnswer), deps);
        if (alert) return alert;
      }
      const short = shorten(words, isGroup ? GROUP_WHISPER : LIMITS.text);
      const send = () => sendWords({ ...asked, card: shown }, short, deps);
      const outcome = await send();
      return outcome.kind === 'moved' ? send() : outcome;
    },
    ask: async (question) => {
      if (asked.queryId !== null) void acknowledge();
      return askToType(question, { ...asked, card: shown }, deps);
    },
    settle: async () => {
      if (asked.queryId !== null) await acknowledge();
    },
  };
}

/** Null: the query is too old to be answered, so the words must go another way. */
async function answerQuery(
  queryId: string,
  alert: string | null,
  deps: PostDeps,
): Promise<SendOutcome | null> {
  try {
    await deps.api.answerCallbackQuery(
      queryId,
      alert === null ? {} : { text: alert, show_alert: true },
    );
    return { kind: 'delivered', messageId: queryId };
  } catch (error) {
    const failure = classifyError(error);
    return failure.kind === 'unknown' ? { kind: 'unknown' } : null;
  }
}

/** Courtesy only: not worth a word when it fails, and never inside a pause. */
async function showTyping(place: ChatPlace, deps: PostDeps): Promise<void> {
  const { chat, topic } = deps.moves.current(place);
  if (deps.pauses.left(chat)) return;
  try {
    const thread = topic === null ? {} : { message_thread_id: Number(topic) };
    await deps.api.sendChatAction(Number(chat), 'typing', thread);
  } catch (error) {
    const failure = classifyError(error);
    if (failure.kind === 'wait') deps.pauses.begin(chat, failure.retryAfterMs);
    if (failure.kind === 'moved') deps.moves.note(chat, failure.chat);
  }
}

async function sendWords(asked: Asked, text: string, deps: PostDeps): Promise<SendOutcome> {
  const { place } = asked;
  const replyTo = asked.messageId ?? asked.card?.id ?? null;
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
          link_preview_options: { is_disabled: true },
        });
        return sent.message_id;
      },
    },
    deps,
  );
  return outcome;
}

function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, cutAt(text, most - 1))}…`;
}
