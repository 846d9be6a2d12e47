import type { ChatGateway } from '../../../ports/chat.ts';
import type { DiscordOptions } from './discord-options.ts';

/**
 * Connects to Discord and keeps connected. Resolves when the first attempt has succeeded or failed:
 * a platform that is down is a state (`connecting`), and a refused token is one (`credential-lost`).
 */
export function startDiscord(options: DiscordOptions): Promise<ChatGateway> {
  throw new Error(`not built yet: ${options.application}`);
}
