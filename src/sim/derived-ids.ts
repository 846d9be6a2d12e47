import { createHash } from 'node:crypto';

interface DerivedIds {
  readonly uuid: string;
  readonly number: string;
}

/** A version 4 shaped uuid and a nine-digit number, both functions of the text. */
export function idsOf(text: string): DerivedIds {
  const hex = createHash('sha256').update(text).digest('hex');
  const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  return {
    uuid,
    number: String(100_000_000 + (Number.parseInt(hex.slice(32, 40), 16) % 900_000_000)),
  };
}
