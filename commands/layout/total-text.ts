import type { CommandContext } from '../../src/app/command.ts';
import { type Decimal, sumKnown } from '../../src/domain/decimal.ts';

/** The sum of what is known, and how many are not in it; a dash where nothing is. */
export function totalText(
  values: readonly (Decimal | null)[],
  direction: 'nearest' | 'up' | 'down',
  { say, format }: CommandContext,
): string {
  const known = values.filter((value) => value !== null);
  const count = values.length - known.length;
  if (count === 0) return format.usd(sumKnown(known), direction);
  if (known.length === 0) return format.usd(null, direction);
  return say('common.without', { total: format.usd(sumKnown(known), direction), count });
}
