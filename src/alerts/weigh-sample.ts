import type { Decimal } from '../domain/decimal.ts';
import type { DataState, Level } from './alert.ts';
import { LEVELS } from './alert.ts';
import type { Crossing, LevelSettings, RuleSettings } from './rule-settings.ts';
import type { Sample } from './sample.ts';

/**
 * What a level says of a value. `crossed`: at the threshold or past it, as the rule has it; `holding`:
 * not crossed, but not past the exit either (exactly at the exit holds); `safe`: past the exit; `unknown`:
 * nobody can tell, so it neither begins nor ends.
 */
type Standing = 'crossed' | 'holding' | 'safe' | 'unknown';

/** By level, those that are off left out. */
export type Standings = ReadonlyMap<Level, Standing>;

export function standingsOf(sample: Sample, { levels, crosses }: RuleSettings): Standings {
  const standings = new Map<Level, Standing>();
  for (const level of LEVELS) {
    const settings = levels[level];
    if (settings === undefined) continue;
    const own = sample.values[level];
    const value = own === undefined ? sample.value : own;
    standings.set(level, value === 'unused' ? 'safe' : standingOf(value, settings, crosses));
  }
  return standings;
}

function standingOf(
  value: Decimal | null,
  { enter, exit }: LevelSettings,
  crosses: Crossing,
): Standing {
  if (value === null || !value.isFinite()) return 'unknown';
  const side = value.comparedTo(enter);
  const isUp = crosses === 'at-or-above' || crosses === 'above';
  const isPast = isUp ? side > 0 : side < 0;
  const counts = side === 0 && (crosses === 'at-or-above' || crosses === 'at-or-below');
  if (isPast || counts) return 'crossed';
  const back = value.comparedTo(exit);
  return (isUp ? back < 0 : back > 0) ? 'safe' : 'holding';
}

/**
 * What the sample is worth. A fresh one without a single usable figure is an error; one whose reading is
 * older than allowed is stale, exactly as old as allowed is fresh.
 */
export function dataOf(
  sample: Sample,
  { noData, maxAgeMs }: RuleSettings,
  { now, staleAfterMs }: { readonly now: number; readonly staleAfterMs: number },
): DataState {
  if (sample.data !== 'fresh' || sample.presence === 'absent') return sample.data;
  const { observedAt, value } = sample;
  const figures = [value, ...Object.values(sample.values)];
  const isUsable = figures.some((each) => each === 'unused' || each?.isFinite() === true);
  if (!isUsable) return 'error';
  if (noData === 'is-the-rule') return 'fresh';
  if (observedAt === null) return 'error';
  return now - observedAt > (maxAgeMs ?? staleAfterMs) ? 'stale' : 'fresh';
}

/** Whether one value is nearer to the end than another. */
export function isWorse(value: Decimal, than: Decimal, crosses: Crossing): boolean {
  return crosses === 'at-or-above' || crosses === 'above' ? value.gt(than) : value.lt(than);
}
