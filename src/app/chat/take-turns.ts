import type { Clock } from '../../ports/clock.ts';

export interface Turns {
  /** Something short that everybody else stands back for. */
  first(work: () => Promise<void>): Promise<void>;
  /** Something long: few at once, first come first served. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

/** What hangs must not hold up the others for longer. */
const STAND_BACK_MS = 500;

/**
 * Keeps a flood answerable. Making an answer holds the loop for some hundredths of a second, so answers
 * begin one by one, with a moment for the loop before each and never while somebody is acknowledged.
 */
export function createTurns(atOnce: number, clock: Clock): Turns {
  const firsts = new Set<Promise<void>>();
  const waiting: (() => void)[] = [];
  let running = 0;
  let begun: Promise<void> = Promise.resolve();
  const leave = () => {
    const next = waiting.shift();
    // The place goes from hand to hand: nobody can slip in between.
    if (next) next();
    else running -= 1;
  };
  const standBack = async () => {
    await clock.after(0);
    const over = new AbortController();
    const patience = clock.after(STAND_BACK_MS, over.signal);
    await Promise.race([Promise.allSettled(firsts), patience]);
    over.abort();
  };
  return {
    first: async (work) => {
      const done = work();
      firsts.add(done);
      try {
        await done;
      } finally {
        firsts.delete(done);
      }
    },
    inTurn: async (work) => {
      if (running >= atOnce) await new Promise<void>((go) => waiting.push(go));
      else running += 1;
      try {
        begun = begun.then(standBack);
        await begun;
        return await work();
      } finally {
        leave();
      }
    },
  };
}
