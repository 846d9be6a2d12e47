import type { Clock } from '../../ports/clock.ts';
import type { FactStore } from '../../ports/fact-store.ts';
import type { VitalSigns } from './vital-signs.ts';

const EVERY_MS = 10_000;
/** A lock held for longer is a store that does not take writes. */
const LIMIT_MS = 5000;

/** Writes a small fact now and then: that it can be written is what counts. */
export function watchStore(
  facts: Pick<FactStore, 'put'>,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): () => VitalSigns['store'] {
  let okAt: number | null = null;
  let isFailing = false;
  const run = async () => {
    while (!signal.aborted) {
      const over = new AbortController();
      const write = facts.put('watch.beat', String(clock.now())).then(({ ok }) => ok);
      isFailing = !(await Promise.race([
        write,
        clock.after(LIMIT_MS, over.signal).then(() => false),
      ]));
      over.abort();
      if (!isFailing) okAt = clock.now();
      await clock.after(EVERY_MS, signal);
    }
  };
  void run();
  return () => ({ okAt, isFailing });
}
