import { randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import type { DeskFile } from './desk-schema.ts';

type Role = 'viewer' | 'trader' | 'approver' | 'admin';

export interface DiscordSettings {
  readonly token: string;
  readonly application: string;
  readonly guild: string | null;
  readonly apiUrl: string | null;
  /** Role id → role, for people whom the desk file does not name. */
  readonly roles: Readonly<Record<string, Role>>;
}

export interface TelegramSettings {
  readonly token: string;
  readonly apiRoot: string | null;
  readonly webhook: {
    readonly url: string;
    readonly secret: string;
    readonly listen: string;
    /** Answers what comes to the same address and is not Telegram's. */
    others?: RequestListener;
  } | null;
}

/** Which chats this desk answers in. Null: that one is not configured. */
export interface ChatSettings {
  readonly discord: DiscordSettings | null;
  readonly telegram: TelegramSettings | null;
  /** Where positions may be shown, besides a served person's private chat. */
  readonly chats: { readonly discord: readonly string[]; readonly telegram: readonly string[] };
}

export interface ChatFault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

type Env = Readonly<Record<string, string | undefined>>;
type ChatSections = Pick<DeskFile, 'discord' | 'telegram' | 'chats' | 'http'>;

const NO_SECTIONS: ChatSections = {
  discord: undefined,
  telegram: undefined,
  chats: { discord: [], telegram: [] },
  http: undefined,
};
const LISTEN = '127.0.0.1:8787';

/**
 * The desk file's sections first, the environment where they are silent; the demo desk has only the
 * environment. A token alone is enough for Telegram; Discord also has to be told its application.
 */
export function chatSettings(
  env: Env,
  sections: ChatSections | null,
): { readonly settings: ChatSettings; readonly faults: readonly ChatFault[] } {
  const from = sections ?? NO_SECTIONS;
  const faults: ChatFault[] = [];
  const discord = discordOf(env, from);
  if (discord && discord.application === '') {
    faults.push({
      path: sections?.discord ? ['discord', 'application'] : ['DISCORD_APPLICATION'],
      message: 'is needed with a Discord token: the application id from the developer portal',
    });
  }
  const settings = { discord, telegram: telegramOf(env, from), chats: from.chats };
  return { settings, faults };
}

function discordOf(env: Env, { discord }: ChatSections): DiscordSettings | null {
  const token = discord?.token ?? env['DISCORD_TOKEN'];
  if (!token) return null;
  return {
    token,
    application: discord?.application ?? env['DISCORD_APPLICATION'] ?? '',
    guild: discord?.guild ?? (env['DISCORD_GUILD'] || null),
    apiUrl: discord?.apiUrl ?? (env['DISCORD_API_URL'] || null),
    roles: discord?.roles ?? {},
  };
}

function telegramOf(env: Env, { telegram, http }: ChatSections): TelegramSettings | null {
  const token = telegram?.token ?? env['TELEGRAM_TOKEN'];
  if (!token) return null;
  const webhook = telegram?.webhook;
  const listen = http?.listen ?? LISTEN;
  return {
    token,
    apiRoot: telegram?.apiRoot ?? (env['TELEGRAM_API_ROOT'] || null),
    webhook:
      webhook === undefined
        ? null
        : typeof webhook === 'string'
          ? // Telegram is told the secret at every start, so a new one each time is as good as any.
            { url: webhook, secret: randomBytes(24).toString('hex'), listen }
          : { ...webhook, listen },
  };
}
