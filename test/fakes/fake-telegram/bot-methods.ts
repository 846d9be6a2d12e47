import { readPlain, readStrictHtml } from './strict-html.ts';
import {
  badRequest,
  type FakeButton,
  type FakeMessage,
  type FakeRoom,
  Refusal,
  type World,
} from './world.ts';

type Fields = Readonly<Record<string, unknown>>;
interface MethodCall {
  readonly fields: Fields;
  readonly files: ReadonlyMap<string, Buffer>;
}
type Method = (call: MethodCall, world: World) => unknown;

const QUERY_LIVES_MS = 15_000;

/** What the Bot API does, with the strictness that a careless client meets. */
export const METHODS: Readonly<Record<string, Method>> = {
  getMe: (_call, { bot }) => ({
    ...bot,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
  }),
  sendMessage: ({ fields }, world) => {
    const { room, common } = newMessage(fields, world);
    const read = readText(fields, 'text');
    if (read.text === '') throw badRequest('message text is empty');
    if (read.text.length > 4096) throw badRequest('message is too long');
    return put(room, { ...common, ...read, buttons: readButtons(fields) });
  },
  sendPhoto: ({ fields, files }, world) => {
    const { room, common } = newMessage(fields, world);
    const photo = readPhoto(fields['photo'], files);
    return put(room, { ...common, photo, ...readCaption(fields), buttons: readButtons(fields) });
  },
  editMessageText: ({ fields }, world) => {
    const message = toEdit(fields, world);
    if (message.photo) throw badRequest('there is no text in the message to edit');
    const read = readText(fields, 'text');
    if (read.text === '') throw badRequest('message text is empty');
    if (read.text.length > 4096) throw badRequest('MESSAGE_TOO_LONG');
    return edit(message, { ...read, buttons: readButtons(fields) });
  },
  editMessageMedia: ({ fields, files }, world) => {
    const message = toEdit(fields, world);
    const media = fields['media'] as Fields;
    if (media['type'] !== 'photo') throw badRequest('only photos here');
    const photo = readPhoto(media['media'], files);
    delete message.text;
    delete message.entities;
    return edit(message, { photo, ...readCaption(media), buttons: readButtons(fields) });
  },
  deleteMessage: ({ fields }, world) => {
    const room = openRoom(fields, world);
    if (!room.messages.delete(Number(fields['message_id']))) {
      throw badRequest('message to delete not found');
    }
    return true;
  },
  answerCallbackQuery: ({ fields }, world) => {
    const query = world.queries.get(String(fields['callback_query_id']));
    const isLate = !query || world.now() - query.at > QUERY_LIVES_MS;
    if (isLate || query.answer) {
      throw badRequest('query is too old and response timeout expired or query ID is invalid');
    }
    const text = typeof fields['text'] === 'string' ? fields['text'] : null;
    if (text !== null && text.length > 200) throw badRequest('MESSAGE_TOO_LONG');
    query.answer = { text, showAlert: fields['show_alert'] === true };
    return true;
  },
  sendChatAction: ({ fields }, world) => {
    openRoom(fields, world);
    return true;
  },
  setMyCommands: ({ fields }, world) => {
    const commands = fields['commands'] as { command: string; description: string }[];
    for (const { command, description } of commands) {
      if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
      if (description === '' || description.length > 256) {
        throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
      }
    }
    if (commands.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH');
    world.menus.set(String(fields['language_code'] ?? ''), commands);
    return true;
  },
  getChat: ({ fields }, world) => openRoom(fields, world).chat,
  getChatMember: ({ fields }, world) => {
    const { member } = openRoom(fields, world);
    return { ...member, user: world.bot };
  },
};

function openRoom(fields: Fields, world: World): FakeRoom {
  const room = world.rooms.get(Number(fields['chat_id']));
  if (!room) throw badRequest('chat not found');
  if (room.movedTo !== null) {
    throw new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: room.movedTo,
    });
  }
  if (room.closed) throw new Refusal(room.closed.code, room.closed.description);
  return room;
}

