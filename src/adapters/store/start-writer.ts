import type { Worker } from 'node:worker_threads';
import { err } from '../../domain/result.ts';
import type { StoreError } from '../../ports/store-error.ts';
import type { Batch, BatchAnswer } from './statement.ts';

export interface WriterData {
  readonly path: string;
}

export type ToWriter =
  | { readonly kind: 'write'; readonly id: number; readonly batch: Batch }
  | { readonly kind: 'close' };

export interface FromWriter {
  readonly kind: 'written';
  readonly ids: readonly number[];
  readonly answers: readonly BatchAnswer[];
}

export interface Writer {
  /** Never rejects. Answered when it is on the disk, in the order of asking. */
  write(batch: Batch): Promise<BatchAnswer>;
  fault(): StoreError | null;
  close(): Promise<void>;
}

/** Beyond this the disk hangs, and collecting more would only fill the memory. */
const WAITING_MAX = 10_000;

/**
 * Speaks for the worker that runs writer.ts. When that dies, what was under way is answered `crashed`
 * (it may be on the disk or not) and so is all that comes later: a writer that died once has a bug or no
 * memory, and a restart of the program is cleaner than a second life beside its debris.
 */
export function startWriter(worker: Worker): Writer {
  const waiting = new Map<number, (answer: BatchAnswer) => void>();
  let lastId = 0;
  let fault: StoreError | null = null;
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  void ended.then(() => {
    fault ??= { kind: 'crashed' };
    for (const answer of waiting.values()) answer(err({ kind: 'crashed' }));
    waiting.clear();
  });
  // Without a listener the fault would end the program; `exit` follows and says what is needed.
  worker.on('error', () => {});
  worker.on('message', ({ ids, answers }: FromWriter) => {
    ids.forEach((id, index) => {
      waiting.get(id)?.(answers[index] ?? err({ kind: 'crashed' }));
      waiting.delete(id);
    });
    // A program with nothing left to write may end, but not before a close that somebody waits for.
    if (waiting.size === 0 && fault === null) worker.unref();
  });
  worker.unref();

  return {
    write(batch) {
      if (fault) return Promise.resolve(err(fault));
      if (waiting.size >= WAITING_MAX) return Promise.resolve(err({ kind: 'busy' }));
      lastId += 1;
      const id = lastId;
      worker.ref();
      worker.postMessage({ kind: 'write', id, batch } satisfies ToWriter);
      return new Promise((resolve) => waiting.set(id, resolve));
    },
    fault: () => fault,
    close() {
      if (fault === null) {
        fault = { kind: 'closed' };
        worker.ref();
        worker.postMessage({ kind: 'close' } satisfies ToWriter);
      }
      return ended;
    },
  };
}
