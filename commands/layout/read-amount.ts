import { type Decimal, dec, parseDecimal } from '../../src/domain/decimal.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';

/** Why a typed number is not taken. Nothing is guessed: a comma means one thing here and another there. */
export type NumberFault = 'separators' | 'exponent' | 'sign' | 'zero' | 'not-a-number';

/** A number above zero in plain digits, a point before the decimals. Full-width digits are digits. */
export function readNumber(typed: string): Result<Decimal, NumberFault> {
  const text = plainSigns(typed);
  if (/^\d+(\.\d+)?e[+-]?\d+$/i.test(text)) return err('exponent');
  if (/^[-−–]/u.test(text)) return err('sign');
  if (/^[\d.,'’ ]*\d[\d.,'’ ]*$/u.test(text) && !/^(\d+(\.\d+)?|\.\d+)$/.test(text))
    return err('separators');
  const number = /^(\d+(\.\d+)?|\.\d+)$/.test(text) ? parseDecimal(text) : null;
  if (number === null) return err('not-a-number');
  return number.isZero() ? err('zero') : ok(number);
}

/** `10%`: a share; 1 is the whole. Null: no percentage at all. */
export function readShare(typed: string): Result<Decimal, NumberFault> | null {
  const text = plainSigns(typed);
  if (!text.endsWith('%')) return null;
  const percent = readNumber(text.slice(0, -1));
  return percent.ok ? ok(percent.value.div(dec(100))) : percent;
}

/** Full-width forms, as Chinese keyboards write them, are the same signs. */
function plainSigns(typed: string): string {
  return typed.trim().normalize('NFKC').replaceAll('。', '.');
}
