import { Pool } from 'pg';
import { err, ok, type Result } from '../../domain/result.ts';
import type { StoreError } from '../../ports/store-error.ts';
import { auditTable } from './audit-table.ts';
import type { OpenAudit } from './open-audit.ts';
import { postgresDatabase } from './postgres-database.ts';
import { postgresFault } from './postgres-fault.ts';
import { formOf } from './postgres-migrate.ts';
import { beginSession, postgresSettings } from './postgres-settings.ts';

export async function openPostgresAudit(url: string): Promise<Result<OpenAudit, StoreError>> {
  const pool = new Pool({ ...postgresSettings(url), max: 1, onConnect: beginSession });
  pool.on('error', () => {});
  try {
    const client = await pool.connect();
    const form = await formOf(client);
    client.release();
    if (form !== 'current') {
      await pool.end();
      return err(form === 'older' ? { kind: 'not-a-store' } : form);
    }
    const db = postgresDatabase(pool, readOnly);
    return ok({ ...auditTable(db), close: () => pool.end() });
  } catch (thrown) {
    void pool.end();
    return err(postgresFault(thrown));
  }
}

const readOnly = {
  write: async () => err({ kind: 'closed' as const }),
  fault: () => null,
  close: async () => {},
};
