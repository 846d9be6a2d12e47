import { LEVELS, type Level } from './alert.ts';

/** -1 for none, so that anything is worse than nothing. */
export function rankOf(level: Level | null): number {
  return level === null ? -1 : LEVELS.indexOf(level);
}

export function isAtLeast(level: Level | null, least: Level): boolean {
  return rankOf(level) >= rankOf(least);
}

/** Null for an empty list. */
export function worstLevel(levels: Iterable<Level>): Level | null {
  let worst: Level | null = null;
  for (const level of levels) if (rankOf(level) > rankOf(worst)) worst = level;
  return worst;
}
