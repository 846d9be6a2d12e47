import { sequentialize } from '@grammyjs/runner';
import type { Bot, Context } from 'grammy';
import type { CallbackQuery, Message } from 'grammy/types';
import { faultTrace } from '../../../domain/fault-trace.ts';
import type { ChatEvent } from '../../../ports/chat.ts';
import type { Clock } from '../../../ports/clock.ts';
import { type AnswerDeps, createAnswer, type TelegramAnswer } from './answer-event.ts';
import type { OpenQuestion } from './questions.ts';
import { readLine, readPerson, readPlace } from './read-event.ts';
import type { Shown } from './show-view.ts';

export const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const;

export interface HandleDeps extends AnswerDeps {
  readonly clock: Clock;
  /** Names of our commands. */
  readonly commands: ReadonlySet<string>;
  onEvent(event: ChatEvent): Promise<void> | void;
}

/**
 * Turns updates into events. Nothing escapes: an update that goes wrong is logged and ends there,
 * because a rejection after a webhook's deadline would end the process.
 */
export function handleUpdates(bot: Bot, deps: HandleDeps): void {
  bot.catch(({ error }) => deps.log.error('telegram update failed', fault(error)));
  bot.use(async (_context, next) => {
    try {
      await next();
    } catch (error) {
      deps.log.error('telegram update failed', fault(error));
    }
  });
  bot.use(sequentialize(orderOf));
  bot.on('message:migrate_to_chat_id', ({ message }) =>
    deps.moves.note(String(message.chat.id), String(message.migrate_to_chat_id)),
  );
  bot.on('message:migrate_from_chat_id', ({ message }) =>
    deps.moves.note(String(message.migrate_from_chat_id), String(message.chat.id)),
  );
  bot.on('message', ({ message, update, me }) => onMessage(message, { update, me, deps }));
  bot.on('callback_query', ({ callbackQuery, update }) =>
    onButton(callbackQuery, { update, deps }),
  );
  bot.on('my_chat_member', ({ myChatMember }) => {
    const { status } = myChatMember.new_chat_member;
    if (status === 'left' || status === 'kicked') {
      deps.log.warn('telegram bot removed from a chat', { chat: String(myChatMember.chat.id) });
    }
  });
}

/**
 * Messages of one chat and topic one after the other. Buttons only wait for their own card: a press
 * spins until it is answered, and must not stand behind somebody's slow command.
 */
function orderOf({ message, callbackQuery }: Context): string | undefined {
  if (message) return `${message.chat.id} ${message.message_thread_id ?? ''}`;
  const card = callbackQuery?.message;
  return card ? `${card.chat.id} card ${card.message_id}` : undefined;
}

async function onMessage(
  message: Message,
  at: {
    readonly update: { update_id: number };
    readonly me: { username: string };
    readonly deps: HandleDeps;
  },
): Promise<void> {
  const { update, me, deps } = at;
  const place = readPlace(message.chat, message);
  const question = questionOf(message, deps);
  const line = readLine(message, { botName: me.username, commands: deps.commands });
  if (question === null && line === null) return;
  const answered = question ?? { token: null, card: null };
  const asked = {
    ...{ place, messageId: message.message_id, queryId: null, card: answered.card },
  };
  await deps.onEvent({
    id: String(update.update_id),
    at: message.date * 1000,
    receivedAt: deps.clock.now(),
    place,
    person: readPerson(message.from, message.sender_chat),
    intent:
      answered.token === null
        ? { kind: 'command', line: line ?? '' }
        : { kind: 'button', token: answered.token, value: message.text ?? '' },
    answer: createAnswer(asked, deps),
  });
}

/** The question of ours that a message answers. A command is a command, whatever it answers. */
function questionOf(message: Message, deps: HandleDeps): OpenQuestion | null {
  const { reply_to_message: to, text, chat } = message;
  if (to === undefined || text === undefined || /^[/／]/u.test(text.trim())) return null;
  return deps.questions.get(String(chat.id), to.message_id);
}

async function onButton(
  query: CallbackQuery,
  at: { readonly update: { update_id: number }; readonly deps: HandleDeps },
): Promise<void> {
  const { update, deps } = at;
  const { message, data, from } = query;
  const answer = answerOf(query, deps);
  try {
    // Without data or a message it is no button of ours.
    if (data === undefined || message === undefined) return;
    const receivedAt = deps.clock.now();
    await deps.onEvent({
      id: String(update.update_id),
      // Telegram does not say when a button was pressed; the card's own date is another matter.
      at: receivedAt,
      receivedAt,
      place: readPlace(message.chat, message),
      person: readPerson(from, undefined),
      intent: { kind: 'button', token: data, value: null },
      answer,
    });
  } finally {
    await answer.settle();
  }
}

function answerOf({ id, message, from }: CallbackQuery, deps: HandleDeps): TelegramAnswer {
  const place = message
    ? readPlace(message.chat, message)
    : ({ network: 'telegram', chat: String(from.id), topic: null, isPrivate: true } as const);
  return createAnswer({ place, messageId: null, queryId: id, card: cardOf(message, deps) }, deps);
}

/** The card as it stands; null when it is too old for the bot to touch (date 0). */
function cardOf(message: CallbackQuery['message'], deps: HandleDeps): Shown | null {
  if (message === undefined || message.date === 0) return null;
  const { message_id: id, chat } = message;
  if ('photo' in message && message.photo !== undefined) return { kind: 'photo', id };
  return { kind: 'text', id, pictureId: deps.pictures.get(String(chat.id), id) };
}

function fault(error: unknown): { readonly error: string } {
  return { error: faultTrace(error) };
}
