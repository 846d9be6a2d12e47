import type { ModelPriority } from '../../../ports/language-model.ts';

const AT_ONCE = 2;
const MOST_WAITING = 20;
const RANK: Readonly<Record<ModelPriority, number>> = {
  report: 0,
  reply: 1,
  warning: 2,
  critical: 3,
};

/** Lets work in, or says false when it was shed; whoever was let in leaves once. */
export interface ModelQueue {
  enter(priority: ModelPriority, signal: AbortSignal): Promise<boolean>;
  leave(): void;
}

interface Waiting {
  readonly rank: number;
  decide(isLetIn: boolean): void;
}

/** Two at a time, twenty waiting; when more come, the oldest of the least urgent goes. */
export function createModelQueue(): ModelQueue {
  let running = 0;
  let waiting: Waiting[] = [];
  const remove = (one: Waiting, isLetIn: boolean) => {
    waiting = waiting.filter((each) => each !== one);
    one.decide(isLetIn);
  };
  return {
    enter(priority, signal) {
      if (running < AT_ONCE) {
        running += 1;
        return Promise.resolve(true);
      }
      return new Promise((resolve) => {
        const one: Waiting = { rank: RANK[priority], decide: resolve };
        waiting.push(one);
        signal.addEventListener('abort', () => remove(one, false), { once: true });
        if (waiting.length > MOST_WAITING) remove(oldestOf(waiting, Math.min), false);
      });
    },
    leave() {
      if (waiting.length > 0) remove(oldestOf(waiting, Math.max), true);
      else running -= 1;
    },
  };
}

function oldestOf(waiting: readonly Waiting[], pick: (...ranks: number[]) => number): Waiting {
  const rank = pick(...waiting.map((each) => each.rank));
  return waiting.find((each) => each.rank === rank) as Waiting;
}
