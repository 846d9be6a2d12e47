import type { Draft } from './draft.ts';
import { putBack } from './settle.ts';

/** After a start: what was on its way when the last process ended may have arrived. It goes again, and says so. */
export function takeOver(draft: Draft): void {
  for (const row of draft.outbox.values()) {
    if (row.state !== 'inflight') continue;
    putBack(draft, row, { unknownAt: row.unknownAt ?? draft.now, dueAt: draft.now });
  }
}
