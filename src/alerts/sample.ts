import type { Decimal } from '../domain/decimal.ts';
import type { DataState, Level, RuleId, Subject } from './alert.ts';
import type { RuleScope } from './rule-settings.ts';

/** What one rule sees of one subject at one moment. */
export interface Sample {
  readonly fingerprint: string;
  readonly rule: RuleId;
  readonly subject: Subject;
  readonly scope: RuleScope;
  /**
   * Grows with every look at the desk, over restarts and clock steps: made of the leader's fence and a
   * counter, never of the clock. What is not newer than the last one changes nothing.
   */
  readonly sequence: number;
  /** When the reading it is judged on was taken; null when there never was one. */
  readonly observedAt: number | null;
  /** What is shown and, where `values` says nothing else, compared. Null, NaN, infinite: an error. */
  readonly value: Decimal | null;
  /**
   * Levels that go by a figure of their own. `null`: not known now, so this level neither begins nor
   * ends; `unused`: it does not apply here and now, as if the value were safe.
   */
  readonly values: Readonly<Partial<Record<Level, Decimal | null | 'unused'>>>;
  /** Levels that must be crossed for another time than the rule says, in milliseconds. */
  readonly forMs: Readonly<Partial<Record<Level, number>>>;
  /** `absent`: what it was about is gone, seen on a fresh, complete and newer reading. */
  readonly presence: 'present' | 'absent';
  readonly data: DataState;
  readonly facts: Readonly<Record<string, string>>;
}
