import type { SendOutcome } from '../../ports/chat.ts';
import { retryIn } from './http-outcome.ts';

const MINUTE_MS = 60_000;

/** What a mail that threw came to. The server's own words are not looked at. */
export function smtpOutcome(fault: unknown): SendOutcome {
  const { code, responseCode, syscall } = fieldsOf(fault);
  const status = typeof responseCode === 'number' ? responseCode : null;
  if (code === 'EAUTH' || status === 535 || status === 530) {
    return { kind: 'dead', reason: 'credential-lost' };
  }
  // 4xx: greylisting, a full queue, a busy server. It has not taken the mail.
  if (status !== null && status >= 400 && status < 500) return retryIn(MINUTE_MS);
  if (status !== null && status >= 500) {
    return { kind: 'dead', reason: code === 'EENVELOPE' ? 'gone' : 'refused' };
  }
  // A line that breaks after the text is reported like one that breaks before it: only what failed to
  // connect at all has surely not left.
  const isUnsent = syscall === 'connect' || code === 'EDNS' || code === 'ETLS';
  return isUnsent ? retryIn(null) : { kind: 'unknown' };
}

function fieldsOf(fault: unknown): Readonly<Partial<Record<string, unknown>>> {
  return typeof fault === 'object' && fault !== null
    ? (fault as Readonly<Partial<Record<string, unknown>>>)
    : {};
}
