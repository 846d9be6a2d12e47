import { z } from 'zod';
import type { SendOutcome } from '../../ports/chat.ts';
import type { Destination, DestinationMessage } from '../../ports/destination.ts';
import type { TextOptions } from '../../replies/render-text.ts';
import { deliveryIdOf } from './delivery-id.ts';
import { fitReply } from './fit-reply.ts';
import { httpOutcome, retryIn } from './http-outcome.ts';
import { type Posted, postJson } from './post-json.ts';

export interface WecomOptions {
  readonly id: string;
  /** The robot's address, its key in it. */
  readonly url: string;
  readonly voices: Readonly<Record<'en' | 'zh-CN', Omit<TextOptions, 'width'>>>;
  readonly limitMs?: number;
}

/** A phone's width; WeCom wraps, it does not scroll. */
const WIDTH = 30;
/** WeCom's own limits, in bytes of UTF-8. */
const MOST_TEXT = 2048;
const MOST_MARKDOWN = 4096;

/** WeCom's words for what matters here; every other code is a refusal of this one message. */
const BUSY: ReadonlySet<number> = new Set([-1, 45_009, 45_033]);
/** 93000: a wrong key or a robot that was removed; 93004 and 93008: it may not speak there. */
const GONE: ReadonlySet<number> = new Set([93_000, 93_004, 93_008, 40_014, 42_001]);
const MINUTE_MS = 60_000;

/** A group's robot in WeCom. It cannot change what it said, and an emergency calls everybody. */
export function wecomDestination(options: WecomOptions): Destination {
  return {
    id: options.id,
    send: async (message) => {
      const { url, limitMs } = options;
      const body = JSON.stringify(wecomBody(message, options.voices[message.view.locale]));
      const posted = await postJson({ url, body, ...(limitMs === undefined ? {} : { limitMs }) });
      return wecomOutcome(posted, deliveryIdOf(message.key));
    },
  };
}

function wecomBody({ view, record, isSilent }: DestinationMessage, as: Omit<TextOptions, 'width'>) {
  const within = (most: number) => fitReply(view.reply, most, { ...as, width: WIDTH });
  // Only plain text can call people.
  if (record.level === 'EMERG' && record.state === 'firing' && !isSilent && !record.isDrill) {
    return { msgtype: 'text', text: { content: within(MOST_TEXT), mentioned_list: ['@all'] } };
  }
  return { msgtype: 'markdown', markdown: { content: literal(within(MOST_MARKDOWN)) } };
}

/** Nothing in an alert is markup. Each sign becomes one that looks like it and is not longer. */
function literal(text: string): string {
  const harmless: Readonly<Record<string, string>> = {
    ...{ '<': '(', '>': ')', '[': '(', ']': ')', '`': "'", '*': '.', '#': '.' },
  };
  return text.replace(/[<>[\]`*#]/g, (sign) => harmless[sign] ?? '');
}

const answer = z.object({ errcode: z.number() });

/** WeCom answers 200 to everything; what became of it is in the code. */
export function wecomOutcome(posted: Posted, messageId: string): SendOutcome {
  if (posted.kind !== 'answered' || posted.status !== 200) return httpOutcome(posted, messageId);
  const code = errcodeOf(posted.text);
  if (code === null) return { kind: 'unknown' };
  if (code === 0) return { kind: 'delivered', messageId };
  if (BUSY.has(code)) return retryIn(code === 45_009 ? MINUTE_MS : null);
  return { kind: 'dead', reason: GONE.has(code) ? 'gone' : 'refused' };
}

function errcodeOf(text: string): number | null {
  try {
    return answer.parse(JSON.parse(text)).errcode;
  } catch {
    return null;
  }
}
