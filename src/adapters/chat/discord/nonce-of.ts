import { createHash } from 'node:crypto';

/**
 * Same message, same nonce: Discord answers a repeat within minutes with the first message. The
 * chat is in it because one alert goes to several. 22 of the 25 signs that Discord takes.
 */
export function nonceOf(chat: string, id: string): string {
  return createHash('sha256').update(`${chat} ${id}`).digest('base64url').slice(0, 22);
}
