import type { Chat, Message, User } from 'grammy/types';
import type { ChatPerson, ChatPlace } from '../../../ports/chat.ts';

/** `/name`, perhaps `@bot`, and the arguments as they stand. Chinese keyboards write `／`. */
const COMMAND = /^[/／]([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?=\s|$)([\s\S]*)$/u;
/** Every person's first message to a bot; Telegram's own button sends it. */
const FIRST = 'start';

export interface Listener {
  readonly botName: string;
  /** Names of our commands. */
  readonly commands: ReadonlySet<string>;
}

/**
 * The line for the command core, or null: no command, somebody else's words, another bot's. In a
 * group an unknown name without `@` is taken for another bot's: nobody wants two bots to complain.
 */
export function readLine(message: Message, listener: Listener): string | null {
  if (message.text === undefined || message.forward_origin !== undefined) return null;
  const [, typed = '', bot, rest = ''] = COMMAND.exec(message.text.trim()) ?? [];
  if (typed === '') return null;
  const name = typed.toLowerCase();
  const isOurs = bot?.toLowerCase() === listener.botName.toLowerCase();
  if (bot !== undefined && !isOurs) return null;
  const isAddressed = isOurs || message.chat.type === 'private';
  if (name === FIRST) return isAddressed ? '/help' : null;
  if (!isAddressed && !listener.commands.has(name)) return null;
  return `/${name} ${rest.trim()}`.trim();
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
