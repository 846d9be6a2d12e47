import { parentPort, workerData } from 'node:worker_threads';
import type { DrawAnswer, DrawRequest } from './chart-thread.ts';
import type { ChartCanvas } from './open-canvas.ts';
import { openCanvas } from './open-canvas.ts';

/** What to import as the canvas library; a test names one that is not there. */
const { library } = workerData as { readonly library: string };

const opened: ChartCanvas | Error = await import(library).then(openCanvas).catch(asError);

parentPort?.on('message', (request: DrawRequest) => parentPort?.postMessage(answer(request)));

function answer({ chart, look }: DrawRequest): DrawAnswer {
  if (opened instanceof Error) return { kind: 'unavailable', reason: opened.message };
  try {
    return { kind: 'png', png: opened.png(chart, look) };
  } catch (cause) {
    return { kind: 'failed', reason: asError(cause).message };
  }
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error('unknown');
}
