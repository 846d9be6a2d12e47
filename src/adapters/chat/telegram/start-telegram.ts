import type { ChatGateway } from '../../../ports/chat.ts';
import type { TelegramOptions } from './telegram-options.ts';

/**
 * Connects to Telegram and keeps connected. Resolves when the first attempt has succeeded or failed:
 * a platform that is down is a state (`connecting`), and a refused token is one (`credential-lost`).
 */
export function startTelegram(options: TelegramOptions): Promise<ChatGateway> {
  throw new Error(`not built yet: ${options.apiRoot}`);
}
