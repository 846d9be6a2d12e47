import { type Compilable, type Kysely, sql } from 'kysely';
import { err, ok } from '../../domain/result.ts';
import type { AlertChange, AlertRow, AlertRowKind, AlertStore } from '../../ports/alert-store.ts';
import type { Database } from './database.ts';
import { portions } from './portions.ts';
import type { Tables } from './tables.ts';

/** Of several that take the lead at once each is served after the others; beyond this it is not chance. */
const ATTEMPTS = 50;

export function alertTable(db: Database): AlertStore {
  const fenceNow = () =>
    db.read(async (query) => {
      const row = await query
        .selectFrom('alert_lead')
        .select('fence')
        .executeTakeFirstOrThrow(() => new RangeError('the fence is gone'));
      return row.fence;
    });
  return {
    async lead(boot) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const before = await fenceNow();
        if (!before.ok) return before;
        const fence = before.value + 1;
        const missed = await db.attempt((query) => ({
          guards: [
            query.updateTable('alert_lead').set({ fence, boot }).where('fence', '=', before.value),
          ],
          statements: [],
        }));
        if (!missed.ok) return missed;
        if (missed.value === null) return ok(fence);
      }
      return err({ kind: 'busy' });
    },

    load: () =>
      db.read(async (query) => {
        const rows = await query
          .selectFrom('alert_row')
          .selectAll()
          .orderBy('kind')
          .orderBy('id')
          .execute();
        return rows.map(({ kind, id, body }) => ({ kind: kind as AlertRowKind, id, body }));
      }),

    async commit(fence, changes) {
      const last = lastChanges(changes);
      const missed = await db.attempt((query) => ({
        guards: [holds(query, fence, last.events.length)],
        statements: statementsOf(query, last),
      }));
      if (!missed.ok) return missed;
      return ok(missed.value === null ? 'committed' : 'fenced');
    },

    events: (limit) =>
      db.read((query) =>
        query
          .selectFrom('alert_event')
          .select(['at', 'body'])
          .orderBy('sequence', 'desc')
          .limit(limit)
          .execute(),
      ),

    async forget(before) {
      const done = await db.write((query) => [
        query.deleteFrom('alert_event').where('at', '<', before),
      ]);
      return done.ok ? ok(done.value[0] ?? 0) : done;
    },
  };
}

/**
 * Touches the row even when nothing happened, so that nobody takes the lead before we are through; gives
 * the events their numbers.
 */
function holds(query: Kysely<Tables>, fence: number, events: number): Compilable {
  return query
    .updateTable('alert_lead')
    .set((row) => ({ events: row('events', '+', events) }))
    .where('fence', '=', fence)
    .where('fence', '>', 0);
}

interface Changed {
  readonly puts: readonly AlertRow[];
  readonly removals: readonly Pick<AlertRow, 'kind' | 'id'>[];
  readonly events: readonly AlertEvent[];
}

type AlertEvent = Extract<AlertChange, { readonly event: unknown }>['event'];

/** Of several changes to one row the last counts, so that many go into one statement. */
function lastChanges(changes: readonly AlertChange[]): Changed {
  const rows = new Map<string, Exclude<AlertChange, { readonly event: unknown }>>();
  const events: AlertEvent[] = [];
  for (const change of changes) {
    if ('event' in change) events.push(change.event);
    else {
      const { kind, id } = 'put' in change ? change.put : change.remove;
      rows.set(JSON.stringify([kind, id]), change);
    }
  }
  const last = [...rows.values()];
  return {
    puts: last.flatMap((change) => ('put' in change ? [change.put] : [])),
    removals: last.flatMap((change) => ('remove' in change ? [change.remove] : [])),
    events,
  };
}

function statementsOf(query: Kysely<Tables>, { puts, removals, events }: Changed): Compilable[] {
  const kinds = [...new Set(removals.map(({ kind }) => kind))];
  return [
    ...portions(puts).map((rows) => upsert(query, rows)),
    ...kinds.flatMap((kind) => {
      const ids = removals.filter((row) => row.kind === kind).map(({ id }) => id);
      return portions(ids).map((some) =>
        query.deleteFrom('alert_row').where('kind', '=', kind).where('id', 'in', some),
      );
    }),
    ...portions([...events.entries()]).map((portion) =>
      query.insertInto('alert_event').values(
        portion.map(([index, { at, body }]) => ({
          sequence: sql<number>`(select events - ${sql.lit(events.length - 1 - index)} from alert_lead)`,
          at,
          body,
        })),
      ),
    ),
  ];
}

function upsert(query: Kysely<Tables>, rows: readonly AlertRow[]): Compilable {
  return query
    .insertInto('alert_row')
    .values(rows.map(({ kind, id, body }) => ({ kind, id, body })))
    .onConflict((conflict) =>
      conflict.columns(['kind', 'id']).doUpdateSet((row) => ({ body: row.ref('excluded.body') })),
    );
}
