import type { Clock } from '../../../ports/clock.ts';
import type { Called, DiscordCalls, InteractionKey } from './discord-calls.ts';
import { CODES } from './send-outcome.ts';

/**
 * What became of the first answer to an interaction: `ours` can be edited; `late` came after
 * Discord's three seconds, or nobody knows; `taken` was answered by another process.
 */
export type Acknowledged = 'ours' | 'late' | 'taken';

/** Discord forgets an interaction that nobody answered within three seconds. */
const DEADLINE_MS = 2800;
/** A connection that hangs is given up while there is time for another try. */
const ATTEMPT_MS = 1300;

/**
 * Sends the first answer, again if its fate is not known. "Already acknowledged" to a repeat means
 * that the first one arrived.
 */
export async function acknowledge(
  key: InteractionKey,
  body: object,
  deps: { readonly calls: DiscordCalls; readonly clock: Clock; readonly receivedAt: number },
): Promise<Acknowledged> {
  const { calls, clock, receivedAt } = deps;
  for (let attempt = 1; ; attempt += 1) {
    const called = await calls.respond(key, body, ATTEMPT_MS);
    if (called.outcome.kind === 'delivered') return 'ours';
    if (called.code === CODES.alreadyAcknowledged) return attempt > 1 ? 'ours' : 'taken';
    const waitMs = pauseAfter(called, attempt);
    if (waitMs === null || clock.now() + waitMs - receivedAt > DEADLINE_MS) return 'late';
    if (waitMs > 0) await clock.after(waitMs);
  }
}

/** How long until another try; null: there is no point in one. */
function pauseAfter({ outcome }: Called, attempt: number): number | null {
  if (attempt >= 4) return null;
  if (outcome.kind === 'unknown') return attempt === 1 ? 0 : 200;
  return outcome.kind === 'retry' ? outcome.retryAfterMs : null;
}
