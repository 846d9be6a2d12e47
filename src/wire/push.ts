import type { DestinationRule } from '../alerts/delivery-rules.ts';
import type { DestinationEntry } from '../config/alert-delivery.ts';
import type { SelfWatchSettings } from '../config/self-watch-settings.ts';
import type { Destination, DestinationMessage } from '../ports/destination.ts';
import { clock, log, voiceOf } from './parts.ts';

type Ground = Pick<SelfWatchSettings, 'smtp'> & { readonly timezone: string };

/** A webhook is told of changes and knows a repeat by its id; a mail or a robot's word stands as it was. */
const TRAITS = {
  webhook: { network: 'webhook', canEdit: true, isRepeatable: true },
  email: { network: 'email', canEdit: false, isRepeatable: false },
  wecom: { network: 'wecom', canEdit: false, isRepeatable: false },
} as const;

/** A destination that only receives; null: the entry names a chat. */
export function pushPlace(
  entry: DestinationEntry,
  given: Pick<DestinationRule, 'minLevel' | 'fallback' | 'quiet'>,
  ground: Ground,
): { readonly rule: DestinationRule; readonly destination: Destination } | null {
  const { id } = entry;
  const way = (['webhook', 'email', 'wecom'] as const).find((each) => entry[each] !== undefined);
  if (way === undefined) return null;
  // The libraries are loaded with the first message: a start does not wait for them.
  let opened: Promise<Destination> | null = null;
  const send = async (message: DestinationMessage) => {
    opened ??= openPlace(entry, ground);
    return (await opened).send(message);
  };
  return { rule: { id, ...TRAITS[way], ...given }, destination: { id, send } };
}

async function openPlace(entry: DestinationEntry, ground: Ground): Promise<Destination> {
  const { id, webhook, email, wecom } = entry;
  const { timezone, smtp } = ground;
  const voices = { en: voiceOf('en', timezone), 'zh-CN': voiceOf('zh-CN', timezone) };
  if (webhook) {
    const { webhookDestination } = await import('../adapters/push/webhook-destination.ts');
    const secret = webhook.secret ?? null;
    return webhookDestination({ id, url: webhook.url, secret, voices, clock });
  }
  if (wecom) {
    const { wecomDestination } = await import('../adapters/push/wecom-destination.ts');
    return wecomDestination({ id, url: wecom.url, voices });
  }
  const { emailDestination } = await import('../adapters/push/email-destination.ts');
  if (!email || !smtp)
    throw new TypeError('a mail destination without a server is refused earlier');
  return emailDestination({ id, to: email.to, from: smtp.from, smtpUrl: smtp.url, voices, log });
}
