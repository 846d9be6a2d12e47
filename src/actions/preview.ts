import type { AccountId, Price } from '../domain/units.ts';
import type { Act, CountedAmount } from './act.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Figures } from './figures.ts';
import type { HashText } from './hash-text.ts';
import type { RiskWarning } from './risk-warnings.ts';

/** All that a preview shows: the act, and what it does. */
export interface PreviewFacts {
  /** The person who asked. */
  readonly requestedBy: string;
  readonly account: AccountId;
  readonly act: Act;
  readonly counted: CountedAmount;
  /** The mark these figures are for; null only where no price matters (a transfer). */
  readonly markPrice: Price | null;
  readonly before: Figures;
  readonly after: Figures;
  /** Of the account a transfer goes to. */
  readonly receiver: { readonly before: Figures; readonly after: Figures } | null;
  /** In what way it raises risk; empty: in none that is known. */
  readonly warnings: readonly RiskWarning[];
  /** Epoch ms; from then on it is worth nothing. */
  readonly expiresAt: number;
}

declare const previewed: unique symbol;

/** Something to look at. It cannot be executed: see approve. */
export type Preview = PreviewFacts & {
  /** Over all of the facts: who consents, consents to this. */
  readonly hash: string;
  readonly [previewed]: true;
};

/** The only maker of a Preview. */
export function sealPreview(facts: PreviewFacts, hash: HashText): Preview {
  return { ...facts, hash: hash(canonicalJson(facts)) } as Preview;
}
