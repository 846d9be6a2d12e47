import type { ChatGateway, Network } from '../../ports/chat.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Reply } from '../../replies/reply.ts';
import type { Locale, Translate } from '../../replies/translate.ts';

export interface TellLostCredentialsDeps {
  readonly gateways: readonly ChatGateway[];
  /** Chats that the desk file names: where the desk is spoken of. */
  readonly chats: Readonly<Record<Network, readonly string[]>>;
  readonly clock: Clock;
  readonly locale: Locale;
  readonly say: Translate;
}

const LOOK_EVERY_MS = 1000;

/**
 * Says once in the named chats of the other network that a platform refuses the bot's token: where it
 * happened nobody can be told any more. Waits until the other network is there; ends when all are
 * closed. Never rejects.
 */
export async function tellLostCredentials(deps: TellLostCredentialsDeps): Promise<void> {
  const { gateways, clock } = deps;
  const told = new Set<string>();
  const isOver = () => gateways.every((gateway) => gateway.state().kind === 'closed');
  while (!isOver()) {
    for (const lost of gateways.filter((each) => each.state().kind === 'credential-lost')) {
      for (const other of gateways.filter((each) => each.state().kind === 'connected')) {
        const key = `${lost.network} ${other.network}`;
        if (told.has(key)) continue;
        told.add(key);
        tell(other, lost.network, deps);
      }
    }
    await clock.after(LOOK_EVERY_MS);
  }
}

function tell(other: ChatGateway, lost: Network, deps: TellLostCredentialsDeps): void {
  const view = {
    reply: noticeOf(lost, deps.say),
    locale: deps.locale,
    picture: null,
    buttons: [],
  };
  for (const chat of deps.chats[other.network]) {
    const place = { network: other.network, chat, topic: null, isPrivate: false };
    void other.send(place, view, `credential-lost ${lost}`);
  }
}

function noticeOf(network: Network, say: Translate): Reply {
  return {
    title: say('status.network.credential-lost'),
    severity: 'emerg',
    figures: [],
    tables: [],
    paragraphs: [],
    notes: [{ text: say('status.credentialLost', { network }), severity: 'emerg' }],
    takenAt: null,
  };
}
