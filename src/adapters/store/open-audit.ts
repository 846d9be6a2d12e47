import { resolve } from 'node:path';
import { err, ok, type Result } from '../../domain/result.ts';
import type { ActionStore } from '../../ports/action-store.ts';
import type { StoreError } from '../../ports/store-error.ts';
import { auditTable } from './audit-table.ts';
import { connectReader } from './connect.ts';
import { formOf } from './migrate.ts';
import { sqliteDatabase } from './sqlite-database.ts';
import { sqliteFault } from './sqlite-fault.ts';
import { isPostgresUrl } from './store-place.ts';

export interface OpenAudit extends Pick<ActionStore, 'auditAfter' | 'auditHead'> {
  close(): Promise<void>;
}

/** The audit of a store, or of a copy, for reading only: nothing is written, made or migrated. */
export async function openAudit(place: string): Promise<Result<OpenAudit, StoreError>> {
  if (isPostgresUrl(place)) return (await import('./postgres-audit.ts')).openPostgresAudit(place);
  try {
    const reader = connectReader(resolve(place));
    const form = formOf(reader);
    if (form !== 'current') {
      reader.close();
      // An older one has no audit yet, or this program would have made it newer.
      return err(form === 'older' ? { kind: 'not-a-store' } : form);
    }
    const db = sqliteDatabase(reader, readOnly);
    return ok({ ...auditTable(db), close: async () => reader.close() });
  } catch (thrown) {
    return err(sqliteFault(thrown));
  }
}

const readOnly = {
  write: async () => err({ kind: 'closed' as const }),
  fault: () => null,
  close: async () => {},
};
