import type { Clock } from '../../../ports/clock.ts';

export type TierCache = <T>(key: string, load: () => Promise<T>) => Promise<T | null>;

const FRESH_MS = 86_400_000;
/** Positions do not wait longer than this for their brackets: an estimate is no reason to be late. */
const PATIENCE_MS = 2_000;

/**
 * Brackets change rarely and cost calls: a day by key. A failed load answers null, or the older figure,
 * and is tried again at the next question; a slow one does too, and goes on. Who names the key knows
 * the type behind it.
 */
export function createTierCache(clock: Clock): TierCache {
  const known = new Map<string, { readonly value: unknown; readonly at: number }>();
  const loading = new Map<string, Promise<unknown>>();
  return async <T>(key: string, load: () => Promise<T>) => {
    const entry = known.get(key);
    if (entry && clock.now() - entry.at < FRESH_MS) return entry.value as T;
    let pending = loading.get(key);
    if (pending === undefined) {
      pending = load()
        .then((value) => known.set(key, { value, at: clock.now() }))
        .catch(() => undefined)
        .finally(() => loading.delete(key));
      loading.set(key, pending);
    }
    const leaving = new AbortController();
    await Promise.race([pending, clock.after(PATIENCE_MS, leaving.signal)]);
    leaving.abort();
    return (known.get(key)?.value as T | undefined) ?? null;
  };
}