function newMessage(fields: Fields, world: World) {
  const room = openRoom(fields, world);
  const thread = fields['message_thread_id'];
  if (thread !== undefined && !room.chat.is_forum) throw badRequest('message thread not found');
  const replyTo = (fields['reply_parameters'] as Fields | undefined)?.['message_id'];
  return {
    room,
    common: {
      message_id: room.nextId,
      date: Math.floor(world.now() / 1000),
      chat: room.chat,
      from: world.bot,
      ...(thread === undefined
        ? {}
        : { message_thread_id: Number(thread), is_topic_message: true as const }),
      ...(replyTo === undefined ? {} : { reply_to: Number(replyTo) }),
    },
  };
}

function put(room: FakeRoom, message: FakeMessage): unknown {
  room.nextId += 1;
  room.messages.set(message.message_id, message);
  return wireMessage(message);
}

/** As it travels: buttons as `reply_markup`. */
export function wireMessage({ buttons, reply_to: _replyTo, ...message }: FakeMessage): unknown {
  return buttons.length === 0
    ? message
    : { ...message, reply_markup: { inline_keyboard: buttons } };
}

function toEdit(fields: Fields, world: World): FakeMessage {
  const message = openRoom(fields, world).messages.get(Number(fields['message_id']));
  if (!message) throw badRequest('message to edit not found');
  if (message.from.id !== world.bot.id) throw badRequest("message can't be edited");
  return message;
}

function edit(message: FakeMessage, change: Partial<FakeMessage>): unknown {
  const before = JSON.stringify(message);
  const after = { ...message, ...change };
  if (JSON.stringify(after) === before) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same',
    );
  }
  Object.assign(message, change);
  return wireMessage(message);
}

function readText(fields: Fields, name: string) {
  const value = fields[name];
  if (typeof value !== 'string') throw badRequest(`${name} is missing`);
  if (!value.isWellFormed()) throw badRequest('strings must be encoded in UTF-8');
  return fields['parse_mode'] === 'HTML' ? readStrictHtml(value) : readPlain(value);
}

function readCaption(fields: Fields) {
  if (fields['caption'] === undefined) return {};
  const { text: caption, entities } = readText(fields, 'caption');
  if (caption.length > 1024) throw badRequest('message caption is too long');
  return { caption, entities };
}

function readPhoto(value: unknown, files: ReadonlyMap<string, Buffer>) {
  const file = files.get(String(value).replace('attach://', ''));
  if (!file) throw badRequest('there is no photo in the request');
  if (file.length > 10 * 1024 * 1024) throw badRequest('file is too big');
  if (file[0] !== 0x89) throw badRequest('IMAGE_PROCESS_FAILED');
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  if (width + height > 10_000) throw badRequest('PHOTO_INVALID_DIMENSIONS');
  const id = `${file.length}-${file.subarray(-8).toString('hex')}`;
  return [{ file_id: id, file_unique_id: id, width, height }];
}

function readButtons(fields: Fields): readonly (readonly FakeButton[])[] {
  const markup = fields['reply_markup'] as { inline_keyboard?: FakeButton[][] } | undefined;
  const rows = markup?.inline_keyboard ?? [];
  for (const { text, callback_data: data, style } of rows.flat()) {
    const bytes = Buffer.byteLength(data ?? '');
    if (bytes < 1 || bytes > 64) throw badRequest('BUTTON_DATA_INVALID');
    if (text.trim() === '') throw badRequest('BUTTON_TEXT_INVALID');
    if (style !== undefined && !['danger', 'success', 'primary'].includes(style)) {
      throw badRequest('BUTTON_STYLE_INVALID');
    }
  }
  if (rows.flat().length > 100 || rows.some((row) => row.length > 8)) {
    throw badRequest('REPLY_MARKUP_TOO_LONG');
  }
  return rows;
}
