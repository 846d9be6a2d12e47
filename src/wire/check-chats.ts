import type { ChatSettings, DiscordSettings, TelegramSettings } from '../config/chat-settings.ts';
import type { ChatCheck } from '../ports/chat-check.ts';

/** Asks every configured platform about the token, and about the chats that the desk file names. */
export function checkChats({ discord, telegram, chats }: ChatSettings): Promise<ChatCheck[]> {
  return Promise.all([
    ...(discord ? [askDiscord(discord, chats.discord)] : []),
    ...(telegram ? [askTelegram(telegram, chats.telegram)] : []),
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
