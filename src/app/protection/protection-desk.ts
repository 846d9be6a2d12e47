import type { Result } from '../../domain/result.ts';
import type { StoreError } from '../../ports/store-error.ts';
import type { Acting, ConsentTo } from '../actions/action-desk.ts';
import type { FlattenDesk } from './flatten-desk.ts';
import type { FlattenCard, FlattenRefusal } from './flatten-refusal.ts';
import type { PlanAsked } from './plan-draft.ts';
import type { PlanShelf } from './plan-shelf.ts';
import type { PlanStatus, PlansRunning } from './run-plans.ts';
import type { LatchState, StopLatch } from './stop-latch.ts';

type Flattened = Promise<Result<FlattenCard, FlattenRefusal>>;

type Planned = ReturnType<PlanShelf['check']>;

/** Plans that are agreed to in a chat. */
interface PlanCounter {
  /** The token names a plan that was proposed. */
  isOurs(token: string): boolean;
  propose(asked: PlanAsked): Planned;
  confirm(token: string): Planned;
  approve(token: string): Planned;
  cancel(token: string): Planned;
  check(token: string): Planned;
  end(id: string): ReturnType<PlanShelf['end']>;
}

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
  cancel(to: Pick<ConsentTo, 'token'>): Flattened;
  check(to: Pick<ConsentTo, 'token'>): Flattened;
  readonly plan: PlanCounter;
}

export function protectionDesk(
  by: Acting,
  {
    latch,
    flattens,
    plans,
    shelf,
  }: {
    readonly latch: StopLatch;
    readonly flattens: FlattenDesk;
    readonly plans: PlansRunning;
    readonly shelf: PlanShelf;
  },
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
    cancel: ({ token }) => flattens.cancel(token, by),
    check: ({ token }) => flattens.check(token, by),
    plan: {
      isOurs: shelf.isOurs,
      propose: (asked) => shelf.propose(asked, by),
      confirm: (token) => shelf.confirm(token, by),
      approve: (token) => shelf.approve(token, by),
      cancel: (token) => shelf.cancel(token, by),
      check: (token) => shelf.check(token, by),
      end: (id) => shelf.end(id, by),
    },
  };
}
