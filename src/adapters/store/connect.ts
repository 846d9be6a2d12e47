import { DatabaseSync } from 'node:sqlite';

/** How long one process waits for another that writes. */
const BUSY_MS = 5000;

/**
 * A connection that writes. `synchronous=full`: a commit is on the disk when it returns; `normal` may
 * lose the last commits of a machine that loses power.
 */
export function connectWriter(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: BUSY_MS });
  db.exec('pragma synchronous = full; pragma foreign_keys = on');
  return db;
}

export function connectReader(path: string): DatabaseSync {
  return new DatabaseSync(path, { timeout: BUSY_MS, readOnly: true });
}
