import { createHash } from 'node:crypto';

/** A message's key as a short name that fits any header; the same for every attempt. */
export function deliveryIdOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}
