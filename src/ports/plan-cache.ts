import type { Plan } from '../commentary/plan.ts';

/** Plans by what they were asked for. Never a figure: those are written anew each time. */
export interface PlanCache {
  get(key: string): Plan | null;
  /** May forget: nobody counts on it. */
  put(key: string, plan: Plan): void;
}
