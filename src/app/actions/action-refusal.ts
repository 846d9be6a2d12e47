import type { ActionState } from '../../actions/action-state.ts';
import type { ConsentRefusal } from '../../actions/consent.ts';
import type { PositionRefusal } from '../../actions/preview-position.ts';
import type { TransferRefusal } from '../../actions/preview-transfer.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { VenueError } from '../../domain/venue-error.ts';
import type { StoreError } from '../../ports/store-error.ts';

/** What an account can be asked for. */
type ActKind = 'add-margin' | 'remove-margin' | 'set-stops' | 'reduce' | 'transfer';

/** Why nothing was done, from a closed list; the words are the commands'. */
export type ActionRefusal =
  | { readonly kind: 'unknown-handle'; readonly handle: string; readonly known: readonly string[] }
  | { readonly kind: 'ambiguous'; readonly handle: string; readonly known: readonly string[] }
  | {
      readonly kind: 'unknown-account';
      readonly account: string;
      readonly known: readonly string[];
    }
  /** The venue, or its credentials, do not have it. */
  | {
      readonly kind: 'not-offered';
      readonly what: ActKind | 'ladder' | 'trailing';
      readonly account: string;
      readonly venue: string;
    }
  | { readonly kind: 'no-way'; readonly from: string; readonly to: string }
  /** `funders`: accounts that may send collateral there instead. */
  | {
      readonly kind: 'cross-margin';
      readonly handle: string;
      readonly account: string;
      readonly settle: string;
      readonly funders: readonly string[];
    }
  | { readonly kind: 'amount'; readonly reason: PositionRefusal | TransferRefusal }
  | { readonly kind: 'consent'; readonly reason: ConsentRefusal }
  /** Without fresh figures nothing is previewed. */
  | { readonly kind: 'not-read'; readonly account: string; readonly error: VenueError | null }
  /** Two looks at it differ. */
  | { readonly kind: 'changing'; readonly handle: string }
  | { readonly kind: 'unknown-token' }
  /** It has been used: `state` is where the action is. */
  | { readonly kind: 'used'; readonly state: ActionState }
  | { readonly kind: 'waits-for-approver' }
  /** Another act on the same thing is under way, or nobody knows yet what became of it. */
  | { readonly kind: 'busy' }
  /** A large act: the amount has to be typed. `typed` null: it was not. */
  | { readonly kind: 'type-amount'; readonly amount: Decimal; readonly typed: string | null }
  | { readonly kind: 'store'; readonly error: StoreError };
