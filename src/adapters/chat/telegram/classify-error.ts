import { GrammyError, HttpError } from 'grammy';
import type { DeadReason } from '../../../ports/chat.ts';

/** What a refused or broken call means. */
export type Failure =
  | { readonly kind: 'wait'; readonly retryAfterMs: number }
  /** Never got as far as Telegram: it may go again. */
  | { readonly kind: 'unreachable' }
  /** Nobody knows whether it arrived. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'moved'; readonly chat: string }
  | { readonly kind: 'dead'; readonly reason: DeadReason }
  /** Another program polls with the same token, or a webhook is set. */
  | { readonly kind: 'conflict' }
  /** The markup was refused: a defect of ours, the text can go without it. */
  | { readonly kind: 'markup' }
  /** The picture was refused; the text can go without it. */
  | { readonly kind: 'picture' }
  /** An edit that changes nothing: as good as done. */
  | { readonly kind: 'unmodified' }
  /** The message to edit is not there any more, or cannot become what it should. */
  | { readonly kind: 'message-gone' };

/** When Telegram asks for a pause and does not say how long. */
const PAUSE_MS = 5000;
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** 400 and 403 by what Telegram's text says; there are no finer codes. First match wins. */
const BY_TEXT: readonly (readonly [RegExp, Failure])[] = [
  [/message is not modified/i, { kind: 'unmodified' }],
  [/can't parse entities|unsupported start tag|can't find end/i, { kind: 'markup' }],
  [
    /message to edit not found|message can't be edited|message_id_invalid|no text in the message|no caption in the message|message identifier/i,
    { kind: 'message-gone' },
  ],
  [
    /photo_|image_process|wrong file|wrong type of the web page|failed to get http/i,
    { kind: 'picture' },
  ],
  [/chat not found|thread not found|topic_deleted|group chat was deleted|peer_id/i, dead('gone')],
  [/blocked by the user|user is deactivated/i, dead('blocked')],
  [
    /kicked|not a member|not enough rights|have no rights|chat_write_forbidden|topic_closed|initiate conversation|restricted/i,
    dead('forbidden'),
  ],
];

export function classifyError(error: unknown): Failure {
  if (error instanceof HttpError)
    return isNotConnected(error.error) ? { kind: 'unreachable' } : { kind: 'unknown' };
  if (!(error instanceof GrammyError)) return { kind: 'unknown' };
  const { error_code: code, parameters, description } = error;
  if (parameters.migrate_to_chat_id !== undefined) {
    return { kind: 'moved', chat: String(parameters.migrate_to_chat_id) };
  }
  if (code === 429) return { kind: 'wait', retryAfterMs: pauseOf(parameters.retry_after) };
  // A token that is not one is answered with 404.
  if (code === 401 || code === 404) return dead('credential-lost');
  if (code === 409) return { kind: 'conflict' };
  if (code >= 500) return { kind: 'unknown' };
  const known = BY_TEXT.find(([pattern]) => pattern.test(description))?.[1];
  return known ?? dead(code === 403 ? 'forbidden' : 'refused');
}

/** Seconds, sometimes with a fraction, sometimes missing; always up, so that we are never early. */
function pauseOf(retryAfter: unknown): number {
  const isSeconds =
    typeof retryAfter === 'number' && retryAfter >= 0 && Number.isFinite(retryAfter);
  return isSeconds ? Math.ceil(retryAfter * 1000) : PAUSE_MS;
}

function isNotConnected(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && NOT_CONNECTED.has(String(cause.code));
}

function dead(reason: DeadReason): Failure {
  return { kind: 'dead', reason };
}
