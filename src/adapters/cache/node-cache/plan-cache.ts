import NodeCache from 'node-cache';
import type { PlanCache } from '../../../ports/plan-cache.ts';

const KEPT_S = 300;
const MOST = 500;

/** Plans for five minutes, in memory. */
export function createPlanCache({ most = MOST }: { readonly most?: number } = {}): PlanCache {
  // Plans are never changed, so none is copied; its timer must not keep the process alive.
  const cache = new NodeCache({ stdTTL: KEPT_S, maxKeys: most, useClones: false, checkperiod: 0 });
  return {
    get: (key) => cache.get<ReturnType<PlanCache['get']>>(key) ?? null,
    put: (key, plan) => {
      // It throws when it is full. What is over goes first; then one that is not kept is only asked again.
      if (cache.keys().length >= most) for (const each of cache.keys()) cache.get(each);
      if (cache.keys().length < most || cache.has(key)) cache.set(key, plan);
    },
  };
}
