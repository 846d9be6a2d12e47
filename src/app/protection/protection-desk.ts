import type { Result } from '../../domain/result.ts';
import type { StoreError } from '../../ports/store-error.ts';
import type { Acting, ConsentTo } from '../actions/action-desk.ts';
import type { FlattenDesk } from './flatten-desk.ts';
import type { FlattenCard, FlattenRefusal } from './flatten-refusal.ts';
import type { PlanStatus, PlansRunning } from './run-plans.ts';
import type { LatchState, StopLatch } from './stop-latch.ts';

type Flattened = Promise<Result<FlattenCard, FlattenRefusal>>;

/** What protects the desk as a whole, for one person: the latch, and the close of everything. */
export interface ProtectionDesk {
  latch(): Promise<LatchState>;
  stop(): Promise<Result<LatchState, StoreError>>;
  resume(): Promise<Result<LatchState, StoreError>>;
  plans(): Promise<readonly PlanStatus[]>;
  flatten(scope: string): Flattened;
  /** The token names a flatten, not an action. */
  isFlatten(token: string): boolean;
  confirm(to: ConsentTo): Flattened;
  approve(to: ConsentTo): Flattened;
  cancel(token: string): Flattened;
  check(token: string): Flattened;
}

export function protectionDesk(
  by: Acting,
  {
    latch,
    flattens,
    plans,
  }: { readonly latch: StopLatch; readonly flattens: FlattenDesk; readonly plans: PlansRunning },
): ProtectionDesk {
  return {
    latch: () => latch.state(),
    stop: () => latch.stop(by),
    resume: () => latch.resume(by),
    plans: async () =>
      (await plans.status()).filter(({ plan }) => by.accounts?.includes(plan.account) ?? true),
    flatten: (scope) => flattens.propose(scope, by),
    isFlatten: flattens.isOurs,
    confirm: (to) => flattens.confirm(to, by),
    approve: (to) => flattens.approve(to, by),
    cancel: (token) => flattens.cancel(token, by),
    check: (token) => flattens.check(token, by),
  };
}
