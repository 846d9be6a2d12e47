import type { FakeDiscord } from './fake-discord/start-fake-discord.ts';
import type { FakeMessage as DiscordMessage } from './fake-discord/world.ts';
import type { FakeTelegram } from './fake-telegram/start-fake-telegram.ts';
import type { FakeChat, FakeMessage as TelegramMessage } from './fake-telegram/world.ts';

type Asked = ReturnType<ReturnType<FakeDiscord['user']>['slash']>;

/** What came back to somebody, on either network. */
export interface Heard {
  /** `whisper`: a word to this person alone, without figures, markup or buttons. */
  readonly kind: 'shown' | 'whisper';
  readonly text: string;
  /** In the message itself. */
  readonly hasPicture: boolean;
  readonly buttons: readonly { readonly label: string; readonly token: string }[];
}

/** A person at a place, on either network. */
export interface Seat {
  type(line: string): Promise<Heard>;
  press(token: string): Promise<Heard>;
  /** Presses what wants something typed, and types it: into a dialogue, or as an answer to a question. */
  fill(token: string, text: string): Promise<Heard>;
  /** Resolves once a picture stands there: a long text has it in a message of its own. */
  pictured(): Promise<unknown>;
  /** Everything the bot has said there for all to see, to compare before and after. */
  wall(): string;
}

export function discordSeat(
  discord: FakeDiscord,
  where: Parameters<FakeDiscord['user']>[0],
): Seat & { readonly id: string } {
  const user = discord.user(where);
  const hear = async ({ record }: Asked, press: boolean): Promise<Heard> => {
    const card = press ? record.original : null;
    const edits = card?.edits ?? 0;
    const isThere = (message: DiscordMessage) => !message.isPending && !message.isDeleted;
    return discord.world.until('an answer', () => {
      const { original, followUps } = record;
      const word = [original, ...followUps].find(
        (each) => each != null && each !== card && each.onlyFor !== null && isThere(each),
      );
      if (word) return heardOf(word, 'whisper');
      const isNew = original !== null && isThere(original);
      const isChanged = press ? original === card && (original?.edits ?? 0) > edits : isNew;
      return isNew && isChanged ? heardOf(original, 'shown') : null;
    });
  };
  return {
    id: user.id,
    type: (line) => hear(user.slash(line), false),
    press: (token) => hear(user.click(token), true),
    fill: async (token, text) => {
      const { record } = user.click(token);
      const modal = await discord.world.until('a dialogue', () => record.modal);
      const { custom_id: id } = modal as { custom_id: string };
      return hear(user.submitModal(id, { typed: text }), true);
    },
    pictured: () =>
      discord.world.until('a picture', () =>
        discord.shown(where.channel).some(({ attachments }) => attachments.length > 0),
      ),
    wall: () => discord.shown(where.channel).map(readDiscord).join('\n'),
  };
}

function heardOf(message: DiscordMessage, kind: Heard['kind']): Heard {
  return {
    kind,
    text: readDiscord(message),
    hasPicture: message.attachments.length > 0,
    buttons: message.components
      .flatMap((row) => row.components)
      .map(({ label = '', custom_id: token = '' }) => ({ label, token })),
  };
}

/** Without the backslashes that keep markup apart from text. */
function readDiscord({ content, embeds }: DiscordMessage): string {
  return [content, ...embeds.map(({ description }) => description ?? '')]
    .join('\n')
    .replaceAll(/\\(?=[^\w\s])/gu, '');
}

export interface TelegramStanding {
  readonly id: number;
  readonly language?: string;
  /** Default: the private chat. */
  readonly chat?: FakeChat;
  readonly topic?: number;
}

export function telegramSeat(telegram: FakeTelegram, who: TelegramStanding): Seat {
  const actor = telegram.person(who);
  const chat = who.chat ?? actor.privateChat;
  const where = { chat, ...(who.topic === undefined ? {} : { topic: who.topic }) };
  const writes = () =>
    telegram.requests.filter(
      ({ method, fields }) =>
        /^(send(?!Chat)|edit)/.test(method) && Number(fields['chat_id']) === chat.id,
    );
  const heard = (message: TelegramMessage | undefined, kind: Heard['kind']): Heard => ({
    kind,
    text: message ? readTelegram(message) : '',
    hasPicture: message?.photo !== undefined,
    buttons: (message?.buttons ?? [])
      .flat()
      .map(({ text: label, callback_data: token = '' }) => ({ label, token })),
  });
  return {
    type: async (line) => {
      const before = telegram.shown(chat).length;
      actor.type(line, where);
      const message = await telegram.until(() => telegram.shown(chat)[before]);
      // What is drawn has markup; a word to somebody has none.
      const isDrawn = writes().at(-1)?.fields['parse_mode'] !== undefined;
      return heard(message, isDrawn ? 'shown' : 'whisper');
    },
    press: async (token) => {
      const before = writes().length;
      const query = actor.forge(token, where);
      const answer = await telegram.until(() => query.answer);
      if (answer.text !== null) return { ...heard(undefined, 'whisper'), text: answer.text };
      const write = await telegram.until(() => writes()[before]);
      const id = Number(write.fields['message_id']);
      const shown = telegram.shown(chat);
      return heard(shown.find((each) => each.message_id === id) ?? shown.at(-1), 'shown');
    },
    fill: async (token, text) => {
      const before = telegram.shown(chat).length;
      actor.forge(token, where);
      const question = await telegram.until(() => telegram.shown(chat)[before]);
      const { message_id, date } = question;
      const asked = writes().length;
      const messages = telegram.shown(chat).length;
      actor.type(text, { ...where, extra: { reply_to_message: { message_id, date, chat } } });
      const write = await telegram.until(() => writes()[asked]);
      const id = Number(write.fields['message_id']);
      const shown = telegram.shown(chat);
      const changed = shown.find((each) => each.message_id === id);
      const isDrawn = write.fields['parse_mode'] !== undefined;
      const message = changed ?? (await telegram.until(() => telegram.shown(chat)[messages]));
      return heard(message, isDrawn || changed ? 'shown' : 'whisper');
    },
    pictured: () => telegram.until(() => telegram.shown(chat).some(({ photo }) => photo)),
    wall: () => telegram.shown(chat).map(readTelegram).join('\n'),
  };
}

function readTelegram({ text, caption }: TelegramMessage): string {
  return text ?? caption ?? '';
}
