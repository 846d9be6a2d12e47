import type { StoreError } from '../../ports/store-error.ts';

/** SQLite's primary result codes, the low byte of `errcode` (sqlite.org/rescode.html, read 2026-11-25). */
const BUSY = 5;
const LOCKED = 6;
const READ_ONLY = 8;
const IO = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

/** What an exception out of node:sqlite means. Its text stays here: it may quote what was written. */
export function sqliteFault(thrown: unknown): StoreError {
  const code = codeOf(thrown);
  if (code === null) {
    // A row of ours that does not read back is damage; anything else is a bug.
    const isDamage = thrown instanceof RangeError || thrown instanceof SyntaxError;
    return isDamage ? { kind: 'corrupt' } : { kind: 'refused', code: null };
  }
  switch (code & 0xff) {
    case BUSY:
    case LOCKED:
      return { kind: 'busy' };
    case READ_ONLY:
      return { kind: 'unreachable', reason: 'permission' };
    case IO:
      return { kind: 'disk', code };
    case CORRUPT:
      return { kind: 'corrupt' };
    case FULL:
      return { kind: 'full' };
    case CANNOT_OPEN:
      return { kind: 'unreachable', reason: 'path' };
    case NOT_A_DATABASE:
      return { kind: 'not-a-store' };
    default:
      return { kind: 'refused', code };
  }
}

function codeOf(thrown: unknown): number | null {
  if (!(thrown instanceof Error) || !('errcode' in thrown)) return null;
  return typeof thrown.errcode === 'number' ? thrown.errcode : null;
}
