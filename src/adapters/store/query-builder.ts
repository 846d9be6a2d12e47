import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely';

/** Kysely over node:sqlite. Closing the connection stays with whoever opened it. */
export function queryBuilder<Tables>(db: DatabaseSync): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: asKyselyExpects(db) }) });
}

/** Kysely's dialect was written for better-sqlite3: parameters in one list, and `reader`. */
function asKyselyExpects(db: DatabaseSync): SqliteDatabase {
  return {
    close() {},
    prepare(sql) {
      const statement: StatementSync = db.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
        run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
        iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
      };
    },
  };
}
