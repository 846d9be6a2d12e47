import type { Clock } from '../../ports/clock.ts';

/** Time a writer gets, after its signal aborted, to say what it knows. */
const GRACE_MS = 500;

/** Asks a venue and always comes back: late and broken alike are what `late` says. */
export async function withDeadline<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  { clock, ms, late }: { readonly clock: Clock; readonly ms: number; late(): T },
): Promise<T> {
  const work = new AbortController();
  const settled = new AbortController();
  const deadline = clock.after(ms, settled.signal).then(async () => {
    work.abort();
    await clock.after(GRACE_MS, settled.signal);
    return late();
  });
  try {
    return await Promise.race([ask(work.signal).catch(late), deadline]);
  } finally {
    settled.abort();
  }
}
