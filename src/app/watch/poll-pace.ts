import type { Band } from '../../risk/band.ts';

/** How an account is, as far as it matters to when it is read next. */
interface PollNeed {
  /** Null: nothing is known of it. */
  readonly band: Band | null;
  readonly isFlat: boolean;
  /** It has a stream that tells of changes at once. */
  readonly isStreamed: boolean;
}

interface PollRange {
  /** As in the desk file. */
  readonly everyMs: number;
  /** Figures may never grow this old by our own choice. */
  readonly staleAfterMs: number;
}

const FASTEST_MS = 2000;

/** Endangered accounts every few seconds, calm ones rarely, none so rarely that its figures grow old. */
export function pollPace(
  { band, isFlat, isStreamed }: PollNeed,
  { everyMs, staleAfterMs }: PollRange,
): number {
  const longest = Math.max(everyMs, staleAfterMs / 2);
  switch (band) {
    case 'emerg':
    case 'crit':
      return Math.min(everyMs, Math.max(FASTEST_MS, everyMs / 2));
    case 'warn':
    case null:
      return everyMs;
    case 'watch':
      return Math.min(longest, everyMs * (isStreamed ? 2 : 1));
    case 'ok':
      return Math.min(longest, everyMs * (isFlat || isStreamed ? 3 : 2));
  }
}
