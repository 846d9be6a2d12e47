import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { ChartLook, ChartRenderer } from '../../../ports/charts.ts';
import type { Chart } from '../../../replies/chart.ts';
import type { DrawAnswer } from './chart-thread.ts';
import { createChartThread } from './chart-thread.ts';
import { createPictureCache } from './picture-cache.ts';

export interface ChartRendererOptions {
  /** Told once, when pictures cannot be made here, and why. For operators. */
  readonly onUnavailable: (reason: string) => void;
  /** Told of each picture that failed although pictures can be made. For operators. */
  readonly onFailed: (reason: string) => void;
  /** Makes the drawing thread; a test makes one that has no library, or dies. */
  readonly spawn?: () => Worker;
}

/** A few desks' worth of answers in both languages; about 60 kB each. */
const MOST_PICTURES = 32;

/** The same data in the same look is drawn once, also when asked for again before it is ready. */
export function createChartRenderer({
  onUnavailable,
  onFailed,
  spawn = () => spawnChartWorker('@napi-rs/canvas'),
}: ChartRendererOptions): ChartRenderer {
  const thread = createChartThread(spawn);
  const cache = createPictureCache(MOST_PICTURES);
  const drawing = new Map<string, Promise<Uint8Array | null>>();
  let isUnavailable = false;

  function take(key: string, answer: DrawAnswer): Uint8Array | null {
    if (answer.kind === 'png') {
      cache.set(key, answer.png);
      return answer.png;
    }
    if (answer.kind === 'failed') onFailed(answer.reason);
    else if (!isUnavailable) {
      isUnavailable = true;
      onUnavailable(answer.reason);
    }
    return null;
  }

  return {
    render(chart, look) {
      if (isUnavailable) return Promise.resolve(null);
      const key = keyOf(chart, look);
      const known = cache.get(key);
      if (known !== undefined) return Promise.resolve(known);
      const ready =
        drawing.get(key) ??
        thread
          .draw({ chart, look })
          .then((answer) => take(key, answer))
          .finally(() => drawing.delete(key));
      drawing.set(key, ready);
      return ready;
    },
  };
}

/** `library` is what the thread imports to draw with. */
export function spawnChartWorker(library: string): Worker {
  return new Worker(new URL('./chart-worker.ts', import.meta.url), { workerData: { library } });
}

function keyOf(chart: Chart, look: ChartLook): string {
  return createHash('sha256')
    .update(JSON.stringify([chart, look]))
    .digest('base64');
}
