import { resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { err, ok, type Result } from '../../domain/result.ts';
import type { StoreError } from '../../ports/store-error.ts';
import { sqliteFault } from './sqlite-fault.ts';
import { storeFile } from './store-file.ts';
import { isPostgresUrl } from './store-place.ts';

export interface ConsoleClaim {
  release(): Promise<void>;
}

export type Claimed = Promise<Result<ConsoleClaim, StoreError>>;

/**
 * Makes this process the one console of a store until it releases the claim or dies, however it dies;
 * `taken`: another one is. `onTaken` is called when the claim was lost and could not be won back, which
 * only a database's broken connection can bring about.
 */
export async function claimConsole(place: string, onTaken: () => void): Claimed {
  if (!isPostgresUrl(place)) return claimFile(resolve(place));
  return (await import('./postgres-claim.ts')).claimPostgres(place, onTaken);
}

/** A lock that the kernel holds and lets go: nothing is left behind by a kill. */
async function claimFile(path: string): Claimed {
  const lock = `${path}.lock`;
  const file = storeFile(lock);
  if (!file.ok) return file;
  let db: DatabaseSync | null = null;
  try {
    const held = new DatabaseSync(lock, { timeout: 0 });
    db = held;
    held.exec('begin exclusive');
    return ok({ release: async () => held.close() });
  } catch (thrown) {
    db?.close();
    const error = sqliteFault(thrown);
    return err(error.kind === 'busy' ? { kind: 'taken' } : error);
  }
}
