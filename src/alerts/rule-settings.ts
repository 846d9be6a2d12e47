import type { Decimal } from '../domain/decimal.ts';
import type { Level, RuleId } from './alert.ts';

/** Which side of a threshold is the dangerous one, and whether the threshold itself belongs to it. */
export type Crossing = 'at-or-above' | 'above' | 'below' | 'at-or-below';

/** One level of a rule. Figures are in the rule's own unit: shares of 1, plain factors, milliseconds. */
export interface LevelSettings {
  readonly enter: Decimal;
  /** On the safe side of `enter`. A value must be past it to fall; exactly at it still holds. */
  readonly exit: Decimal;
  /** How long `enter` must be crossed without a break, and over how many samples at least. */
  readonly forMs: number;
  readonly minSamples: number;
}

/**
 * What a missing or old reading means. `hold`: the last value stands, with its age; `unverifiable`: the
 * same, and the words say that nobody can tell; `is-the-rule`: the rule is about missing data, its samples
 * are never old.
 */
type NoData = 'hold' | 'unverifiable' | 'is-the-rule';

/** How one rule judges one subject. */
export interface RuleSettings {
  readonly crosses: Crossing;
  /** Levels that are off are absent. */
  readonly levels: Readonly<Partial<Record<Level, LevelSettings>>>;
  /** How long, and over how many samples, it must be better before it falls. */
  readonly keepMs: number;
  readonly keepSamples: number;
  readonly noData: NoData;
  /** How old a reading may be; null: as old as the desk allows its accounts. */
  readonly maxAgeMs: number | null;
  /** Further figures by name: a window, a size. */
  readonly options: Readonly<Record<string, Decimal>>;
  /** Hash of all of the above: an alert judged by another version is judged anew. */
  readonly version: string;
}

/** A rule with its exceptions; null is off. Of several that match the first of account, asset, book wins. */
interface RuleChoice {
  readonly base: RuleSettings | null;
  readonly accounts: ReadonlyMap<string, RuleSettings | null>;
  readonly assets: ReadonlyMap<string, RuleSettings | null>;
  readonly books: ReadonlyMap<string, RuleSettings | null>;
}

export type AlertSettings = ReadonlyMap<RuleId, RuleChoice>;

/** What exceptions are chosen by. */
export interface RuleScope {
  readonly account: string | null;
  readonly asset: string | null;
  readonly books: readonly string[];
}

/** How a rule judges here; null when it is off. */
export function settingsFor(
  settings: AlertSettings,
  rule: RuleId,
  { account, asset, books }: RuleScope,
): RuleSettings | null {
  const choice = settings.get(rule);
  if (choice === undefined) return null;
  const book = books.find((id) => choice.books.has(id));
  const found = [
    account === null ? undefined : choice.accounts.get(account),
    asset === null ? undefined : choice.assets.get(asset),
    book === undefined ? undefined : choice.books.get(book),
  ].find((each) => each !== undefined);
  return found === undefined ? choice.base : found;
}
