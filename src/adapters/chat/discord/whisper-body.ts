import { createTranslate } from '../../../replies/translate.ts';
import { fitParagraphs } from './fit-text.ts';
import { LIMITS } from './limits.ts';
import { type MessageBody, NO_MENTIONS } from './message.ts';

/** Only the person it answers sees it. */
const EPHEMERAL = 64;

/** A few sentences for one person; they are localised already, so only the cut needs a language. */
export function whisperBody(text: string): Pick<MessageBody, 'content' | 'allowed_mentions'> & {
  readonly flags: number;
} {
  const say = createTranslate('en');
  const { text: content } = fitParagraphs([text], { most: LIMITS.content, say });
  return { content: content || '…', allowed_mentions: NO_MENTIONS, flags: EPHEMERAL };
}
