import { Decimal } from '../domain/decimal.ts';

/** A numeral found in a text, as it reads there. */
export interface Numeral {
  readonly value: Decimal;
  /** Percent and multiples are kept as they are written: 72.4 for `72.4%`. */
  readonly unit: 'percent' | 'multiple' | 'plain';
  /** Decimals that are shown. */
  readonly places: number;
}

/** Stands for a name in a text that is searched for numerals: names may have digits of their own. */
export const BLANK = '□';

const NUMERAL = /([-−]?)\$?(\d[\d,]*(?:\.\d+)?)([%x]?)/gu;

/** Every numeral of a text, in order. Written from the text alone: it knows nothing of how it was made. */
export function numeralsIn(text: string): Numeral[] {
  return [...text.matchAll(NUMERAL)].map(([, sign, digits = '', unit]) => {
    const plain = digits.replaceAll(',', '');
    const value = new Decimal(plain);
    return {
      value: sign === '' ? value : value.neg(),
      unit: unit === '%' ? 'percent' : unit === 'x' ? 'multiple' : 'plain',
      places: plain.split('.')[1]?.length ?? 0,
    };
  });
}
