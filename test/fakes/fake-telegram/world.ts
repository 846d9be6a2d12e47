import type { HtmlEntity } from './strict-html.ts';

export interface FakeChat {
  id: number;
  readonly type: 'private' | 'group' | 'supergroup' | 'channel';
  readonly title?: string;
  readonly first_name?: string;
  readonly is_forum?: boolean;
  /** What its members may do. */
  readonly permissions?: Readonly<Record<string, boolean>>;
}

export interface FakeUserProfile {
  readonly id: number;
  readonly is_bot: boolean;
  readonly first_name: string;
  readonly username?: string;
  readonly language_code?: string;
}

export interface FakeButton {
  readonly text: string;
  readonly callback_data?: string;
  readonly style?: string;
}

/** A message as Telegram would hold it after reading the markup. */
export interface FakeMessage {
  readonly message_id: number;
  readonly date: number;
  readonly chat: FakeChat;
  readonly from: FakeUserProfile;
  readonly message_thread_id?: number;
  readonly is_topic_message?: true;
  readonly reply_to?: number;
  text?: string;
  entities?: readonly HtmlEntity[];
  caption?: string;
  photo?: readonly { file_id: string; file_unique_id: string; width: number; height: number }[];
  buttons: readonly (readonly FakeButton[])[];
}

/** What is between Telegram and a chat. */
export interface FakeRoom {
  readonly chat: FakeChat;
  readonly messages: Map<number, FakeMessage>;
  nextId: number;
  /** A refusal for whoever writes there; null: open. */
  closed: { readonly code: number; readonly description: string } | null;
  movedTo: number | null;
  /** What the bot is there. */
  member: { readonly status: string; readonly [right: string]: unknown };
}

export interface FakeQuery {
  readonly id: string;
  readonly at: number;
  answer: { readonly text: string | null; readonly showAlert: boolean } | null;
}

export interface World {
  readonly bot: FakeUserProfile;
  readonly rooms: Map<number, FakeRoom>;
  readonly queries: Map<string, FakeQuery>;
  readonly menus: Map<string, readonly { command: string; description: string }[]>;
  /** The members of chats that are asked for: user id to status. */
  now(): number;
}

export function roomOf(world: World, chat: FakeChat): FakeRoom {
  const known = world.rooms.get(chat.id);
  if (known) return known;
  const room: FakeRoom = {
    ...{ chat, messages: new Map(), nextId: 1, closed: null, movedTo: null },
    member: { status: 'member' },
  };
  world.rooms.set(chat.id, room);
  return room;
}

/** What Telegram says instead of a result. */
export class Refusal extends Error {
  readonly code: number;
  readonly parameters: Readonly<Record<string, number>> | undefined;
  constructor(code: number, description: string, parameters?: Readonly<Record<string, number>>) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

export function badRequest(description: string): Refusal {
  return new Refusal(400, `Bad Request: ${description}`);
}
