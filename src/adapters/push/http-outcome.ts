import type { SendOutcome } from '../../ports/chat.ts';
import type { Posted } from './post-json.ts';

/** A pause that the other side did not measure. */
const UNSAID_PAUSE_MS = 5000;
/** Nobody may keep an alert waiting for longer at one word. */
const LONGEST_PAUSE_MS = 15 * 60_000;

export function retryIn(ms: number | null): SendOutcome {
  const retryAfterMs = Math.min(ms ?? UNSAID_PAUSE_MS, LONGEST_PAUSE_MS);
  return { kind: 'retry', retryAfterMs, scope: 'chat' };
}

/** What an HTTP exchange means for the message. `messageId`: its name, when it was taken. */
export function httpOutcome(posted: Posted, messageId: string): SendOutcome {
  if (posted.kind === 'unsent') return retryIn(null);
  if (posted.kind === 'unknown') return { kind: 'unknown' };
  const { status, retryAfterMs } = posted;
  if (status >= 200 && status < 300) return { kind: 'delivered', messageId };
  if (status === 429 || (status === 503 && retryAfterMs !== null)) return retryIn(retryAfterMs);
  // The program behind may have acted before it, or its proxy, broke.
  if (status >= 500 || status === 408 || status === 425) return { kind: 'unknown' };
  if (status === 401) return { kind: 'dead', reason: 'credential-lost' };
  // A redirect is an address that is wrong in the desk file: followed, it would carry alerts elsewhere.
  if (status === 404 || status === 410 || status < 400) return { kind: 'dead', reason: 'gone' };
  return { kind: 'dead', reason: status === 403 ? 'forbidden' : 'refused' };
}
