import type { Draft } from './draft.ts';

/** What waits for one destination. */
export interface QueueState {
  readonly destination: string;
  readonly queued: number;
  /** How long the oldest message that may go has been due; null: none is. */
  readonly oldestDueMs: number | null;
  readonly isBroken: boolean;
  readonly lastSuccessAt: number | null;
}

/** The outbox, destination by destination. A pause that the platform asked for counts as waiting. */
export function queueOf(draft: Draft): QueueState[] {
  const rows = draft.outbox.values();
  return draft.settings.destinations.map(({ id }) => {
    const own = rows.filter(({ destination }) => destination === id);
    const since = own.map(({ createdAt }) => createdAt).filter((at) => at <= draft.now);
    const { broken, lastSuccessAt } = draft.destinationOf(id);
    return {
      ...{ destination: id, queued: own.length, lastSuccessAt, isBroken: broken !== null },
      oldestDueMs: since.length > 0 ? draft.now - Math.min(...since) : null,
    };
  });
}
