import type { PlannedAct } from '../../actions/protection-step.ts';
import type { ActionCard } from '../actions/action-desk.ts';
import type { ActionRefusal } from '../actions/action-refusal.ts';

/** What a plan did, or would have done; told wherever alerts go. */
export interface PlanEvent {
  readonly plan: string;
  readonly account: string;
  readonly at: number;
  readonly act: PlannedAct;
  readonly outcome:
    | { readonly kind: 'would' }
    | { readonly kind: 'acted'; readonly card: ActionCard }
    | { readonly kind: 'refused'; readonly refusal: ActionRefusal }
    /** Who agreed to it may not agree any more: it does nothing until it is agreed to anew. */
    | { readonly kind: 'consent-gone' };
}
