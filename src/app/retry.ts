/** When something that failed may be tried again. */
export interface Retry {
  isDue(now: number): boolean;
  succeeded(): void;
  /** Waits 1 min, doubling, at most 30 min; longer when the venue asked for it. */
  failed(now: number, retryAfterMs?: number | null): void;
}

const FIRST_MS = 60_000;
const LONGEST_MS = 1_800_000;

export function createRetry(): Retry {
  let waitMs = FIRST_MS;
  let nextAt = 0;
  return {
    isDue: (now) => now >= nextAt,
    succeeded() {
      waitMs = FIRST_MS;
      nextAt = 0;
    },
    failed(now, retryAfterMs = null) {
      nextAt = now + Math.max(waitMs, retryAfterMs ?? 0);
      waitMs = Math.min(waitMs * 2, LONGEST_MS);
    },
  };
}
