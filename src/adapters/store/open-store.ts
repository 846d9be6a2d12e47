import type { Result } from '../../domain/result.ts';
import type { Store } from '../../ports/store.ts';
import type { StoreError } from '../../ports/store-error.ts';
import { isPostgresUrl } from './store-place.ts';

/**
 * Opens the store, makes it when there is none, and brings an older one up to date. `path` is a file, or
 * the address of a PostgreSQL database (postgres://…).
 */
export async function openStore({
  path,
}: {
  readonly path: string;
}): Promise<Result<Store, StoreError>> {
  // Each loads its own library: a desk on a file need not wait for PostgreSQL's.
  if (isPostgresUrl(path)) return (await import('./open-postgres.ts')).openPostgres(path);
  return (await import('./open-sqlite.ts')).openSqlite(path);
}
