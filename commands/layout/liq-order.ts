import type { Band } from '../../src/risk/band.ts';
import type { JudgedPosition } from '../../src/risk/probability/judge-desk.ts';
import { probability24h } from '../../src/risk/probability/judge-desk.ts';

const RANK: Readonly<Record<Band, number>> = { emerg: 5, crit: 4, warn: 3, watch: 2, ok: 1 };
/** Nobody knows, so they may be near: after all that are known to be somewhere. */
const UNKNOWN = 0;
const NOWHERE = -1;
/** `0.01%`. */
const LEAST_SHOWN = 0.0001;

/** Worst first: by band, then by probability, then by distance; what is not known last of its band. */
export function byDanger(rows: readonly JudgedPosition[]): JudgedPosition[] {
  return rows.toSorted(
    (a, b) => rankOf(b) - rankOf(a) || shownChance(b) - shownChance(a) || nearer(a, b),
  );
}

/** Chances that print alike are alike: then the distance says more. */
function shownChance(row: JudgedPosition): number {
  return Math.max(probability24h(row) ?? -1, LEAST_SHOWN);
}

function rankOf({ band, liquidationState }: JudgedPosition): number {
  if (band === null) return UNKNOWN;
  return band === 'ok' && liquidationState === 'none' ? NOWHERE : RANK[band];
}

function nearer(
  { liquidationDistance: a }: JudgedPosition,
  { liquidationDistance: b }: JudgedPosition,
): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a.cmp(b);
}
