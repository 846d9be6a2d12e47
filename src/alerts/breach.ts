import type { AlertInstance, Level } from './alert.ts';
import { LEVELS } from './alert.ts';
import type { RuleSettings } from './rule-settings.ts';
import type { Sample } from './sample.ts';
import type { Standings } from './weigh-sample.ts';

interface BreachTime {
  /** When a threshold that is crossed for the first time began to be so. */
  readonly start: number;
  /** How long nothing fresh was seen while the program ran: it counts for no threshold. */
  readonly frozenMs: number;
  /** Since the last fresh sample. */
  readonly sinceLastMs: number;
}

/** Since when each threshold is crossed, one fresh sample later. Not crossed any more: gone. */
export function breachAfter(
  before: AlertInstance['breach'],
  standings: Standings,
  { start, frozenMs, sinceLastMs }: BreachTime,
): AlertInstance['breach'] {
  const after: { -readonly [level in Level]?: NonNullable<AlertInstance['breach'][level]> } = {};
  for (const [level, standing] of standings) {
    const run = before[level];
    if (standing === 'crossed') {
      after[level] = {
        since: run === undefined ? start : run.since + frozenMs,
        samples: (run?.samples ?? 0) + 1,
      };
    } else if (standing === 'unknown' && run !== undefined) {
      after[level] = { ...run, since: run.since + sinceLastMs };
    }
  }
  return after;
}

/** The highest level that is crossed now, and has been for long enough and over enough samples. */
export function confirmedLevel(
  breach: AlertInstance['breach'],
  standings: Standings,
  of: { readonly settings: RuleSettings; readonly forMs: Sample['forMs']; readonly now: number },
): Level | null {
  const isConfirmed = (level: Level) => {
    const run = breach[level];
    const settings = of.settings.levels[level];
    if (run === undefined || settings === undefined || standings.get(level) !== 'crossed') {
      return false;
    }
    const forMs = of.forMs[level] ?? settings.forMs;
    return of.now - run.since >= forMs && run.samples >= settings.minSamples;
  };
  return LEVELS.findLast(isConfirmed) ?? null;
}

/**
 * The highest level that a value still holds: whose exit it has not passed. What is not known holds
 * where the alert is or below, and raises nothing.
 */
export function heldLevel(standings: Standings, current: Level): Level | null {
  const reach = LEVELS.indexOf(current);
  const holds = (level: Level, index: number) => {
    const standing = standings.get(level);
    if (standing === undefined || standing === 'safe') return false;
    return standing !== 'unknown' || index <= reach;
  };
  return LEVELS.findLast(holds) ?? null;
}
