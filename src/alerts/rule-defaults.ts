import type { Decimal } from '../domain/decimal.ts';
import { dec } from '../domain/decimal.ts';
import type { Level, RuleId } from './alert.ts';
import { LEVELS } from './alert.ts';
import type { LevelSettings, RuleSettings } from './rule-settings.ts';

/**
 * `percent`, `factor` and `duration` (milliseconds) are figures with thresholds. `state`: the value is
 * the rank of the level that a state calls for, thresholds cannot be chosen. `event`: it happens once.
 */
export interface RuleDefault extends Omit<RuleSettings, 'version'> {
  readonly unit: 'percent' | 'factor' | 'duration' | 'state' | 'event';
  /** No value is ever above: an exit beyond it could never be reached. */
  readonly most: Decimal | null;
}

type Figures = readonly [
  enter: number | string,
  exit: number | string,
  forS?: number,
  min?: number,
];

/** Value of a `state` rule: 0 is nothing, then one per level, ascending. */
export function stateValue(level: Level | null): Decimal {
  return dec(level === null ? 0 : LEVELS.indexOf(level) + 1);
}

/** Every rule as it is without a word in the desk file. */
export const RULE_DEFAULTS: Readonly<Record<RuleId, RuleDefault>> = {
  marginUsage: up({ WARN: ['0.50', '0.47', 15], CRIT: ['0.70', '0.67'], EMERG: ['0.85', '0.82'] }),
  pooledMargin: up({ WARN: ['0.50', '0.47', 15], CRIT: ['0.70', '0.67'], EMERG: ['0.85', '0.82'] }),
  healthFactor: {
    ...down({ WARN: ['1.5', '1.55', 15], CRIT: ['1.2', '1.24'], EMERG: ['1.05', '1.08'] }),
    unit: 'factor',
  },
  liquidationDistance: down({
    WARN: ['0.15', '0.17', 10],
    CRIT: ['0.08', '0.095'],
    EMERG: ['0.03', '0.04'],
  }),
  // WARN and CRIT are chances within a day, EMERG within the hour.
  liquidationProbability: up({
    WARN: ['0.10', '0.08', 15],
    CRIT: ['0.25', '0.20'],
    EMERG: ['0.50', '0.40'],
  }),
  hedgeRatio: {
    ...down({ WARN: ['0.60', '0.65', 60], CRIT: ['0.40', '0.45', 20] }),
    noData: 'unverifiable',
    most: dec(1),
  },
  concentration: {
    ...up({ WARN: ['0.30', '0.27', 60], CRIT: ['0.45', '0.42', 60] }),
    crosses: 'above',
    keepMs: 300_000,
  },
  priceMove: {
    ...up({ WARN: ['0.05', '0.03', 0, 2], CRIT: ['0.10', '0.07'] }),
    keepMs: 300_000,
    options: { window: dec(300_000) },
  },
  missingStop: {
    ...state({ WARN: 60, CRIT: 600 }),
    noData: 'unverifiable',
    // Share of the way to liquidation from which a stop is too far; value without a stop that is critical.
    options: { tooFar: dec('0.5'), above: dec(10_000) },
  },
  // Seen once a funding interval, so that the next reading that is better ends it.
  funding: {
    ...up({ WARN: ['0.0010', '0.0008'], CRIT: ['0.0030', '0.0025'] }),
    keepMs: 0,
    // Rates are read by the minute, not by the second.
    maxAgeMs: 900_000,
  },
  // Place in the venue's queue, as a share from its head: 0.2 is one of the first fifth to be closed.
  adlRank: {
    ...down({ WARN: ['0.40', '0.50'], CRIT: ['0.20', '0.30'] }),
    crosses: 'at-or-below',
    keepMs: 300_000,
    maxAgeMs: 300_000,
    most: dec(1),
  },
  venueStatus: state({ WARN: 0, CRIT: 0, EMERG: 0 }),
  dataAge: {
    ...about({ WARN: [30_000, 30_000], CRIT: [120_000, 120_000], EMERG: [600_000, 600_000] }),
    crosses: 'above',
    keepSamples: 3,
  },
  venueDown: {
    ...about({ CRIT: ['0.8', '0.8', 10] }),
    unit: 'percent',
    keepMs: 30_000,
  },
  blind: about({ CRIT: [60_000, 60_000], EMERG: [180_000, 180_000] }),
  liquidated: event({ CRIT: 0, EMERG: 0 }),
  stopFilled: event({ WARN: 0 }),
  positionChanged: { ...event({ WARN: 0 }), options: { resized: dec('0.10') } },
  depeg: {
    ...up({ WARN: ['0.005', '0.003', 60], CRIT: ['0.02', '0.015'], EMERG: ['0.05', '0.04'] }),
    keepMs: 300_000,
    maxAgeMs: 300_000,
  },
  clockOff: about({ WARN: [1000, 1000], CRIT: [5000, 5000] }),
};

type Levels = Readonly<Partial<Record<Level, Figures>>>;

function up(levels: Levels): RuleDefault {
  return {
    unit: 'percent',
    crosses: 'at-or-above',
    levels: levelsOf(levels),
    keepMs: 60_000,
    keepSamples: 1,
    noData: 'hold',
    maxAgeMs: null,
    options: {},
    most: null,
  };
}

function down(levels: Levels): RuleDefault {
  return { ...up(levels), crosses: 'below' };
}

/** About missing or wrong readings, ours or the venue's: over as soon as it is over. */
function about(levels: Levels): RuleDefault {
  return { ...up(levels), unit: 'duration', keepMs: 0, noData: 'is-the-rule' };
}

function state(seconds: Readonly<Partial<Record<Level, number>>>): RuleDefault {
  const levels = Object.entries(seconds).map(([level, forS]) => {
    const rank = stateValue(level as Level).toNumber();
    return [level, [rank, rank, forS]];
  });
  return { ...up(Object.fromEntries(levels)), unit: 'state', keepMs: 0 };
}

function event(seconds: Readonly<Partial<Record<Level, number>>>): RuleDefault {
  return { ...state(seconds), unit: 'event' };
}

function levelsOf(levels: Levels): RuleDefault['levels'] {
  const rows = Object.entries(levels).map(([level, [enter, exit, forS = 0, minSamples = 1]]) => {
    const settings: LevelSettings = {
      ...{ enter: dec(enter), exit: dec(exit), forMs: forS * 1000, minSamples },
    };
    return [level, settings];
  });
  return Object.fromEntries(rows);
}
