import type { FakeGateway } from './gateway.ts';
import type { FakeInteractionRecord, FakeMessage, World } from './world.ts';

/** What a person in Discord can do, and see of what comes back. */
export interface FakeUser {
  readonly id: string;
  /** `/liq asset=BTC`, or the name with values by option. Only what is registered can be called. */
  slash(line: string, options?: Readonly<Record<string, string>>): FakeAsked;
  /** The newest button with that label or token; a token that no message has is a forged press. */
  click(labelOrToken: string): FakeAsked;
  select(token: string, values: readonly string[]): FakeAsked;
  submitModal(token: string, values: Readonly<Record<string, string>>): FakeAsked;
  autocomplete(command: string, option: string, prefix: string): Promise<readonly FakeChoice[]>;
}

interface FakeChoice {
  readonly name: string;
  readonly value: string;
}

interface FakeAsked {
  readonly record: FakeInteractionRecord;
  acknowledged(): Promise<{ readonly type: number; readonly afterMs: number }>;
  /** The answer, once it says something: the interaction's own message, or the one it changed. */
  reply(): Promise<FakeMessage>;
  /** The first message that only this person sees. */
  whisper(): Promise<FakeMessage>;
}

export interface Standing {
  readonly channel: string;
  readonly roles?: readonly string[];
  readonly locale?: string;
  readonly id?: string;
}

