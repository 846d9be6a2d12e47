import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Store } from '../../ports/store.ts';
import type { StoreError } from '../../ports/store-error.ts';
import { connectReader, connectWriter } from './connect.ts';
import { migrate } from './migrate.ts';
import { sqliteDatabase } from './sqlite-database.ts';
import { sqliteFault } from './sqlite-fault.ts';
import { startWriter, type WriterData } from './start-writer.ts';
import { storeFile } from './store-file.ts';
import { storeOver } from './store-over.ts';

/** Opens the store in a file, makes it when there is none, and brings an older one up to date. */
export async function openSqlite(file: string): Promise<Result<Store, StoreError>> {
  const path = resolve(file);
  const ours = storeFile(path);
  if (!ours.ok) return ours;
  try {
    const ready = await prepare(path);
    if (!ready.ok) return ready;
    const reader = connectReader(path);
    const workerData: WriterData = { path };
    const worker = new Worker(new URL('./writer.ts', import.meta.url), { workerData });
    const writer = startWriter(worker);
    return ok(
      storeOver(sqliteDatabase(reader, writer), {
        fault: () => writer.fault(),
        close() {
          // The reader first: the last to leave moves the log into the file, and only a writer can.
          reader.close();
          return writer.close();
        },
      }),
    );
  } catch (thrown) {
    return err(sqliteFault(thrown));
  }
}

async function prepare(path: string): Promise<Result<null, StoreError>> {
  const db = connectWriter(path);
  try {
    return await migrate(db);
  } finally {
    db.close();
  }
}
