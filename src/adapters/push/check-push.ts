import type { PushCheck } from '../../ports/push-check.ts';
import { smtpTransport } from './email-destination.ts';
import { postJson } from './post-json.ts';
import { smtpOutcome } from './smtp-outcome.ts';
import { wecomOutcome } from './wecom-destination.ts';

const LIMIT_MS = 10_000;

/** A webhook is asked for nothing but its headers: what it would do with a message is not tried. */
export async function checkWebhook(url: string, limitMs = LIMIT_MS): Promise<PushCheck['state']> {
  const posted = await postJson({ url, method: 'HEAD', limitMs });
  if (posted.kind !== 'answered' || posted.status >= 500) return 'unreachable';
  return posted.status === 401 || posted.status === 403 ? 'refused' : 'reachable';
}

/** A message without a kind is refused by a robot that exists, and says nothing to anybody. */
export async function checkWecom(url: string, limitMs = LIMIT_MS): Promise<PushCheck['state']> {
  const posted = await postJson({ url, body: '{}', limitMs });
  const outcome = wecomOutcome(posted, '');
  if (posted.kind !== 'answered' || outcome.kind === 'unknown') return 'unreachable';
  if (outcome.kind !== 'dead') return 'reachable';
  return outcome.reason === 'refused' ? 'reachable' : 'refused';
}

/** Logs in to the mail server and leaves again. */
export async function checkSmtp(url: string, limitMs = LIMIT_MS): Promise<PushCheck['state']> {
  const transport = smtpTransport(url, limitMs);
  try {
    await transport.verify();
    return 'fine';
  } catch (fault) {
    const outcome = smtpOutcome(fault);
    return outcome.kind === 'dead' ? 'refused' : 'unreachable';
  } finally {
    transport.close();
  }
}
