import {
  type APIInteraction,
  type APIModalSubmitInteraction,
  ChannelType,
  ComponentType,
  InteractionContextType,
  InteractionType,
} from 'discord.js';
import type { ChatIntent, ChatPerson, ChatPlace } from '../../../ports/chat.ts';
import { slashLine } from './slash-line.ts';

/** An interaction in our words. `isUpdate`: it came from a message that the answer changes. */
export interface DecodedInteraction {
  readonly id: string;
  readonly token: string;
  readonly at: number;
  readonly place: ChatPlace;
  readonly person: ChatPerson;
  readonly what:
    | { readonly kind: 'event'; readonly intent: ChatIntent; readonly isUpdate: boolean }
    | {
        readonly kind: 'autocomplete';
        readonly command: string;
        readonly option: string;
        readonly prefix: string;
      };
}

const DISCORD_EPOCH = 1_420_070_400_000n;

/**
 * What Discord sent, or null for what is nobody's wish here: pings, context menus, people unknown.
 * Only the interaction itself is read; a cache of names and roles could be stale or thin.
 */
export function decodeInteraction(raw: APIInteraction): DecodedInteraction | null {
  const user = raw.member?.user ?? raw.user;
  const channel = raw.channel?.id ?? raw.channel_id;
  const what = whatOf(raw);
  if (user === undefined || channel === undefined || what === null) return null;
  return {
    id: raw.id,
    token: raw.token,
    at: Number((BigInt(raw.id) >> 22n) + DISCORD_EPOCH),
    place: {
      ...{ network: 'discord', chat: channel, topic: null, isPrivate: isPrivate(raw) },
      ...threadOf(raw),
    },
    person: {
      network: 'discord',
      id: user.id,
      roleIds: raw.member?.roles ?? [],
      language: 'locale' in raw ? raw.locale : null,
      isAnonymous: false,
    },
    what,
  };
}

function whatOf(raw: APIInteraction): DecodedInteraction['what'] | null {
  switch (raw.type) {
    case InteractionType.ApplicationCommand: {
      if (raw.data.type !== 1) return null;
      const line = slashLine(raw.data.name, valuesOf(raw.data.options));
      return { kind: 'event', intent: { kind: 'command', line }, isUpdate: false };
    }
    case InteractionType.ApplicationCommandAutocomplete: {
      const focused = optionsOf(raw.data.options).find((option) => option.focused === true);
      if (focused === undefined) return null;
      const prefix = String(focused.value ?? '');
      return { kind: 'autocomplete', command: raw.data.name, option: focused.name, prefix };
    }
    case InteractionType.MessageComponent: {
      const { data } = raw;
      const value = 'values' in data ? (data.values[0] ?? null) : null;
      return pressed(data.custom_id, value, true);
    }
    case InteractionType.ModalSubmit:
      return pressed(raw.data.custom_id, modalValue(raw), raw.message !== undefined);
    default:
      return null;
  }
}

function pressed(token: string, value: string | null, isUpdate: boolean) {
  return { kind: 'event', intent: { kind: 'button', token, value }, isUpdate } as const;
}

interface RawOption {
  readonly name: string;
  readonly value?: unknown;
  readonly focused?: boolean;
}

/** Flat: our commands have no subcommands. */
function optionsOf(options: readonly object[] | undefined): RawOption[] {
  return (options ?? []) as RawOption[];
}

function valuesOf(options: readonly object[] | undefined): { name: string; value: string }[] {
  return optionsOf(options).flatMap(({ name, value }) =>
    value === undefined ? [] : [{ name, value: String(value) }],
  );
}

/** The first input of a modal, whether it lies in a label or in an action row of old. */
function modalValue(raw: APIModalSubmitInteraction): string | null {
  for (const outer of raw.data.components ?? []) {
    const inner = outer.type === ComponentType.ActionRow ? outer.components[0] : componentIn(outer);
    const value = textIn(inner);
    if (value !== null) return value;
  }
  return null;
}

function componentIn(outer: object): unknown {
  return 'component' in outer ? outer.component : null;
}

function textIn(input: unknown): string | null {
  if (typeof input !== 'object' || input === null) return null;
  if ('value' in input && typeof input.value === 'string') return input.value;
  const values: unknown = 'values' in input ? input.values : null;
  const [first]: unknown[] = Array.isArray(values) ? values : [];
  return typeof first === 'string' ? first : null;
}

const THREADS: readonly (ChannelType | undefined)[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
];

/** It comes with the interaction. The parent of any other channel is a category, and says nothing. */
function threadOf({ channel }: APIInteraction): Pick<ChatPlace, 'threadOf'> {
  const isThread = THREADS.includes(channel?.type);
  const parent = isThread && channel && 'parent_id' in channel ? channel.parent_id : null;
  return parent ? { threadOf: parent } : {};
}

function isPrivate(raw: APIInteraction): boolean {
  if (raw.guild_id !== undefined) return false;
  return raw.context === InteractionContextType.BotDM || raw.channel?.type === ChannelType.DM;
}
