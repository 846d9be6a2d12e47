import { accessSync, closeSync, constants, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { err, ok, type Result } from '../../domain/result.ts';
import type { StoreError } from '../../ports/store-error.ts';

/**
 * Makes sure that there is a file we may write, before SQLite says only "unable to open". A new one is
 * its owner's alone: it tells what the desk holds. SQLite gives its companion files the same mode.
 *
 * One that is there is not opened: closing it would let go of the locks that this very process holds on
 * it (POSIX ties them to the process, not to the descriptor).
 */
export function storeFile(path: string): Result<null, StoreError> {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (!isThere(path)) create(path);
    return ok(null);
  } catch (thrown) {
    return err(fileFault(thrown));
  }
}

/** And ours to write; throws when it is not. */
function isThere(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return false;
  if (found.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
  accessSync(path, constants.W_OK);
  return true;
}

function create(path: string): void {
  try {
    closeSync(openSync(path, 'ax', 0o600));
  } catch (thrown) {
    // Another process has made it just now: as good.
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown;
  }
}

function fileFault(thrown: unknown): StoreError {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  switch (code) {
    case 'EISDIR':
      return { kind: 'unreachable', reason: 'directory' };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { kind: 'unreachable', reason: 'permission' };
    case 'ENOSPC':
    case 'EDQUOT':
      return { kind: 'full' };
    default:
      return { kind: 'unreachable', reason: 'path' };
  }
}
