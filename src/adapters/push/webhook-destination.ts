import { createHmac } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import type { Destination, DestinationMessage } from '../../ports/destination.ts';
import { renderText, type TextOptions } from '../../replies/render-text.ts';
import { deliveryIdOf } from './delivery-id.ts';
import { httpOutcome } from './http-outcome.ts';
import { postJson } from './post-json.ts';

export interface WebhookOptions {
  readonly id: string;
  readonly url: string;
  /** Null: not signed. */
  readonly secret: string | null;
  readonly voices: Readonly<Record<'en' | 'zh-CN', Omit<TextOptions, 'width'>>>;
  readonly clock: Clock;
  readonly limitMs?: number;
}

/** An address of the desk's own that is told alerts as signed JSON (docs/webhook.md). */
export function webhookDestination(options: WebhookOptions): Destination {
  return {
    id: options.id,
    send: async (message) => {
      const delivery = deliveryIdOf(message.key);
      const body = JSON.stringify(bodyOf(message, { ...options, delivery }));
      const at = Math.floor(options.clock.now() / 1000);
      const posted = await postJson({
        url: options.url,
        headers: {
          'plimsoll-delivery': delivery,
          ...signature(options.secret, { at, delivery, body }),
        },
        body,
        ...(options.limitMs === undefined ? {} : { limitMs: options.limitMs }),
      });
      return httpOutcome(posted, message.edits ?? delivery);
    },
  };
}

/** What is signed: instant, delivery and body, so that none of them can be exchanged for another. */
function signature(
  secret: string | null,
  { at, delivery, body }: { readonly at: number; readonly delivery: string; readonly body: string },
): Record<string, string> {
  if (secret === null) return {};
  const v1 = createHmac('sha256', secret).update(`${at}.${delivery}.${body}`).digest('hex');
  return { 'plimsoll-signature': `t=${at},v1=${v1}` };
}

function bodyOf(message: DestinationMessage, as: WebhookOptions & { readonly delivery: string }) {
  const { record, view } = message;
  return {
    version: 1,
    delivery: as.delivery,
    destination: as.id,
    event: message.edits === null ? 'message' : 'update',
    message: message.edits ?? as.delivery,
    sentAt: iso(as.clock.now()),
    isSilent: message.isSilent,
    alert: {
      ...record,
      openedAt: iso(record.openedAt),
      closedAt: iso(record.closedAt),
      members: record.members.map((member) => ({
        ...member,
        since: iso(member.since),
        endedAt: iso(member.endedAt),
      })),
    },
    text: renderText(view.reply, { ...as.voices[view.locale], width: WIDTH }),
    locale: view.locale,
  };
}

const WIDTH = 80;

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
