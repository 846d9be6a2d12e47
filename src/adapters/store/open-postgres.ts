import { Pool } from 'pg';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Store } from '../../ports/store.ts';
import type { StoreError } from '../../ports/store-error.ts';
import { postgresDatabase } from './postgres-database.ts';
import { postgresFault } from './postgres-fault.ts';
import { migratePostgres } from './postgres-migrate.ts';
import { beginSession, postgresSettings } from './postgres-settings.ts';
import { postgresWriter } from './postgres-writer.ts';
import { storeOver } from './store-over.ts';

/** Questions side by side; the writer has a connection of its own. */
const READERS = 4;

/** Opens the store in a PostgreSQL database, makes it when there is none, brings an older one up to date. */
export async function openPostgres(url: string): Promise<Result<Store, StoreError>> {
  try {
    const settings = postgresSettings(url);
    const pool = new Pool({ ...settings, max: READERS, onConnect: beginSession });
    // An idle connection that dies is replaced by the pool; without a listener it would end the program.
    pool.on('error', () => {});
    const ready = await migratePostgres(pool);
    if (!ready.ok) {
      await pool.end();
      return ready;
    }
    const writer = postgresWriter(settings);
    return ok(
      storeOver(postgresDatabase(pool, writer), {
        fault: () => writer.fault(),
        async close() {
          await writer.close();
          await pool.end();
        },
      }),
    );
  } catch (thrown) {
    return err(postgresFault(thrown));
  }
}
