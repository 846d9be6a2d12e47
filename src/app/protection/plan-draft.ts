import type { Consenter } from '../../actions/consent.ts';
import type { ProtectionPlan } from '../../actions/protection-plan.ts';
import type { StoreError } from '../../ports/store-error.ts';

/** A plan as somebody asks for it in a chat; who agreed comes with the agreement. */
export type PlanAsked = Omit<ProtectionPlan, 'id' | 'agreed'>;

export interface PlanDraft {
  readonly plan: ProtectionPlan;
  readonly asker: Consenter;
  readonly state: 'pending' | 'confirmed' | 'agreed' | 'cancelled';
  readonly expiresAt: number;
  readonly changedAt: number;
}

export interface PlanCard {
  readonly token: string;
  readonly draft: PlanDraft;
}

export type PlanRefusal =
  | {
      readonly kind:
        | 'not-permitted'
        | 'account-not-yours'
        | 'account-read-only'
        | 'not-funded'
        | 'unknown-token'
        | 'used'
        | 'expired'
        | 'not-yours'
        | 'self-approval'
        | 'not-confirmed'
        | 'unknown-plan'
        | 'written-in-file';
    }
  | { readonly kind: 'store'; readonly error: StoreError };
