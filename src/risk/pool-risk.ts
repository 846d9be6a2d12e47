import type { AccountId } from '../domain/units.ts';
import type { MarginFigures } from './account-risk.ts';

/** The desk as one pool: what is known, summed; a figure is null only when no account knows it. */
export interface PoolRisk extends MarginFigures {
  /** Accounts whose equity, initial or maintenance margin is not (wholly) in the sums. */
  readonly missing: readonly AccountId[];
}
