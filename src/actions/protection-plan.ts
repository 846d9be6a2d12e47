import type { AccountId, Ratio, Usd } from '../domain/units.ts';

/**
 * What sets a plan off. `health-below`: of the position, or of the account. `probability-above`: of
 * liquidation within a day. `profit-above`: share of the entry price that the mark is better.
 */
export interface PlanTrigger {
  readonly kind: 'health-below' | 'probability-above' | 'profit-above';
  readonly value: Ratio;
}

/**
 * What it does then. `add-margin`: up to so many dollars, into the position from its own account, or into
 * the account from another one. `reduce`: closes a share. `lock-profit`: a stop behind which this share
 * of the profit is kept.
 */
export type PlanAct =
  | { readonly kind: 'add-margin'; readonly upTo: Usd; readonly from: AccountId | null }
  | { readonly kind: 'reduce'; readonly share: Ratio }
  | { readonly kind: 'lock-profit'; readonly share: Ratio };

/** An act that people have agreed to beforehand, within limits, for a time. */
export interface ProtectionPlan {
  /** As in the desk file; its acts are on record as `plan:ID`. */
  readonly id: string;
  readonly account: AccountId;
  /** A position's handle; null: the account as a whole. */
  readonly position: string | null;
  readonly when: PlanTrigger;
  readonly act: PlanAct;
  /** In US dollars: collateral, or notional that is closed. */
  readonly caps: { readonly perAct: Usd; readonly perDay: Usd };
  readonly cooldownMs: number;
  /** Epoch ms; from then on it does nothing. */
  readonly until: number;
  /** It only tells what it would do. */
  readonly isDryRun: boolean;
  /** Who agreed to it in a chat; null: whoever wrote the desk file. */
  readonly agreed: { readonly proposedBy: string; readonly approvedBy: string } | null;
}
