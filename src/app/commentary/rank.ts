import type { Plan } from '../../commentary/plan.ts';
import { readPlan } from '../../commentary/read-plan.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LanguageModel, ModelAnswer, ModelRequest } from '../../ports/language-model.ts';
import type { PlanCache } from '../../ports/plan-cache.ts';
import type { PlanFault } from './reading.ts';

/** A plan, not yet held against any report, and where it comes from. */
export interface Ranked {
  readonly plan: Result<Plan, PlanFault>;
  /** Null: there was no answer, or the plan comes from memory. */
  readonly answer: ModelAnswer | null;
  readonly isFromMemory: boolean;
  readonly tookMs: number;
}

export interface Ranking {
  /** What is in memory; null: nothing. */
  recall(request: ModelRequest): Plan | null;
  rank(request: ModelRequest): Promise<Ranked>;
}

export interface RankingDeps {
  readonly model: LanguageModel;
  readonly cache: PlanCache;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Has sheets ranked by a model: the same sheet is asked about once, whoever asks and in whichever language. */
export function createRanking({ model, cache, clock, signal }: RankingDeps): Ranking {
  const onWay = new Map<string, Promise<Ranked>>();
  const keyOf = ({ system, user }: ModelRequest) => `${model.name}\n${system}\n${user}`;
  const ask = async (request: ModelRequest): Promise<Ranked> => {
    const startedAt = clock.now();
    const answered = await model.ask(request, signal);
    const tookMs = clock.now() - startedAt;
    if (!answered.ok) return { plan: answered, answer: null, isFromMemory: false, tookMs };
    const read = readPlan(answered.value.text);
    if (read.ok) cache.put(keyOf(request), read.value);
    const plan = read.ok ? ok(read.value) : err<PlanFault>('no-plan');
    return { plan, answer: answered.value, isFromMemory: false, tookMs };
  };
  const recall = (request: ModelRequest) => cache.get(keyOf(request));
  return {
    recall,
    rank(request) {
      const known = recall(request);
      if (known !== null) {
        const found = { plan: ok(known), answer: null, isFromMemory: true, tookMs: 0 };
        return Promise.resolve(found);
      }
      const key = keyOf(request);
      const running = onWay.get(key) ?? ask(request).finally(() => onWay.delete(key));
      onWay.set(key, running);
      return running;
    },
  };
}
