import type { DatabaseSync } from 'node:sqlite';
import { err, ok } from '../../domain/result.ts';
import type { Database } from './database.ts';
import { queryBuilder } from './query-builder.ts';
import { sqliteFault } from './sqlite-fault.ts';
import type { Writer } from './start-writer.ts';
import { batchWrites } from './statement.ts';
import type { Tables } from './tables.ts';

/**
 * Reads on this thread, over a connection of their own that cannot write: in WAL mode they wait neither
 * for the disk nor for the writer, and spare the copy between threads. A thousand rows take a few
 * milliseconds; what reads many thousands belongs in portions or in a worker. Reads go on when the writer
 * has died.
 */
export function sqliteDatabase(reader: DatabaseSync, writer: Writer): Database {
  const query = queryBuilder<Tables>(reader);
  return {
    async read(work) {
      if (!reader.isOpen) return err({ kind: 'closed' });
      try {
        return ok(await work(query));
      } catch (thrown) {
        return err(reader.isOpen ? sqliteFault(thrown) : { kind: 'closed' });
      }
    },
    ...batchWrites(query, { write: writer.write, faultOf: sqliteFault }),
  };
}
