import type { Decimal } from '../domain/decimal.ts';
import type { Level, RuleId } from './alert.ts';

/** What a desk file says of one level; what it does not say stays as it was. */
export interface LevelPatch {
  readonly off?: true | undefined;
  readonly enter?: Decimal | undefined;
  readonly exit?: Decimal | undefined;
  readonly for?: number | undefined;
  readonly samples?: number | undefined;
}

/** What a desk file says of one rule, for everybody or for some. Durations in milliseconds. */
export interface RulePatch extends Readonly<Partial<Record<Level, LevelPatch | undefined>>> {
  readonly off?: true | undefined;
  readonly keep?: number | undefined;
  readonly options?: Readonly<Record<string, Decimal>>;
}

/** The same with exceptions, each on top of what is said for everybody. */
interface RulePatches extends RulePatch {
  readonly accounts?: Readonly<Record<string, RulePatch>> | undefined;
  readonly assets?: Readonly<Record<string, RulePatch>> | undefined;
  readonly books?: Readonly<Record<string, RulePatch>> | undefined;
}

/** The `alerts` section of a desk file. */
export type AlertPatches = Readonly<Partial<Record<RuleId, RulePatches>>>;
