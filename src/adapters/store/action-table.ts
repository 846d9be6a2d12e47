import type { Kysely } from 'kysely';
import { type ActionState, STEPS } from '../../actions/action-state.ts';
import { ok } from '../../domain/result.ts';
import type { ActionStore, StoredAction } from '../../ports/action-store.ts';
import { auditTable } from './audit-table.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** States that no step leads out of. */
const ENDED = (Object.keys(STEPS) as ActionState[]).filter(
  (state) => Object.keys(STEPS[state]).length === 0,
);

export function actionTable(db: Database): ActionStore {
  const { append, audit, auditAfter, auditHead } = auditTable(db);
  const one = (column: 'id' | 'token_hash', value: string) =>
    db.read(async (query) => {
      const row = await query
        .selectFrom('action')
        .selectAll()
        .where(column, '=', value)
        .executeTakeFirst();
      return row ? actionOf(row) : null;
    });
  return {
    audit,
    auditAfter,
    auditHead,
    create: (action, notes) =>
      append(notes, (query) =>
        query
          .insertInto('action')
          .values(rowOf(action))
          .onConflict((conflict) => conflict.doNothing()),
      ),
    step: (next, revision, notes) =>
      append(notes, (query) =>
        query
          .updateTable('action')
          .set(rowOf(next))
          .where('id', '=', next.id)
          .where('revision', '=', revision),
      ),
    async note(notes) {
      const noted = await append(notes, null);
      return noted.ok ? ok(null) : noted;
    },
    async forget(before) {
      const done = await db.write((query) => [
        query.deleteFrom('action').where('state', 'in', ENDED).where('updated_at', '<', before),
      ]);
      return done.ok ? ok(done.value[0] ?? 0) : done;
    },
    byId: (id) => one('id', id),
    byTokenHash: (tokenHash) => one('token_hash', tokenHash),
    inStates: (states) => db.read((query) => list(query, { states, from: 0 })),
    since: (from, states) => db.read((query) => list(query, { states, from })),
  };
}

interface Wanted {
  readonly states: readonly ActionState[];
  readonly from: number;
}

async function list(query: Kysely<Tables>, { states, from }: Wanted): Promise<StoredAction[]> {
  // PostgreSQL takes no empty list.
  if (states.length === 0) return [];
  const rows = await query
    .selectFrom('action')
    .selectAll()
    .where('state', 'in', states)
    .where('created_at', '>=', from)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(actionOf);
}

function rowOf(action: StoredAction): Tables['action'] {
  return {
    id: action.id,
    token_hash: action.tokenHash,
    state: action.state,
    revision: action.revision,
    kind: action.kind,
    account: action.account,
    requested_by: action.requestedBy,
    counted_usd: action.countedUsd,
    created_at: action.createdAt,
    updated_at: action.updatedAt,
    expires_at: action.expiresAt,
    body: action.body,
  };
}

function actionOf(row: Tables['action']): StoredAction {
  return {
    id: row.id,
    tokenHash: row.token_hash,
    state: row.state as ActionState,
    revision: row.revision,
    kind: row.kind,
    account: row.account,
    requestedBy: row.requested_by,
    countedUsd: row.counted_usd,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    expiresAt: row.expires_at,
    body: row.body,
  };
}
