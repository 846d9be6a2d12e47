import type { Clock } from '../../ports/clock.ts';
import type { Destination, DestinationMessage } from '../../ports/destination.ts';
import type { FactStore } from '../../ports/fact-store.ts';
import type { Reply } from '../../replies/reply.ts';
import type { Locale } from '../../replies/translate.ts';

const EVERY_MS = 5 * 60_000;

export interface WatchdogPlace {
  readonly destination: Destination;
  readonly locale: Locale;
}

interface WatchdogDeps {
  /** Chats that can change what was said. */
  readonly places: () => readonly WatchdogPlace[];
  readonly replyIn: (locale: Locale) => Reply;
  readonly facts: Pick<FactStore, 'get' | 'put'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * One silent message per chat, brought up to date: who looks at it sees whether anybody is watching. It
 * outlives a restart, and comes anew where it was deleted. Not an alert: no outbox, no repeats.
 */
export async function runWatchdogMessage(deps: WatchdogDeps): Promise<void> {
  const { clock, signal } = deps;
  while (!signal.aborted) {
    await Promise.all(deps.places().map((place) => refresh(place, deps)));
    await clock.after(EVERY_MS, signal);
  }
}

async function refresh(
  { destination, locale }: WatchdogPlace,
  { facts, replyIn, clock }: WatchdogDeps,
): Promise<void> {
  const name = `watchdog.${destination.id}`;
  const kept = await facts.get(name);
  // Without its id a second message would appear: the next round may know it again.
  if (!kept.ok) return;
  const known = kept.value || null;
  const message = messageOf(replyIn(locale), { locale, now: clock.now(), id: destination.id });
  let outcome = await destination.send({ ...message, edits: known });
  if (outcome.kind === 'dead' && known !== null) {
    outcome = await destination.send(message);
  }
  if (outcome.kind === 'delivered' && outcome.messageId !== known) {
    await facts.put(name, outcome.messageId);
  }
}

function messageOf(
  reply: Reply,
  of: { readonly locale: Locale; readonly now: number; readonly id: string },
): DestinationMessage {
  return {
    key: `watchdog ${of.id} ${of.now}`,
    view: { reply, locale: of.locale, picture: null, buttons: [] },
    edits: null,
    repliesTo: null,
    isSilent: true,
    chat: null,
    record: {
      ...{ incident: 'watchdog', state: 'firing', reason: 'WATCHDOG', level: 'INFO' },
      ...{ openedAt: of.now, closedAt: null, ackedBy: null, isPossibleRepeat: false },
      ...{ isDrill: false, members: [] },
    },
  };
}
