import type { Decimal } from '../../domain/decimal.ts';
import type { Money } from '../../domain/money.ts';
import type { Position } from '../../domain/position.ts';
import type { Price, Ratio } from '../../domain/units.ts';
import type { AccountSnapshot } from '../../portfolio/snapshot.ts';
import type { EstimateMissing } from '../estimate-liquidation.ts';
import type { AccountPools } from './account-pools.ts';

/** A position, and the account whose margin it stands on. */
export interface MarginSubject {
  readonly position: Position;
  readonly account: AccountSnapshot;
  /** Of that account. */
  readonly pools: AccountPools;
}

/** What a change of margin or of size shall reach. */
export type MarginTarget =
  | { readonly kind: 'liquidation-price'; readonly price: Decimal }
  | { readonly kind: 'health-factor'; readonly value: Decimal }
  | {
      readonly kind: 'probability';
      readonly value: Decimal;
      /** The liquidation price that is reached with this probability; null: not known. */
      readonly priceFor: (probability: Decimal) => Decimal | null;
    };

/**
 * Why a target has no answer, besides what an estimate misses. `no-health`: there is no health factor to
 * move. `wrong-side`: that price hurts nobody, or is past. `unreachable`: no amount does it. `no-price`:
 * nobody could say which price has this probability.
 */
export type TargetMissing =
  | EstimateMissing
  | 'no-health'
  | 'wrong-side'
  | 'unreachable'
  | 'no-price';

/** Where a position stands. Null: not known; a price that is null with `never` above it: there is none. */
export interface Standing {
  /** As everywhere: isolated its own, cross its account's. */
  readonly healthFactor: Ratio | null;
  readonly liquidationPrice: Price | null;
  readonly missing: EstimateMissing | null;
  readonly liquidationDistance: Ratio | null;
}

export interface MarginEffect {
  readonly change: Money;
  readonly before: Standing;
  readonly after: Standing;
}
