import type { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { err, ok, type Result } from '../../domain/result.ts';
import type { StoreError } from '../../ports/store-error.ts';
import { migrations } from './migrations.ts';
import { queryBuilder } from './query-builder.ts';
import { sqliteFault } from './sqlite-fault.ts';
import { SQLITE_FORM } from './table-form.ts';

const MIGRATIONS = migrations(SQLITE_FORM);

/** "PLIM" in the file's header: how we know our own file from another program's database. */
const APPLICATION_ID = 0x504c494d;

const WAL_ATTEMPTS = 50;
const WAL_PAUSE_MS = 20;

/**
 * Brings the store to this program's form, or says why not. Touches nothing in a file of another program
 * or of a newer one. Everything happens in one transaction: a kill leaves the form before or the form
 * after, and a second process waits and finds the work done.
 */
export async function migrate(db: DatabaseSync): Promise<Result<null, StoreError>> {
  try {
    // One view of the file, or another process may change it between two questions.
    db.exec('begin');
    const before = formOf(db);
    db.exec('rollback');
    if (typeof before !== 'string') return err(before);
    // Also where nothing is to be migrated: a copy made by `vacuum into` is not in this mode.
    if (!(await switchToWal(db))) return err({ kind: 'unreachable', reason: 'path' });
    if (before === 'current') return ok(null);
    db.exec('begin immediate');
    const form = formOf(db);
    const outcome = form === 'older' ? await runMigrations(db) : form;
    if (outcome !== 'current') return err(outcome);
    db.exec('commit');
    return ok(null);
  } catch (thrown) {
    return err(sqliteFault(thrown));
  } finally {
    if (db.isTransaction) db.exec('rollback');
  }
}

/**
 * Persistent, and not possible inside a transaction. When several processes make one store at once SQLite
 * answers `busy` here without waiting (seen in 2 of 600), so the waiting is ours. False: this disk cannot,
 * as network file systems cannot.
 */
async function switchToWal(db: DatabaseSync): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return db.prepare('pragma journal_mode = wal').get()?.['journal_mode'] === 'wal';
    } catch (thrown) {
      if (attempt === WAL_ATTEMPTS || sqliteFault(thrown).kind !== 'busy') throw thrown;
      await setTimeout(WAL_PAUSE_MS);
    }
  }
}

async function runMigrations(db: DatabaseSync): Promise<'current' | StoreError> {
  db.exec(`pragma application_id = ${APPLICATION_ID}`);
  const query: Kysely<unknown> = queryBuilder(db);
  const provider = { getMigrations: async () => MIGRATIONS };
  const { error } = await new Migrator({ db: query, provider }).migrateToLatest();
  return error === undefined ? 'current' : sqliteFault(error);
}

export function formOf(db: DatabaseSync): 'current' | 'older' | StoreError {
  const tables = db.prepare("select name from sqlite_master where type = 'table'").all();
  const { application_id } = db.prepare('pragma application_id').get() ?? {};
  if (application_id !== APPLICATION_ID) {
    const isNew = tables.length === 0 && application_id === 0;
    return isNew ? 'older' : { kind: 'not-a-store' };
  }
  if (!tables.some(({ name }) => name === 'kysely_migration')) return { kind: 'corrupt' };
  const done = db.prepare('select name from kysely_migration order by name').all();
  const unknown = done.find(({ name }) => !Object.hasOwn(MIGRATIONS, String(name)));
  if (unknown) return { kind: 'newer', migration: String(unknown['name']) };
  return done.length === Object.keys(MIGRATIONS).length ? 'current' : 'older';
}