export function createUser(
  where: Standing,
  deps: { readonly world: World; readonly gateway: FakeGateway },
): FakeUser {
  const { world, gateway } = deps;
  const id = where.id ?? world.nextId();
  const isPrivate = world.channels.get(where.channel)?.isPrivate ?? false;

  const ask = (type: number, data: object, on: FakeMessage | null = null): FakeAsked => {
    const record: FakeInteractionRecord = {
      id: world.nextId(),
      token: `token-${world.nextId()}-${'x'.repeat(40)}`,
      type,
      user: id,
      channel: where.channel,
      at: world.clock.now(),
      acknowledged: null,
      original: on,
      followUps: [],
      choices: null,
      modal: null,
    };
    world.interactions.push(record);
    const editsBefore = on?.edits ?? 0;
    gateway.dispatch(
      'INTERACTION_CREATE',
      interactionBody(record, { world, where: { ...where, id }, isPrivate, data, on }),
    );
    return asked(record, { world, editsBefore });
  };
  const visible = () =>
    world.messages.filter(
      (message) =>
        message.channel_id === where.channel &&
        !message.isDeleted &&
        (message.onlyFor === null || message.onlyFor === id),
    );
  const find = (wanted: string) => {
    for (const message of visible().reverse()) {
      const buttons = message.components.flatMap((row) => row.components);
      const button = buttons.find(
        ({ label, custom_id }) => label === wanted || custom_id === wanted,
      );
      if (button) return { message, token: button.custom_id ?? wanted };
    }
    const last = visible().at(-1);
    if (last === undefined) throw new Error(`nothing to press: ${wanted}`);
    return { message: last, token: wanted };
  };

  return {
    id,
    slash: (line, options) => {
      const [name = '', ...words] = line.replace(/^\//u, '').split(' ');
      const typed = Object.fromEntries(words.map((word) => word.split('=') as [string, string]));
      const values = { ...typed, ...options };
      requireAll(world, name, values);
      return ask(2, commandData(world, name, values));
    },
    click: (wanted) => {
      const { message, token } = find(wanted);
      return ask(3, { custom_id: token, component_type: 2 }, message);
    },
    select: (token, values) =>
      ask(3, { custom_id: token, component_type: 3, values }, find(token).message),
    submitModal: (token, values) =>
      ask(
        5,
        {
          custom_id: token,
          components: Object.entries(values).map(([custom_id, value], index) => ({
            type: 18,
            id: index * 2 + 1,
            component: { type: 4, id: index * 2 + 2, custom_id, value },
          })),
        },
        openedOn(world, token),
      ),
    autocomplete: async (command, option, prefix) => {
      const data = commandData(world, command, {});
      const focused = { name: option, type: 3, value: prefix, focused: true };
      const { record } = ask(4, { ...data, options: [focused] });
      await world.until('choices', () => record.acknowledged);
      return record.choices ?? [];
    },
  };
}

/** A dialogue that a button opened belongs to the button's message. */
function openedOn(world: World, token: string): FakeMessage | null {
  const opened = world.interactions.findLast(
    ({ modal }) => (modal as { custom_id?: string } | null)?.custom_id === token,
  );
  return opened?.original ?? null;
}

function asked(
  record: FakeInteractionRecord,
  { world, editsBefore }: { readonly world: World; readonly editsBefore: number },
): FakeAsked {
  return {
    record,
    acknowledged: () => world.until('an acknowledgement', () => record.acknowledged),
    reply: () =>
      world.until('a reply', () => {
        const { original } = record;
        const isAnswered = original !== null && !original.isPending && !original.isDeleted;
        const isNew = record.type === 2 || (record.type === 5 && editsBefore === 0);
        return isAnswered && (isNew || original.edits > editsBefore) ? original : null;
      }),
    whisper: () =>
      world.until('a whisper', () =>
        [record.original, ...record.followUps].find(
          (message) => message?.onlyFor === record.user && !message.isPending && !message.isDeleted,
        ),
      ),
  };
}

/** Discord's own client does not let a command go without what it requires. */
function requireAll(world: World, name: string, values: Readonly<Record<string, string>>): void {
  const options = world.commands.find((each) => each.name === name)?.options ?? [];
  const missing = options.find((option) => option.required && !(option.name in values));
  if (missing) throw new Error(`${missing.name} is required`);
}

function commandData(world: World, name: string, values: Readonly<Record<string, string>>): object {
  const command = world.commands.find((each) => each.name === name);
  if (!command) throw new Error(`no registered command ${name}`);
  const options = Object.entries(values).map(([option, value]) => {
    const known = command.options?.find((each) => each.name === option);
    if (!known) throw new Error(`/${name} has no option ${option}`);
    return { name: option, type: known.type, value };
  });
  return { id: command.id, name, type: 1, guild_id: world.guild, options };
}

function interactionBody(
  record: FakeInteractionRecord,
  as: {
    readonly world: World;
    readonly where: Standing & { readonly id: string };
    readonly isPrivate: boolean;
    readonly data: object;
    readonly on: FakeMessage | null;
  },
): object {
  const { world, where, isPrivate } = as;
  const user = {
    id: where.id,
    username: 'somebody',
    global_name: '@everyone',
    discriminator: '0',
    avatar: null,
  };
  const member = {
    user,
    roles: where.roles ?? [],
    permissions: '0',
    joined_at: '2020-01-01T00:00:00.000000+00:00',
    deaf: false,
    mute: false,
    flags: 0,
  };
  return {
    id: record.id,
    application_id: world.application,
    type: record.type,
    token: record.token,
    version: 1,
    channel_id: record.channel,
    channel: { id: record.channel, type: isPrivate ? 1 : 0, name: 'risk' },
    context: isPrivate ? 1 : 0,
    ...(isPrivate
      ? { user }
      : { member, guild_id: world.guild, guild_locale: 'en-US', guild: { id: world.guild } }),
    locale: where.locale ?? 'en-US',
    app_permissions: '2147483647',
    attachment_size_limit: 20_971_520,
    entitlements: [],
    authorizing_integration_owners: { '0': world.guild },
    data: as.data,
    ...(as.on === null ? {} : { message: pressedMessage(world, as.on) }),
  };
}

function pressedMessage(world: World, message: FakeMessage): object {
  return {
    id: message.id,
    channel_id: message.channel_id,
    author: { id: world.bot, username: 'plimsoll', discriminator: '0', avatar: null, bot: true },
    content: message.content,
    embeds: message.embeds,
    components: message.components,
    attachments: [],
    timestamp: new Date(message.at).toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    pinned: false,
    type: 0,
  };
}
