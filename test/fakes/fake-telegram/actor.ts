import { wireMessage } from './bot-methods.ts';
import type { Update } from './update-queue.ts';
import type {
  FakeButton,
  FakeChat,
  FakeMessage,
  FakeQuery,
  FakeRoom,
  FakeUserProfile,
  World,
} from './world.ts';
import { roomOf } from './world.ts';

interface Where {
  /** Default: the person's private chat with the bot. */
  readonly chat?: FakeChat;
  readonly topic?: number;
}

/** A person with Telegram in the hand. */
export interface FakeActor {
  readonly id: number;
  readonly privateChat: FakeChat;
  type(
    text: string,
    where?: Where & { readonly extra?: Readonly<Record<string, unknown>> },
  ): Update;
  /** Presses the newest button with that label; the query tells what came back. */
  click(label: string, where?: Where & { readonly isInaccessible?: true }): FakeQuery;
  /** Presses with data of one's own making, as a forger would. */
  forge(data: string, where?: Where): FakeQuery;
}

export interface ActorDeps {
  readonly world: World;
  push(content: Readonly<Record<string, unknown>>): Update;
}

export function createActor(
  who: { readonly id: number; readonly language?: string },
  { world, push }: ActorDeps,
): FakeActor {
  const profile: FakeUserProfile = {
    id: who.id,
    is_bot: false,
    first_name: `user ${who.id}`,
    ...(who.language === undefined ? {} : { language_code: who.language }),
  };
  const privateChat: FakeChat = { id: who.id, type: 'private', first_name: profile.first_name };
  roomOf(world, privateChat);
  const press = (data: string, message: unknown): FakeQuery => {
    const query: FakeQuery = { id: `q${world.queries.size + 1}`, at: world.now(), answer: null };
    world.queries.set(query.id, query);
    push({ callback_query: { id: query.id, from: profile, chat_instance: 'x', data, message } });
    return query;
  };
  return {
    id: who.id,
    privateChat,
    type: (text, where = {}) => {
      const room = roomOf(world, where.chat ?? privateChat);
      const message: FakeMessage = {
        message_id: room.nextId,
        date: Math.floor(world.now() / 1000),
        chat: room.chat,
        from: profile,
        text,
        buttons: [],
        ...topicOf(where.topic),
      };
      room.nextId += 1;
      room.messages.set(message.message_id, message);
      return push({ message: { ...(wireMessage(message) as object), ...where.extra } });
    },
    click: (label, where = {}) => {
      const room = roomOf(world, where.chat ?? privateChat);
      const { message, button } = newestButton(room, label);
      const shown = where.isInaccessible
        ? { chat: room.chat, message_id: message.message_id, date: 0 }
        : wireMessage(message);
      return press(button.callback_data ?? '', shown);
    },
    forge: (data, where = {}) => {
      const room = roomOf(world, where.chat ?? privateChat);
      const newest = [...room.messages.values()].findLast(({ from }) => from.is_bot);
      return press(data, newest && wireMessage(newest));
    },
  };
}

function newestButton(room: FakeRoom, label: string): { message: FakeMessage; button: FakeButton } {
  for (const message of [...room.messages.values()].toReversed()) {
    const button = message.buttons.flat().find(({ text }) => text === label);
    if (button) return { message, button };
  }
  throw new Error(`no button "${label}" in chat ${room.chat.id}`);
}

function topicOf(topic: number | undefined) {
  return topic === undefined ? {} : { message_thread_id: topic, is_topic_message: true as const };
}
