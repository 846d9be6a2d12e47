import type { Chat, Message, User } from 'grammy/types';
import type { ChatPerson, ChatPlace } from '../../../ports/chat.ts';

/** `/name`, perhaps `@bot`, and the arguments as they stand. */
const COMMAND = /^\/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?=\s|$)\s*([\s\S]*)$/;
/** Every person's first message to a bot; Telegram's own button sends it. */
const FIRST = 'start';

/** The line for the command core, or null: not a command, another bot's, or somebody else's words. */
export function readLine(message: Message, botName: string): string | null {
  if (message.text === undefined || message.forward_origin !== undefined) return null;
  const [, name = '', bot, rest = ''] = COMMAND.exec(message.text.trim()) ?? [];
  if (name === '') return null;
  if (bot !== undefined && bot.toLowerCase() !== botName.toLowerCase()) return null;
  if (name.toLowerCase() === FIRST) return '/help';
  return `/${name.toLowerCase()} ${rest.replace(/\s+/g, ' ')}`.trim();
}

export function readPlace(chat: Chat, message: Partial<Message>): ChatPlace {
  // In groups without topics the thread id is that of a chain of replies.
  const isTopic = message.is_topic_message === true && message.message_thread_id !== undefined;
  return {
    network: 'telegram',
    chat: String(chat.id),
    topic: isTopic ? String(message.message_thread_id) : null,
    isPrivate: chat.type === 'private',
  };
}

/**
 * Anonymous admins, channels and linked posts write as a chat, through a bot of Telegram's own or
 * as nobody at all.
 */
export function readPerson(from: User | undefined, senderChat: Chat | undefined): ChatPerson {
  return {
    network: 'telegram',
    id: String(from?.id ?? senderChat?.id ?? ''),
    roleIds: [],
    language: from?.language_code ?? null,
    isAnonymous: from === undefined || from.is_bot || senderChat !== undefined,
  };
}
