import { Decimal, dec } from '../../domain/decimal.ts';

const MARK = '$decimal';

/** JSON that gives Decimals back as Decimals, to the last digit: what a restart must still know. */
export function toDecimalJson(value: object): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key, text: unknown) {
    // Decimals have turned themselves into text before a replacer sees them; the holder still has them.
    const raw = this[key];
    return raw instanceof Decimal ? { [MARK]: raw.toString() } : text;
  });
}

export function fromDecimalJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => {
    const isMarked = typeof value === 'object' && value !== null && MARK in value;
    return isMarked ? dec(String(value[MARK])) : value;
  });
}
