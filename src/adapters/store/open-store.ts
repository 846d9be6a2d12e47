import { resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Store } from '../../ports/store.ts';
import type { StoreError } from '../../ports/store-error.ts';
import { accountPointTable } from './account-point-table.ts';
import { actionTable } from './action-table.ts';
import { alertTable } from './alert-table.ts';
import { candleTable } from './candle-table.ts';
import { connectReader, connectWriter } from './connect.ts';
import { factTable } from './fact-table.ts';
import { forecastTable } from './forecast-table.ts';
import { fundingTable } from './funding-table.ts';
import { migrate } from './migrate.ts';
import { readingTable } from './reading-table.ts';
import { sqliteDatabase } from './sqlite-database.ts';
import { sqliteFault } from './sqlite-fault.ts';
import { startWriter, type Writer, type WriterData } from './start-writer.ts';
import { storeFile } from './store-file.ts';

/** Opens the store in a file, makes it when there is none, and brings an older one up to date. */
export async function openStore(where: {
  readonly path: string;
}): Promise<Result<Store, StoreError>> {
  const path = resolve(where.path);
  const file = storeFile(path);
  if (!file.ok) return file;
  try {
    const ready = await prepare(path);
    if (!ready.ok) return ready;
    const reader = connectReader(path);
    const workerData: WriterData = { path };
    const worker = new Worker(new URL('./writer.ts', import.meta.url), { workerData });
    return ok(storeOver(reader, startWriter(worker)));
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

function storeOver(reader: DatabaseSync, writer: Writer): Store {
  const db = sqliteDatabase(reader, writer);
  let closing: Promise<void> | null = null;
  return {
    candles: candleTable(db),
    funding: fundingTable(db),
    history: accountPointTable(db),
    forecasts: forecastTable(db),
    readings: readingTable(db),
    facts: factTable(db),
    actions: actionTable(db),
    alerts: alertTable(db),
    fault: () => writer.fault(),
    close() {
      if (closing === null) {
        // The reader first: the last to leave moves the log into the file, and only a writer can.
        reader.close();
        closing = writer.close();
      }
      return closing;
    },
  };
}
