import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import type { SendOutcome } from '../../../ports/chat.ts';

/** Discord's own error codes that decide something (its API documentation, "JSON error codes"). */
export const CODES = {
  unknownMessage: 10_008,
  unknownWebhook: 10_015,
  unknownInteraction: 10_062,
  alreadyAcknowledged: 40_060,
  cannotMessageUser: 50_007,
  invalidWebhookToken: 50_027,
} as const;

/** A 429 that does not say how long to wait. */
const UNSAID_PAUSE_MS = 5000;

/** What became of a request that threw. */
export function outcomeOf(cause: unknown): SendOutcome {
  if (cause instanceof RateLimitError) {
    return {
      kind: 'retry',
      retryAfterMs: cause.retryAfter > 0 ? Math.ceil(cause.retryAfter) : UNSAID_PAUSE_MS,
      scope: cause.global ? 'network' : 'chat',
    };
  }
  if (!(cause instanceof DiscordAPIError || cause instanceof HTTPError)) return { kind: 'unknown' };
  const { status } = cause;
  if (status >= 500 || status === 408) return { kind: 'unknown' };
  const code = codeOf(cause);
  // An interaction's token that ran out is a 401 too, and says nothing about ours.
  if (status === 401 && code !== CODES.invalidWebhookToken) return dead('credential-lost');
  if (code === CODES.cannotMessageUser) return dead('blocked');
  if (status === 403) return dead('forbidden');
  return dead(status === 404 || status === 401 ? 'gone' : 'refused');
}

/** Discord's error code, or null for what is not an error of Discord's. */
export function codeOf(cause: unknown): number | null {
  return cause instanceof DiscordAPIError && typeof cause.code === 'number' ? cause.code : null;
}

function dead(reason: 'credential-lost' | 'blocked' | 'forbidden' | 'gone' | 'refused') {
  return { kind: 'dead', reason } as const;
}
