import { type RawBuilder, sql } from 'kysely';

/** All that differs between the databases when tables are made. */
export interface TableForm {
  readonly text: 'text' | RawBuilder<string>;
  /** Instants and counts, 64 bits. */
  readonly whole: 'integer' | 'bigint';
  /** What a table's definition ends with. */
  readonly end: RawBuilder<unknown>;
}

/** Without `strict` SQLite stores text in a number column and says nothing. */
export const SQLITE_FORM: TableForm = { text: 'text', whole: 'integer', end: sql`strict` };

/** Always strict. Text is sorted by its bytes, as in SQLite, whatever language the server speaks. */
export const POSTGRES_FORM: TableForm = {
  text: sql`text collate "C"`,
  whole: 'bigint',
  end: sql``,
};
