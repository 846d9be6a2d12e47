import type { PushCheck } from '../ports/push-check.ts';
import type { Note, Table } from '../replies/reply.ts';
import { note, tableOf, words } from '../replies/table-of.ts';
import type { Translate } from '../replies/translate.ts';

/** The part of the doctor's reply about destinations that only receive. Every note is a fault. */
export function examinePlaces(
  checks: readonly PushCheck[],
  say: Translate,
): { readonly table: Table | null; readonly notes: readonly Note[] } {
  const table = tableOf<PushCheck>({
    caption: say('doctor.places'),
    empty: '',
    rows: checks,
    columns: [
      words(say('doctor.column.place'), 1, ({ id }) => id),
      words(say('doctor.column.chatState'), 1, ({ state }) => ({
        text: say(`doctor.place.${state}`),
        severity: state === 'unreachable' || state === 'refused' ? 'crit' : null,
      })),
    ],
  });
  const notes = checks.flatMap(({ id, state }) =>
    state === 'unreachable' || state === 'refused'
      ? [note(say(`doctor.placeFault.${state}`, { id }), 'crit')]
      : [],
  );
  return { table: checks.length > 0 ? table : null, notes };
}
