import type { Worker } from 'node:worker_threads';
import type { ChartLook } from '../../../ports/charts.ts';
import type { Chart } from '../../../replies/chart.ts';

export interface DrawRequest {
  readonly chart: Chart;
  readonly look: ChartLook;
}

/** `unavailable`: no picture can ever be made here. `failed`: not this one. */
export type DrawAnswer =
  | { readonly kind: 'png'; readonly png: Uint8Array }
  | { readonly kind: 'unavailable' | 'failed'; readonly reason: string };

/** One drawing at a time, in the order asked. */
export interface ChartThread {
  draw(request: DrawRequest): Promise<DrawAnswer>;
}

/** More than this waiting means that nobody will wait for the last of it. */
const LONGEST_QUEUE = 24;

interface Job {
  readonly request: DrawRequest;
  readonly settle: (answer: DrawAnswer) => void;
}

/**
 * A thread that starts with the first drawing: loading the library, unpacking the font and encoding
 * take tens of milliseconds each, which the main loop does not have. It keeps the process alive only
 * while it draws; after a crash the next drawing starts another.
 */
export function createChartThread(spawn: () => Worker): ChartThread {
  const waiting: Job[] = [];
  let worker: Worker | null = null;
  let current: Job | null = null;

  function pump(): void {
    if (current !== null) return;
    const job = waiting.shift();
    if (job === undefined) {
      worker?.unref();
      return;
    }
    current = job;
    try {
      worker ??= start();
      worker.ref();
      worker.postMessage(job.request);
    } catch {
      finish({ kind: 'failed', reason: 'no thread to draw in' });
    }
  }

  function start(): Worker {
    const started = spawn();
    const lose = (reason: string) => {
      if (worker !== started) return;
      worker = null;
      finish({ kind: 'failed', reason });
    };
    started.on('message', finish);
    started.on('error', () => lose('the drawing thread crashed'));
    started.on('exit', () => lose('the drawing thread ended'));
    return started;
  }

  function finish(answer: DrawAnswer): void {
    const job = current;
    current = null;
    job?.settle(answer);
    pump();
  }

  return {
    draw: (request) => {
      if (waiting.length >= LONGEST_QUEUE) {
        return Promise.resolve({ kind: 'failed', reason: 'too many pictures at once' });
      }
      return new Promise((settle) => {
        waiting.push({ request, settle });
        pump();
      });
    },
  };
}
