import type { ChatGateway, ChatPlace, Network } from '../../ports/chat.ts';
import type { Destination } from '../../ports/destination.ts';

/**
 * A channel, group or topic as a destination. `gateway` is asked at each send: a platform that is not
 * connected (yet) is a place that nothing can be sent to now.
 */
export function chatDestination(
  of: {
    readonly id: string;
    readonly network: Network;
    readonly chat: string;
    readonly topic: string | null;
  },
  gateway: (network: Network) => ChatGateway | undefined,
): Destination {
  return {
    id: of.id,
    send: ({ view, key, edits, repliesTo, isSilent, chat }) => {
      const found = gateway(of.network);
      if (found === undefined) {
        return Promise.resolve({ kind: 'retry', retryAfterMs: NOT_YET_MS, scope: 'network' });
      }
      const place: ChatPlace = {
        network: of.network,
        chat: chat ?? of.chat,
        topic: of.topic,
        isPrivate: false,
      };
      return found.push(place, { view, key, edits, repliesTo, isSilent });
    },
  };
}

const NOT_YET_MS = 2000;
