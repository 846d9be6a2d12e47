import type { Decimal } from '../domain/decimal.ts';
import { dec, ONE } from '../domain/decimal.ts';
import type { Ratio } from '../domain/units.ts';
import { isAbove, isPositive } from './roughly.ts';

/** How near the end, from calm to burning. Only probability says `watch`. */
export type Band = 'ok' | 'watch' | 'warn' | 'crit' | 'emerg';

const ORDER: readonly Band[] = ['ok', 'watch', 'warn', 'crit', 'emerg'];

interface Thresholds {
  readonly warn: Decimal;
  readonly crit: Decimal;
  readonly emerg: Decimal;
}

/** Enter levels of the default alert rules. */
const DISTANCE: Thresholds = { warn: dec('0.15'), crit: dec('0.08'), emerg: dec('0.03') };
const HEALTH: Thresholds = { warn: dec('1.5'), crit: dec('1.2'), emerg: dec('1.05') };
const CHANCE = { emergWithinHour: 0.5, crit: 0.25, warn: 0.1, watch: 0.01 };
const USAGE: Thresholds = { warn: dec('0.50'), crit: dec('0.70'), emerg: dec('0.85') };

/** By liquidation distance: strictly below a level enters it; at or past the price is `emerg`. */
export function bandOfDistance(distance: Ratio): Band {
  return below(distance, DISTANCE);
}

/** By health factor (equity ÷ maintenance): strictly below a level enters it. */
export function bandOfHealth(healthFactor: Ratio): Band {
  return below(healthFactor, HEALTH);
}

/** By riskUse (maintenance ÷ equity), the same levels the other way up; nothing required is `ok`. */
export function bandOfRiskUse(riskUse: Ratio): Band {
  return isPositive(riskUse) ? below(ONE.div(riskUse), HEALTH) : 'ok';
}

/** By margin usage (initial margin with orders ÷ equity): at a level enters it. */
export function bandOfUsage(marginUsage: Ratio): Band {
  if (marginUsage.gte(USAGE.emerg)) return 'emerg';
  if (marginUsage.gte(USAGE.crit)) return 'crit';
  return marginUsage.gte(USAGE.warn) ? 'warn' : 'ok';
}

/** Chances of being liquidated, 0 to 1; null where one is not known. */
export interface Chances {
  readonly withinHour: number | null;
  readonly withinDay: number | null;
}

/** By probability: at a level enters it. Null when neither is known. */
export function bandOfProbability({ withinHour, withinDay }: Chances): Band | null {
  if (withinHour !== null && withinHour >= CHANCE.emergWithinHour) return 'emerg';
  if (withinDay === null) return null;
  if (withinDay >= CHANCE.crit) return 'crit';
  if (withinDay >= CHANCE.warn) return 'warn';
  return withinDay >= CHANCE.watch ? 'watch' : 'ok';
}

/** The worst of those that are known; null when none is. */
export function worstBand(bands: readonly (Band | null)[]): Band | null {
  const known = bands.filter((band) => band !== null);
  if (known.length === 0) return null;
  return known.reduce((a, b) => (ORDER.indexOf(b) > ORDER.indexOf(a) ? b : a));
}

function below(value: Decimal, at: Thresholds): Band {
  if (isAbove(at.emerg, value)) return 'emerg';
  if (isAbove(at.crit, value)) return 'crit';
  return isAbove(at.warn, value) ? 'warn' : 'ok';
}

/** Where the band by distance (below) and by usage (at and above) changes, for those who draw it. */
export const bandLevels = { distance: DISTANCE, usage: USAGE } as const;
