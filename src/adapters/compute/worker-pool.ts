import { Worker } from 'node:worker_threads';
import type { Result } from '../../domain/result.ts';
import { err } from '../../domain/result.ts';
import type { Compute, ComputeError } from '../../ports/compute.ts';
import type {
  SimulationError,
  SimulationRequest,
  SimulationResult,
} from '../../risk/probability/simulation.ts';

export interface WorkerPoolOptions {
  /** Threads at work at once; one leaves the second core to the main loop. */
  readonly threads: 1 | 2;
  /** Makes the thread; a test makes one that dies. */
  readonly spawn?: () => Worker;
}

/** More than this waiting means that nobody will wait for the last of it. */
const LONGEST_QUEUE = 32;

type Answer = Result<SimulationResult, ComputeError>;

interface Job {
  readonly request: SimulationRequest;
  /** Once; later calls are nothing. */
  readonly settle: (answer: Answer) => void;
}

interface Thread {
  readonly worker: Worker;
  job: Job | null;
}

/** The threads start with the first work and do not keep the process alive. */
export function createWorkerPool({
  threads: most,
  spawn = spawnWorker,
}: WorkerPoolOptions): Compute {
  const threads = new Set<Thread>();
  const waiting: Job[] = [];
  let isClosed = false;

  function pump(): void {
    const job = waiting[0];
    if (job === undefined) return;
    const idle = [...threads].find((thread) => thread.job === null);
    if (idle === undefined && threads.size >= most) return;
    waiting.shift();
    try {
      const thread = idle ?? start();
      thread.job = job;
      thread.worker.postMessage(job.request);
    } catch {
      // No thread to be had, or a request that cannot be copied: an answer all the same.
      job.settle(err({ kind: 'crashed' }));
    }
    pump();
  }

  function start(): Thread {
    const worker = spawn();
    const thread: Thread = { worker, job: null };
    threads.add(thread);
    worker.unref();
    worker.on('message', (answer: Result<SimulationResult, SimulationError>) => {
      const { job } = thread;
      thread.job = null;
      job?.settle(answer.ok ? answer : err({ kind: 'refused', reason: answer.error }));
      pump();
    });
    // An uncaught error comes first and its exit after it; either way the thread is gone.
    worker.on('error', () => drop(thread, { kind: 'crashed' }));
    worker.on('exit', () => drop(thread, { kind: 'crashed' }));
    return thread;
  }

  /** A thread in mid-work cannot be told to stop, only be ended; the next job starts another. */
  function drop(thread: Thread, why: ComputeError): Promise<unknown> {
    threads.delete(thread);
    const { job } = thread;
    thread.job = null;
    job?.settle(err(why));
    const ended = thread.worker.terminate();
    if (!isClosed) pump();
    return ended;
  }

  function abort(job: Job): void {
    const at = waiting.indexOf(job);
    if (at >= 0) waiting.splice(at, 1);
    const thread = [...threads].find((each) => each.job === job);
    if (thread !== undefined) void drop(thread, { kind: 'aborted' });
    job.settle(err({ kind: 'aborted' }));
  }

  return {
    simulate(request, signal) {
      if (isClosed) return Promise.resolve(err({ kind: 'closed' }));
      if (signal?.aborted) return Promise.resolve(err({ kind: 'aborted' }));
      if (waiting.length >= LONGEST_QUEUE) return Promise.resolve(err({ kind: 'busy' }));
      return new Promise<Answer>((resolve) => {
        const job: Job = {
          request,
          settle(answer) {
            signal?.removeEventListener('abort', onAbort);
            resolve(answer);
          },
        };
        const onAbort = () => abort(job);
        signal?.addEventListener('abort', onAbort, { once: true });
        waiting.push(job);
        pump();
      });
    },
    async close() {
      isClosed = true;
      for (const job of waiting.splice(0)) job.settle(err({ kind: 'closed' }));
      await Promise.all([...threads].map((thread) => drop(thread, { kind: 'closed' })));
    },
  };
}

function spawnWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url));
}
