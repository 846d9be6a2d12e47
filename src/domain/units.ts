import type { Decimal } from './decimal.ts';

declare const unit: unique symbol;
/** A value that carries its unit in its type: a Quantity where a Price is due does not compile. */
type Unit<T, Name extends string> = T & { readonly [unit]: Name };

/** Quote currency per 1 base. */
export type Price = Unit<Decimal, 'Price'>;
/** Base units, never negative; direction is in the position's side. */
export type Quantity = Unit<Decimal, 'Quantity'>;
/** 1 means 100 %. */
export type Ratio = Unit<Decimal, 'Ratio'>;
/** US dollars; stablecoins are taken at par (see README, "What each number means"). */
export type Usd = Unit<Decimal, 'Usd'>;

export type AccountId = Unit<string, 'AccountId'>;
/** `venue:symbol`, with ccxt's unified symbol. */
export type InstrumentId = Unit<string, 'InstrumentId'>;
/** Position handle: four characters or more, see handle.ts. */
export type Handle = Unit<string, 'Handle'>;

export const asPrice = (value: Decimal): Price => value as Price;
export const asQuantity = (value: Decimal): Quantity => value as Quantity;
export const asRatio = (value: Decimal): Ratio => value as Ratio;
export const asUsd = (value: Decimal): Usd => value as Usd;
export const asAccountId = (value: string): AccountId => value as AccountId;
