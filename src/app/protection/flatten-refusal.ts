import type { StoreError } from '../../ports/store-error.ts';
import type { FlattenRecord, FlattenState } from './flatten-record.ts';

/** A flatten as it is now. */
export interface FlattenCard {
  /** Only who holds it has been told: the store does not know it. */
  readonly token: string;
  readonly record: FlattenRecord;
}

/** Why a flatten goes no further; the words are the commands'. */
export type FlattenRefusal =
  | { readonly kind: 'unknown-scope'; readonly scope: string; readonly known: readonly string[] }
  | { readonly kind: 'type-scope'; readonly scope: string; readonly typed: string | null }
  | { readonly kind: 'used'; readonly state: FlattenState }
  | {
      readonly kind:
        | 'not-permitted'
        | 'nothing-open'
        | 'not-yours'
        | 'self-approval'
        | 'not-confirmed'
        | 'account-not-yours'
        | 'expired'
        | 'unknown-token';
    }
  | { readonly kind: 'store'; readonly error: StoreError };
