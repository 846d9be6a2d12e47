import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import { err, ok } from '../../domain/result.ts';
import type { StoreAnswer } from '../../ports/store.ts';
import type { Database } from './database.ts';
import { isBroken, postgresFault } from './postgres-fault.ts';
import type { Writer } from './start-writer.ts';
import { batchWrites } from './statement.ts';
import type { Tables } from './tables.ts';

/** Reads over a pool, writes in order over one connection. */
export function postgresDatabase(pool: Pool, writer: Writer): Database {
  const query = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const readOnce = async <T>(work: (query: Kysely<Tables>) => Promise<T>): StoreAnswer<T> => {
    if (writer.fault()) return err({ kind: 'closed' });
    try {
      return ok(await work(query));
    } catch (thrown) {
      return err(writer.fault() ? { kind: 'closed' } : postgresFault(thrown));
    }
  };
  return {
    async read(work) {
      const first = await readOnce(work);
      // A pooled connection may have died while nobody looked; reading again changes nothing.
      return !first.ok && isBroken(first.error) ? readOnce(work) : first;
    },
    ...batchWrites(query, { write: writer.write, faultOf: postgresFault }),
  };
}
