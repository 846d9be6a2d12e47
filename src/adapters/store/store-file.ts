import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { err, ok, type Result } from '../../domain/result.ts';
import type { StoreError } from '../../ports/store-error.ts';

/**
 * Makes sure that there is a file we may write, before SQLite says only "unable to open". A new one is
 * its owner's alone: it tells what the desk holds. SQLite gives its companion files the same mode.
 */
export function storeFile(path: string): Result<null, StoreError> {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
    return ok(null);
  } catch (thrown) {
    return err(fileFault(thrown));
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
