import type { Money } from '../domain/money.ts';
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
  readonly breaching: number;
  readonly idle: { readonly account: string; readonly availableUsd: Usd } | null;
}

/** How one language says what is true. Each phrase stands without a full stop. */
export interface Words {
  head(fact: Fact, head: Head, format: Formatter): Phrase;
  extra(extra: Exclude<Extra, 'no_action'>, ground: ExtraGround, format: Formatter): Phrase;
  act(remedy: Remedy, fact: Fact, format: Formatter): Phrase;
  result(claim: Exclude<ActClaim, 'effect'>): Phrase;
  readonly noAction: Phrase;
  /** Before the first, second and third of several. */
  readonly order: readonly Phrase[];
  readonly comma: string;
  readonly stop: string;
  readonly colon: string;
  calm(nearest: Fact | null, format: Formatter): Phrase;
  missing(accounts: number): Phrase;
}

export const word = (text: string): Piece => ({ word: text });
export const name = (text: string): Piece => ({ name: text });
export const figure = (text: string): Piece => ({ figure: text });

export function amountOf({ amount, currency }: Money, format: Formatter): Phrase {
  return [figure(format.quantity(amount)), word(` ${currency}`)];
}

/** What a fact is about, by its real name. */
export function nameOf({ entity, asset }: Fact, side: (side: 'long' | 'short') => string): string {
  switch (entity.kind) {
    case 'desk':
      return asset ?? '';
    case 'account':
      return entity.account;
    case 'position':
      return `${entity.asset} ${side(entity.side)} ${entity.handle}`;
  }
}
