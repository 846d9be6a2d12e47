import type { Decimal } from '../domain/decimal.ts';
import type { Side } from '../domain/position.ts';
import type { AccountId, Handle } from '../domain/units.ts';

/** `mu` margin usage, `hf` health factor, `prob` chance of liquidation within 24 h, `dist` distance to it, `conc` concentration. */
export type Metric = 'mu' | 'hf' | 'prob' | 'dist' | 'conc';

/** The part of a severity that a line was crossed by. */
export type FactBand = 'ok' | 'warn' | 'crit' | 'emerg';

/**
 * What a fact is about. The alias is all that a model ever sees of it: `P`, `A1` to `A8`, `S1` to `S8`, in
 * the order of the desk file and of the snapshot, never of names or amounts.
 */
export type Entity =
  | { readonly kind: 'desk'; readonly alias: 'P' }
  | { readonly kind: 'account'; readonly alias: string; readonly account: AccountId }
  | {
      readonly kind: 'position';
      readonly alias: string;
      readonly account: AccountId;
      readonly handle: Handle;
      readonly asset: string;
      readonly side: Side;
    };

/** One figure of the report, exact, and where it stands. */
export interface Fact {
  /** Alias and metric: `A1.mu`. */
  readonly id: string;
  readonly entity: Entity;
  readonly metric: Metric;
  readonly value: Decimal;
  readonly band: FactBand;
  /** The line that decided the band; of an `ok` fact the first one it would cross. */
  readonly line: Decimal;
  /** Against the last report, as displayed. `new`: there is nothing to compare with. */
  readonly trend: 'worse' | 'better' | 'same' | 'new';
  /** `stale`: a last known figure. `partial`: something of the desk is missing in it. */
  readonly quality: 'fresh' | 'stale' | 'partial';
  /** The asset that `conc` speaks of; null elsewhere. */
  readonly asset: string | null;
}

/** How many facts of a metric and kind there are, and how many of them are beyond a line. */
export interface Count {
  readonly breaching: number;
  readonly total: number;
}

export const isBreach = ({ band }: Fact): boolean => band !== 'ok';

const BANDS: readonly FactBand[] = ['ok', 'warn', 'crit', 'emerg'];

/** Above zero: `a` is worse. */
export function compareBands(a: FactBand, b: FactBand): number {
  return BANDS.indexOf(a) - BANDS.indexOf(b);
}
