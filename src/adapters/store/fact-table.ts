import { ok } from '../../domain/result.ts';
import type { FactStore } from '../../ports/fact-store.ts';
import type { Database } from './database.ts';

export function factTable(db: Database): FactStore {
  const get = (name: string) =>
    db.read(async (query) => {
      const row = await query
        .selectFrom('fact')
        .select('value')
        .where('name', '=', name)
        .executeTakeFirst();
      return row?.value ?? null;
    });

  return {
    get,

    async put(name, value) {
      const written = await db.write((query) => [
        query
          .insertInto('fact')
          .values({ name, value })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ value })),
      ]);
      return written.ok ? ok(null) : written;
    },

    async settle(name, value) {
      const written = await db.write((query) => [
        query
          .insertInto('fact')
          .values({ name, value })
          .onConflict((conflict) => conflict.column('name').doNothing()),
      ]);
      if (!written.ok) return written;
      const standing = await get(name);
      return standing.ok ? ok(standing.value ?? value) : standing;
    },
  };
}
