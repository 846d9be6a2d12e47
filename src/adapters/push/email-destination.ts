import { createTransport, type Transporter } from 'nodemailer';
import type { SendOutcome } from '../../ports/chat.ts';
import type { Destination, DestinationMessage } from '../../ports/destination.ts';
import type { Log } from '../../ports/log.ts';
import { renderText, type TextOptions } from '../../replies/render-text.ts';
import { deliveryIdOf } from './delivery-id.ts';
import { drawHtml } from './draw-html.ts';
import { smtpOutcome } from './smtp-outcome.ts';

export interface EmailOptions {
  readonly id: string;
  readonly to: readonly string[];
  readonly from: string;
  readonly smtpUrl: string;
  readonly voices: Readonly<Record<'en' | 'zh-CN', Omit<TextOptions, 'width'>>>;
  readonly log: Log;
  readonly limitMs?: number;
}

const WIDTH = 72;
/** Half of the outbox's lease, with room for a slow store. */
const LIMIT_MS = 10_000;

/** Mail through the desk's own server. One thread per incident. */
export function emailDestination(options: EmailOptions): Destination {
  return {
    id: options.id,
    send: async (message) => {
      // One connection per mail: an alert never waits behind, or breaks with, another one's.
      const transport = smtpTransport(options.smtpUrl, options.limitMs ?? LIMIT_MS);
      const outcome = attempt(transport, message, options);
      const given = deadline(options.limitMs ?? LIMIT_MS);
      const first = await Promise.race([outcome, given.over]);
      given.cancel();
      transport.close();
      return first;
    },
  };
}

/** The server in the desk file, never reading a file or an address on a message's behalf. */
export function smtpTransport(url: string, limitMs: number): Transporter {
  return createTransport({
    ...{ url, connectionTimeout: limitMs, greetingTimeout: limitMs, socketTimeout: limitMs },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
}

async function attempt(
  transport: Transporter,
  message: DestinationMessage,
  options: EmailOptions,
): Promise<SendOutcome> {
  try {
    const sent = await transport.sendMail(mailOf(message, options));
    const refused = Array.isArray(sent.rejected) ? sent.rejected.length : 0;
    if (refused > 0)
      options.log.warn('mail refused for some', { destination: options.id, refused });
    return { kind: 'delivered', messageId: deliveryIdOf(message.key) };
  } catch (fault) {
    return smtpOutcome(fault);
  }
}

function mailOf({ key, view, record }: DestinationMessage, options: EmailOptions) {
  const voice = options.voices[view.locale];
  const domain = domainOf(options.from);
  const thread = `<${deliveryIdOf(`${record.incident} ${record.openedAt}`)}@${domain}>`;
  const title = record.isDrill ? `[DRILL] ${view.reply.title}` : view.reply.title;
  const isUrgent = record.state === 'firing' && ['CRIT', 'EMERG'].includes(record.level);
  return {
    from: options.from,
    to: [...options.to],
    subject: title,
    text: renderText(view.reply, { ...voice, width: WIDTH }),
    html: drawHtml(view.reply, voice),
    messageId: `<${deliveryIdOf(key)}@${domain}>`,
    inReplyTo: thread,
    references: thread,
    // No holiday notice answers an alert.
    headers: { 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All' },
    ...(isUrgent ? { priority: 'high' as const } : {}),
  };
}

function domainOf(from: string): string {
  const domain = /@([a-z0-9.-]+)/i.exec(from)?.[1];
  return domain ?? 'plimsoll.invalid';
}

function deadline(ms: number): { readonly over: Promise<SendOutcome>; cancel(): void } {
  let cancel = () => {};
  const over = new Promise<SendOutcome>((resolve) => {
    const timer = setTimeout(() => resolve({ kind: 'unknown' }), ms);
    cancel = () => clearTimeout(timer);
  });
  return { over, cancel };
}
