import { Kysely, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { ClientBase, Pool, PoolClient } from 'pg';
import { err, ok, type Result } from '../../domain/result.ts';
import type { StoreError } from '../../ports/store-error.ts';
import { migrations } from './migrations.ts';
import { postgresFault } from './postgres-fault.ts';
import { SCHEMA } from './postgres-settings.ts';
import { POSTGRES_FORM } from './table-form.ts';

const MIGRATIONS = migrations(POSTGRES_FORM);
/** "PLIM": the number of our advisory lock, for those who make or change the tables. */
const MIGRATION_LOCK = 0x504c494d;

/**
 * Brings the store to this program's form, or says why not; touches nothing of a newer program or of
 * another one. One transaction, under a lock: a second process waits and finds the work done.
 */
export async function migratePostgres(pool: Pool): Promise<Result<null, StoreError>> {
  let client: PoolClient | null = null;
  try {
    client = await pool.connect();
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const form = await formOf(client);
    const outcome = form === 'older' ? await runMigrations(pool) : form;
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    client.release();
    return outcome === 'current' ? ok(null) : err(outcome);
  } catch (thrown) {
    // Not back into the pool: the lock goes with the connection.
    client?.release(true);
    return err(postgresFault(thrown));
  }
}

async function runMigrations(pool: Pool): Promise<'current' | StoreError> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const provider = { getMigrations: async () => MIGRATIONS };
  const migrator = new Migrator({ db, provider, migrationTableSchema: SCHEMA });
  const { error } = await migrator.migrateToLatest();
  return error === undefined ? 'current' : postgresFault(error);
}

export async function formOf(client: ClientBase): Promise<'current' | 'older' | StoreError> {
  const { rows } = await client.query<{ tablename: string }>(
    'select tablename from pg_tables where schemaname = $1',
    [SCHEMA],
  );
  if (rows.length === 0) return 'older';
  if (!rows.some(({ tablename }) => tablename === 'kysely_migration')) {
    return { kind: 'not-a-store' };
  }
  const done = await client.query<{ name: string }>(
    'select name from kysely_migration order by name',
  );
  const unknown = done.rows.find(({ name }) => !Object.hasOwn(MIGRATIONS, name));
  if (unknown) return { kind: 'newer', migration: unknown.name };
  return done.rows.length === Object.keys(MIGRATIONS).length ? 'current' : 'older';
}
