import type { DiscordSettings, TelegramSettings } from '../config/chat-settings.ts';
import type { ChatCheck } from '../ports/chat-check.ts';
import type { Setup } from './setup.ts';

type Asked = Pick<Setup, 'chat' | 'destinations'>;

/** Asks every configured platform about the token, and about the chats that the desk file names. */
export function checkChats({ chat, destinations }: Asked): Promise<ChatCheck[]> {
  const { discord, telegram, chats } = chat;
  const channels = destinations.flatMap((each) => each.discord?.channel ?? []);
  const groups = destinations.flatMap((each) => each.telegram?.chat ?? []);
  return Promise.all([
    ...(discord ? [askDiscord(discord, [...new Set([...chats.discord, ...channels])])] : []),
    ...(telegram ? [askTelegram(telegram, [...new Set([...chats.telegram, ...groups])])] : []),
  ]);
}

async function askDiscord(
  settings: DiscordSettings,
  channels: readonly string[],
): Promise<ChatCheck> {
  const { checkDiscord } = await import('../adapters/chat/discord/check-discord.ts');
  const { channels: rights, ...rest } = await checkDiscord({ ...settings, channels });
  const chats = rights.map((each) => ({ ...each, movedTo: null }));
  return { network: 'discord', ...rest, chats };
}

async function askTelegram(
  settings: TelegramSettings,
  chats: readonly string[],
): Promise<ChatCheck> {
  const { checkTelegram } = await import('../adapters/chat/telegram/check-telegram.ts');
  const check = await checkTelegram({ ...settings, chats });
  return { network: 'telegram', isOwnApplication: null, isInGuild: null, ...check };
}
