import { ok } from '../../domain/result.ts';
import { asAccountId } from '../../domain/units.ts';
import type { ReadingStore } from '../../ports/reading-store.ts';
import type { Database } from './database.ts';

export function readingTable(db: Database): ReadingStore {
  return {
    async put(readings) {
      // A statement each: there are few, and the bodies are large.
      const written = await db.write((query) =>
        readings.map(({ account, readAt, version, body }) =>
          query
            .insertInto('account_reading')
            .values({ account, read_at: readAt, version, body })
            .onConflict((conflict) =>
              conflict
                .column('account')
                .doUpdateSet((row) => ({
                  read_at: row.ref('excluded.read_at'),
                  version: row.ref('excluded.version'),
                  body: row.ref('excluded.body'),
                }))
                .whereRef('excluded.read_at', '>=', 'account_reading.read_at'),
            ),
        ),
      );
      return written.ok ? ok(null) : written;
    },

    read() {
      return db.read(async (query) => {
        const rows = await query
          .selectFrom('account_reading')
          .selectAll()
          .orderBy('account')
          .execute();
        return rows.map(({ account, read_at, version, body }) => ({
          account: asAccountId(account),
          readAt: read_at,
          version,
          body,
        }));
      });
    },
  };
}
