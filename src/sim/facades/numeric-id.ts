import { createHash } from 'node:crypto';

/**
 * A decimal id of `digits` figures derived from our own id, as venues print theirs. Stable, and
 * distinct for what is distinct; at most 15 figures stay exact as a JSON number.
 */
export function numericId(id: string, digits: number): string {
  const hash = BigInt(`0x${createHash('sha256').update(id).digest('hex').slice(0, 32)}`);
  const floor = 10n ** BigInt(digits - 1);
  return (floor + (hash % (9n * floor))).toString();
}
