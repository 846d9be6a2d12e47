import type { Translate } from '../../../replies/translate.ts';
import { checkLimits, type LimitBreach } from './check-limits.ts';
import { clipText } from './clip-text.ts';
import { LIMITS } from './limits.ts';
import type { DiscordMessage } from './message.ts';

/**
 * The last guard before the wire. Renderers fit their messages, so this should find nothing; if it
 * does, the headline goes out alone and says how much stayed behind, instead of nothing at all.
 */
export function guardMessage(
  message: DiscordMessage,
  as: { readonly say: Translate; onBreach(breaches: readonly LimitBreach[]): void },
): DiscordMessage {
  const breaches = checkLimits(message);
  if (breaches.length === 0) return message;
  as.onBreach(breaches);
  const { body } = message;
  const [headline = '', ...rest] = body.content.split('\n');
  const tail = (missing: number) => ` ${as.say('chat.cutText', { count: missing })}`;
  const hidden =
    rest.join('\n').length +
    body.embeds.reduce((total, embed) => total + (embed.description?.length ?? 0), 0);
  const said = hidden === 0 ? '' : tail(hidden);
  // A sign escaped by a backslash must not lose it, nor the backslash its sign.
  const kept = clipText(headline, LIMITS.content - said.length, tail).replace(/\\(?=…|\s…)/u, '');
  const alone = {
    body: { ...body, content: kept + said, embeds: [], attachments: [] },
    files: [],
  };
  const isFine = checkLimits(alone).length === 0;
  return isFine ? alone : { ...alone, body: { ...alone.body, components: [] } };
}
