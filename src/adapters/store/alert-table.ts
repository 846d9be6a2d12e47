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
      const missed = await db.attempt((query) => ({
        guards: [holds(query, fence)],
        statements: statementsOf(query, changes),
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

/** Touches the row although it changes nothing, so that nobody takes the lead before we are through. */
function holds(query: Kysely<Tables>, fence: number): Compilable {
  return query
    .updateTable('alert_lead')
    .set({ fence })
    .where('fence', '=', fence)
    .where('fence', '>', 0);
}

/** Of several changes to one row the last counts, so puts and removals can go in portions. */
function statementsOf(query: Kysely<Tables>, changes: readonly AlertChange[]): Compilable[] {
  const puts = new Map<string, AlertRow>();
  const removals = new Map<string, Pick<AlertRow, 'kind' | 'id'>>();
  const events: Compilable[] = [];
  for (const change of changes) {
    if ('event' in change) events.push(eventInsert(query, change.event));
    else {
      const row = 'put' in change ? change.put : change.remove;
      const key = JSON.stringify([row.kind, row.id]);
      puts.delete(key);
      removals.delete(key);
      if ('put' in change) puts.set(key, change.put);
      else removals.set(key, change.remove);
    }
  }
  return [
    ...portions([...puts.values()]).map((rows) => upsert(query, rows)),
    ...[...removals.values()].map(({ kind, id }) =>
      query.deleteFrom('alert_row').where('kind', '=', kind).where('id', '=', id),
    ),
    ...events,
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

/** The guard lets one commit in at a time, so the next number is nobody else's. */
function eventInsert(query: Kysely<Tables>, event: { at: number; body: string }): Compilable {
  return query.insertInto('alert_event').values({
    sequence: sql<number>`(select coalesce(max(sequence), 0) + 1 from alert_event)`,
    at: event.at,
    body: event.body,
  });
}
