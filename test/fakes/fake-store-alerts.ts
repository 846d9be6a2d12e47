import { ok } from '../../src/domain/result.ts';
import type { AlertRow, AlertStore } from '../../src/ports/alert-store.ts';
import type { Answer } from './fake-store-actions.ts';

interface AlertEvent {
  readonly at: number;
  readonly body: string;
}

export const emptyAlertShelf = () => ({
  fence: 0,
  rows: new Map<string, AlertRow>(),
  events: [] as AlertEvent[],
});

/** The alert desk's rows in memory; a shelf handed to a second one is a restart. */
export function fakeAlertStore(
  shelf = emptyAlertShelf(),
  answer: Answer = async (work) => ok(work()),
): AlertStore {
  // Sorts by kind, then by id: no kind holds a character below the space.
  const keyOf = ({ kind, id }: Pick<AlertRow, 'kind' | 'id'>) => `${kind} ${id}`;
  return {
    lead: () =>
      answer(() => {
        shelf.fence += 1;
        return shelf.fence;
      }),
    load: () =>
      answer(() => [...shelf.rows.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))),
    commit: (fence, changes) =>
      answer(() => {
        if (fence !== shelf.fence || fence === 0) return 'fenced';
        for (const change of changes) {
          if ('event' in change) shelf.events.push(change.event);
          else if ('put' in change) shelf.rows.set(keyOf(change.put), change.put);
          else shelf.rows.delete(keyOf(change.remove));
        }
        return 'committed';
      }),
    events: (limit) => answer(() => shelf.events.toReversed().slice(0, limit)),
    forget: (before) =>
      answer(() => {
        const doomed = shelf.events.filter(({ at }) => at < before);
        shelf.events = shelf.events.filter(({ at }) => at >= before);
        return doomed.length;
      }),
  };
}
