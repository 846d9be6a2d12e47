import type { Compilable, Kysely } from 'kysely';
import type { StoreAnswer } from '../../ports/store.ts';
import type { Tables } from './tables.ts';

/** Statements that are done only when each of the guards touches exactly one row. */
interface Guarded {
  readonly guards: readonly Compilable[];
  readonly statements: readonly Compilable[];
}

/** The way from a repository to a database; what is behind it the repositories do not know. */
export interface Database {
  /** What `work` throws, or reads and cannot understand, becomes the error. */
  read<T>(work: (query: Kysely<Tables>) => Promise<T>): StoreAnswer<T>;
  /** All statements or none; answers how many rows each touched. */
  write(work: (query: Kysely<Tables>) => readonly Compilable[]): StoreAnswer<readonly number[]>;
  /** Null: all of it is written. A number: that guard did not hold, and nothing is. */
  attempt(work: (query: Kysely<Tables>) => Guarded): StoreAnswer<number | null>;
}
