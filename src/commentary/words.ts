import type { Money } from '../domain/money.ts';
import type { Side } from '../domain/position.ts';
import type { Usd } from '../domain/units.ts';
import type { Formatter } from '../replies/format.ts';
import type { ActClaim, Extra, Head } from './claims.ts';
import type { Fact } from './fact.ts';
import type { Remedy } from './remedy.ts';

/** A piece of a sentence. Names are kept apart from words and figures: what is in them proves nothing. */
export type Piece =
  | { readonly word: string }
  | { readonly name: string }
  | { readonly figure: string };

export type Phrase = readonly Piece[];

/** What extras need to be said. */
export interface ExtraGround {
  readonly fact: Fact;
  /** Whether it is also said to be the worst. */
  readonly isWorst: boolean;
  readonly breaching: number;
  readonly idle: { readonly account: string; readonly availableUsd: Usd } | null;
}

/** Of a desk with nothing beyond a line. */
interface Calm {
  readonly nearest: Fact | null;
  /** Nothing is open at all. */
  readonly isFlat: boolean;
  /** Some of it is only known from before. */
  readonly isStale: boolean;
  /** Something is not known. */
  readonly hasHoles: boolean;
}

/** How one language says what is true. Each phrase stands without a full stop. */
export interface Words {
  head(fact: Fact, head: Head, format: Formatter): Phrase;
  extra(extra: Exclude<Extra, 'no_action'>, ground: ExtraGround, format: Formatter): Phrase;
  act(remedy: Remedy, fact: Fact, format: Formatter): Phrase;
  result(claim: Exclude<ActClaim, 'effect'>, remedy: Remedy, fact: Fact): Phrase;
  readonly noAction: Phrase;
  /** Where it has been said of another one before. */
  readonly noActionEither: Phrase;
  /** Before the first, second and third of several. */
  readonly order: readonly Phrase[];
  readonly comma: string;
  readonly stop: string;
  readonly colon: string;
  /** Between names of one list. */
  readonly and: string;
  calm(calm: Calm, format: Formatter): Phrase;
  missing(accounts: number): Phrase;
  unknown(positions: number): Phrase;
  /** Names of what the tables mark, already joined; `more`: there are others. */
  unsaid(names: Phrase, more: boolean): Phrase;
  side(side: Side): string;
  on(position: Phrase, account: string): Phrase;
}

export const word = (text: string): Piece => ({ word: text });
export const name = (text: string): Piece => ({ name: text });
export const figure = (text: string): Piece => ({ figure: text });

/** The currency is a name: `USD1` is one. */
export function amountOf({ amount, currency }: Money, format: Formatter): Phrase {
  return [figure(format.quantity(amount)), word(' '), name(currency)];
}

/** What a position is called wherever it is named. */
export function positionName(
  { asset, side, handle }: { readonly asset: string; readonly side: Side; readonly handle: string },
  words: Pick<Words, 'side'>,
): Phrase {
  return [name(`${asset} ${words.side(side)} ${handle}`)];
}
