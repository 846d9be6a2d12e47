import { appendFile, rename, stat } from 'node:fs/promises';
import type { CommentaryRecord } from '../../ports/commentary-record.ts';
import type { Log } from '../../ports/log.ts';

const MOST_BYTES = 5 * 2 ** 20;

/** One JSON line per attempt in a file of its own; when it is full the one before it is replaced. */
export function createAttemptFile(path: string, log: Log): CommentaryRecord {
  let writing = Promise.resolve();
  const write = async (line: string) => {
    const size = await stat(path).then(
      (found) => found.size,
      () => 0,
    );
    if (size > MOST_BYTES) await rename(path, `${path}.1`);
    await appendFile(path, line, { mode: 0o600 });
  };
  return {
    attempted: (attempt) => {
      const line = `${JSON.stringify(attempt)}\n`;
      writing = writing
        .then(() => write(line))
        .catch((fault: NodeJS.ErrnoException) => {
          log.warn('commentary record not written', { code: fault.code ?? null });
        });
    },
  };
}
