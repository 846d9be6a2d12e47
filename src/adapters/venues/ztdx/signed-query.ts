import { createHmac } from 'node:crypto';

/**
 * The query with its own HMAC-SHA256 appended, hex, as Binance does it and ZTDX's signed paths
 * expect it: the signature covers exactly the text that is sent.
 */
export function signedQuery(query: string, secret: string): string {
  const signature = createHmac('sha256', secret).update(query).digest('hex');
  return `${query}&signature=${signature}`;
}
