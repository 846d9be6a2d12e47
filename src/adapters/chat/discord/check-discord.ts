import { REST, Routes } from 'discord.js';
import { restOptions } from './discord-calls.ts';
import { codeOf, outcomeOf } from './send-outcome.ts';

/** What the doctor learns about Discord, without connecting, sending or changing anything. */
export interface DiscordCheck {
  readonly credential: 'fine' | 'refused' | 'unreachable';
  /** The configured application is the token's own; null: not known. */
  readonly isOwnApplication: boolean | null;
  /** The bot is in the configured guild; null: not known, or none is configured. */
  readonly isInGuild: boolean | null;
  readonly channels: readonly ChannelCheck[];
}

interface ChannelCheck {
  readonly id: string;
  readonly state: 'fine' | 'gone' | 'forbidden' | 'unreachable' | 'missing-rights';
  /** Rights that are missing, in Discord's own words. */
  readonly missing: readonly string[];
}

const ADMINISTRATOR = 1n << 3n;
const NEEDED: readonly (readonly [right: string, bit: bigint])[] = [
  ['View Channel', 1n << 10n],
  ['Send Messages', 1n << 11n],
  ['Embed Links', 1n << 14n],
  ['Attach Files', 1n << 15n],
];
const NOTHING_KNOWN = { isOwnApplication: null, isInGuild: null, channels: [] };

interface Named {
  readonly id: string;
}
interface Role extends Named {
  readonly permissions: string;
}
interface Overwrite extends Named {
  readonly allow: string;
  readonly deny: string;
}
interface Channel extends Named {
  readonly guild_id?: string;
  readonly parent_id?: string | null;
  readonly permission_overwrites?: readonly Overwrite[];
}

/** Tries the token, and the bot's rights in every channel that it is to write to. */
export async function checkDiscord(options: {
  readonly token: string;
  readonly application: string;
  readonly guild: string | null;
  readonly apiUrl: string | null;
  readonly channels: readonly string[];
}): Promise<DiscordCheck> {
  const { application, guild, channels } = options;
  const rest = new REST({ version: '10', ...restOptions(options.apiUrl) }).setToken(options.token);
  const get = (route: `/${string}`) => rest.get(route) as Promise<unknown>;
  try {
    const me = (await get(Routes.user())) as Named;
    const own = (await get('/applications/@me')) as Named;
    return {
      credential: 'fine',
      isOwnApplication: own.id === application,
      isInGuild: guild === null ? null : await exists(() => get(Routes.guild(guild))),
      channels: await Promise.all(channels.map((id) => checkChannel(id, { me: me.id, get }))),
    };
  } catch (cause) {
    const outcome = outcomeOf(cause);
    const isRefused = outcome.kind === 'dead' && outcome.reason === 'credential-lost';
    return { credential: isRefused ? 'refused' : 'unreachable', ...NOTHING_KNOWN };
  }
}

interface Looking {
  readonly me: string;
  get(route: `/${string}`): Promise<unknown>;
}

async function checkChannel(id: string, looking: Looking): Promise<ChannelCheck> {
  try {
    const rights = await rightsIn(id, looking);
    const missing = NEEDED.filter(([, bit]) => (rights & bit) === 0n).map(([right]) => right);
    return { id, state: missing.length === 0 ? 'fine' : 'missing-rights', missing };
  } catch (cause) {
    const outcome = outcomeOf(cause);
    const reason = outcome.kind === 'dead' ? outcome.reason : null;
    const state = reason === 'gone' || reason === 'forbidden' ? reason : 'unreachable';
    return { id, state, missing: [] };
  }
}

/** The documented order: roles, then the channel's rules for everybody, for roles, for the bot. */
async function rightsIn(id: string, { me, get }: Looking): Promise<bigint> {
  const channel = (await get(Routes.channel(id))) as Channel;
  const guild = channel.guild_id;
  // A private chat has no rights to miss.
  if (guild === undefined) return ~0n;
  const member = (await get(Routes.guildMember(guild, me))) as { readonly roles: string[] };
  const roles = (await get(Routes.guildRoles(guild))) as readonly Role[];
  const own = new Set([guild, ...member.roles]);
  let rights = union(roles.filter((role) => own.has(role.id)).map((role) => role.permissions));
  if (rights & ADMINISTRATOR) return ~0n;
  const rules = await rulesOf(channel, get);
  const groups = [
    rules.filter((rule) => rule.id === guild),
    rules.filter((rule) => rule.id !== guild && own.has(rule.id)),
    rules.filter((rule) => rule.id === me),
  ];
  for (const group of groups) {
    rights &= ~union(group.map(({ deny }) => deny));
    rights |= union(group.map(({ allow }) => allow));
  }
  return rights;
}

/** A thread has no rules of its own: its channel's hold. */
async function rulesOf(channel: Channel, get: Looking['get']): Promise<readonly Overwrite[]> {
  if (channel.permission_overwrites !== undefined) return channel.permission_overwrites;
  if (!channel.parent_id) return [];
  const parent = (await get(Routes.channel(channel.parent_id))) as Channel;
  return parent.permission_overwrites ?? [];
}

function union(bits: readonly string[]): bigint {
  return bits.reduce((all, each) => all | BigInt(each), 0n);
}

/** Discord says "missing access" of guilds that the bot is not in. */
async function exists(look: () => Promise<unknown>): Promise<boolean> {
  try {
    await look();
    return true;
  } catch (cause) {
    if (codeOf(cause) === null) throw cause;
    return false;
  }
}
