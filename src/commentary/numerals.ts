import { Decimal } from '../domain/decimal.ts';

/** A numeral found in a text, as it reads there. */
export interface Numeral {
  readonly value: Decimal;
  /** Percent and multiples are kept as they are written: 72.4 for `72.4%`. `other`: not a way we write. */
  readonly unit: 'percent' | 'multiple' | 'plain' | 'other';
  /** Decimals that are shown. */
  readonly places: number;
}

/** Stands for a name in a text that is searched for numerals: names may have digits of their own. */
export const BLANK = '□';

/** A run of figures of any script, with the marks that belong to it; a minus after a figure is a dash. */
const RUN = /(?<![\p{N}\p{L}])([-−]?)(\$?)(\p{N}[\p{N},.]*(?<=\p{N}))([%x]?)(\p{L}?)|(\p{N})/gu;
const PLAIN = /^(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?$/;
/** Chinese text has no spaces, but a magnitude after a figure changes it. */
const MAGNITUDE = /^[a-zA-Z万亿千百十成倍折]$/u;

/**
 * Every numeral of a text, in order. Written from the text alone: it knows nothing of how it was made.
 * What is glued to a letter or not written as we write is found too, as `other`: nothing proves it.
 */
export function numeralsIn(text: string): Numeral[] {
  return [...text.matchAll(RUN)].map(([, sign = '', , digits = '', unit = '', next = '']) => {
    if (!PLAIN.test(digits) || MAGNITUDE.test(next)) return OTHER;
    const plain = digits.replaceAll(',', '');
    const value = new Decimal(plain);
    return {
      value: sign === '' ? value : value.neg(),
      unit: unit === '%' ? 'percent' : unit === 'x' ? 'multiple' : 'plain',
      places: plain.split('.')[1]?.length ?? 0,
    };
  });
}

const OTHER: Numeral = { value: new Decimal(Number.NaN), unit: 'other', places: 0 };
