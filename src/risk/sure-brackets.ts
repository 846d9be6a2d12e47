import type { MaintenanceTier } from '../domain/instrument.ts';
import { bracketTable } from './bracket-table.ts';
import { isConvexTable } from './convex-table.ts';
import type { EquityLine } from './equity-line.ts';
import { addedFee } from './equity-line.ts';
import type { IsolatedLeg } from './isolated-liquidation.ts';
import { CLOSE, roughly } from './roughly.ts';

/** A cost that nearly cancels out has few digits left. */
const LEAST_COST = 1e-5;
/** Of a requirement that grows more slowly than what a position gains. */
const MOST_RATE = 1 - LEAST_COST;

/**
 * The brackets that hold a crossing of their own, by doubles. Null when that is not sure: a root near an
 * edge, money that may run out at an edge, figures doubles cannot tell apart.
 */
export function sureBrackets(
  leg: IsolatedLeg,
  { base, gain }: EquityLine,
): readonly MaintenanceTier[] | null {
  if (!(roughly(leg.size) > 0)) return null;
  const { caps, rates, deductions } = bracketTable(leg.tiers);
  const fee = roughly(addedFee(leg));
  const money = roughly(base);
  const found: MaintenanceTier[] = [];
  const last = leg.tiers.length - 1;
  // Money less requirement then falls all the way or rises all the way, and crosses once.
  const isOnly = isConvexTable(leg.tiers) && (gain === -1 || (rates[last] ?? 1) + fee < MOST_RATE);
  let from = 0;
  for (const [index, tier] of leg.tiers.entries()) {
    const to = index === last ? Number.POSITIVE_INFINITY : (caps[index] as number);
    const cost = (rates[index] as number) + fee - gain;
    const deduction = deductions[index] as number;
    const hair = ((Math.abs(money) + Math.abs(deduction)) / Math.abs(cost)) * CLOSE;
    const value = (money + deduction) / cost;
    const place = placeOf(value, { from, to, hair });
    if (place === null || !(Math.abs(cost) > LEAST_COST)) return null;
    if (place === 'within') found.push(tier);
    if (isOnly && place === 'within') return found;
    if (index === last || to === Number.POSITIVE_INFINITY) break;
    const next = deductions[index + 1] as number;
    const spare = money + deduction - cost * to;
    const after = money + next - ((rates[index + 1] as number) + fee - gain) * to;
    const sizes = Math.abs(money) + Math.abs(deduction) + Math.abs(next) + 3 * Math.abs(to);
    const close = sizes * CLOSE;
    if (!(Math.abs(spare) > close && Math.abs(after) > close)) return null;
    // It runs out at the edge itself.
    if (spare > 0 && after < 0) return null;
    from = to;
  }
  return found;
}

/** Null: too near an end to say. */
function placeOf(
  value: number,
  { from, to, hair }: { readonly from: number; readonly to: number; readonly hair: number },
): 'within' | 'outside' | null {
  const low = from + Math.abs(from) * CLOSE + hair;
  const high = to === Number.POSITIVE_INFINITY ? to : to - Math.abs(to) * CLOSE - hair;
  if (value > low && value < high) return 'within';
  const below = from - Math.abs(from) * CLOSE - hair;
  const above = to === Number.POSITIVE_INFINITY ? to : to + Math.abs(to) * CLOSE + hair;
  return value < below || value > above ? 'outside' : null;
}
