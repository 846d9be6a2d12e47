import type { Clock } from '../ports/clock.ts';

/** Asks for the work of this key; null when it is not there in time, or came to nothing. */
export type SharedWork<T> = (key: string, begin: () => Promise<T | null>) => Promise<T | null>;

/**
 * Long work that several ask for at once is done once. Nobody waits longer than the patience, and the
 * work goes on without them: were it stopped whenever an asker leaves, a flood of askers would never see
 * it done. What it came to answers for a time; what came to nothing is begun anew by the next.
 */
export function createSharedWork<T>(deps: {
  readonly clock: Clock;
  readonly freshMs: number;
  readonly patienceMs: number;
}): SharedWork<T> {
  const { clock, freshMs, patienceMs } = deps;
  const known = new Map<string, { readonly at: number; readonly result: Promise<T | null> }>();

  const start = (key: string, begin: () => Promise<T | null>): Promise<T | null> => {
    const entry = { at: clock.now(), result: begin() };
    known.set(key, entry);
    void entry.result.then((result) => {
      if (result === null && known.get(key) === entry) known.delete(key);
    });
    return entry.result;
  };

  return async (key, begin) => {
    for (const [old, { at }] of known) if (clock.now() - at >= freshMs) known.delete(old);
    const result = known.get(key)?.result ?? start(key, begin);
    const done = new AbortController();
    const late = clock.after(patienceMs, done.signal).then(() => null);
    const found = await Promise.race([result, late]);
    done.abort();
    return found;
  };
}
