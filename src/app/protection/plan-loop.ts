import { faultTrace } from '../../domain/fault-trace.ts';
import type { Snapshot } from '../../portfolio/snapshot.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { JudgedDesk } from '../../risk/probability/judge-desk.ts';
import type { PlansRunning } from './run-plans.ts';

export interface PlanLoopDeps {
  readonly plans: PlansRunning;
  readonly lastKnown: () => Snapshot;
  readonly judge: (snapshot: Snapshot) => Promise<JudgedDesk>;
  /** Nobody judges a desk for plans it does not have. */
  readonly hasPlans: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly everyMs: number;
  readonly signal: AbortSignal;
}

/** Lets the plans look at the desk, again and again, until `signal` aborts. */
export function startPlanLoop(deps: PlanLoopDeps): { lastAt(): number | null } {
  const { plans, clock, log, signal } = deps;
  let lastAt: number | null = null;
  void (async () => {
    while (!signal.aborted) {
      try {
        if (deps.hasPlans()) {
          const snapshot = deps.lastKnown();
          await plans.look(await deps.judge(snapshot), snapshot);
        }
        lastAt = clock.now();
      } catch (cause) {
        log.error('a look of the plans failed', { error: faultTrace(cause) });
      }
      await clock.after(deps.everyMs, signal);
    }
  })();
  return { lastAt: () => lastAt };
}
