import type { Decimal } from '../domain/decimal.ts';
import type { Side } from '../domain/position.ts';

/** Ascending. */
export const LEVELS = ['INFO', 'WARN', 'CRIT', 'EMERG'] as const;
export type Level = (typeof LEVELS)[number];

/** Keys of `alerts` in the desk file, `rule` in JSON. */
export const RULE_IDS = [
  'marginUsage',
  'healthFactor',
  'liquidationDistance',
  'liquidationProbability',
  'pooledMargin',
  'hedgeRatio',
  'concentration',
  'priceMove',
  'missingStop',
  'funding',
  'adlRank',
  'venueStatus',
  'dataAge',
  'venueDown',
  'blind',
  'liquidated',
  'stopFilled',
  'positionChanged',
  'depeg',
  'clockOff',
] as const;
export type RuleId = (typeof RULE_IDS)[number];

/** What an alert is about. Part of its identity; level, value and words never are. */
export type Subject =
  | { readonly kind: 'desk' }
  | { readonly kind: 'venue'; readonly venue: string }
  | { readonly kind: 'account'; readonly venue: string; readonly account: string }
  | {
      readonly kind: 'position';
      readonly venue: string;
      readonly account: string;
      /** ccxt's unified symbol. */
      readonly instrument: string;
      readonly side: Side;
      /** Given where a venue may hold a cross and an isolated leg of one instrument and side at once. */
      readonly isolated?: true;
    }
  | {
      readonly kind: 'instrument';
      readonly venue: string;
      /** ccxt's unified symbol. */
      readonly instrument: string;
    }
  | { readonly kind: 'asset'; readonly asset: string }
  | { readonly kind: 'book'; readonly book: string; readonly asset: string };

/** `fresh`: judged on a reading that is young enough. Else the value is the last known one, with its age. */
export type DataState = 'fresh' | 'stale' | 'error';

/** Where one alert is. A row of the store; everything a restart must know is in it. */
export interface AlertInstance {
  /** Hash of rule and subject, 32 hexadecimal digits. */
  readonly fingerprint: string;
  readonly rule: RuleId;
  readonly subject: Subject;
  readonly phase: 'ok' | 'pending' | 'firing' | 'recovering';
  /** Null until it fires. */
  readonly level: Level | null;
  /** As last seen on fresh data, and when that was observed. */
  readonly value: Decimal | null;
  readonly valueAt: number | null;
  /** The worst value of this episode, and its highest level. */
  readonly peak: Decimal | null;
  readonly peakLevel: Level | null;
  readonly data: DataState;
  readonly dataSince: number;
  /** Since when each level's threshold has been crossed without a break, and over how many samples. */
  readonly breach: Readonly<
    Partial<Record<Level, { readonly since: number; readonly samples: number }>>
  >;
  /** Since when it has been better than its level allows, and over how many samples. */
  readonly keep: { readonly since: number; readonly samples: number } | null;
  /** Counts the times it went from ok to firing. */
  readonly episode: number;
  /** When this episode fired; null when it never did. */
  readonly firedAt: number | null;
  readonly resolvedAt: number | null;
  /** Times it fired again within the reopen window, newest last, epoch ms; bounded. */
  readonly reopened: readonly number[];
  /** Of the last sample taken in: older ones and repeats change nothing. */
  readonly sequence: number;
  /** When it was last judged on fresh data; null when it never was. */
  readonly judgedAt: number | null;
  /** Counts the intents of this episode, so that each has an id of its own. */
  readonly intents: number;
  /** Which version of the rule's settings it was judged by. */
  readonly ruleVersion: string;
}

export type IntentReason =
  | 'FIRST'
  | 'CATCH_UP'
  | 'LEVEL_UP'
  | 'LEVEL_DOWN'
  | 'RESOLVED'
  /** The position or account is gone, seen on a fresh and complete reading. */
  | 'CLOSED'
  | 'RULE_REMOVED'
  /** Still firing: worse by enough, or the heartbeat is due. */
  | 'REPEAT'
  | 'ACK_EXPIRED'
  | 'SNOOZE_ENDED'
  | 'SILENCE_ENDED'
  | 'INHIBIT_LIFTED'
  /** Something that happened once: liquidated, stop filled, position changed. */
  | 'EVENT'
  | 'DRILL';

/** Somebody should hear of this. What becomes of it is always on record. */
export interface Intent {
  /** Derived from fingerprint, episode, reason, level and number: a replay makes the same one. */
  readonly id: string;
  readonly fingerprint: string;
  readonly rule: RuleId;
  readonly subject: Subject;
  readonly episode: number;
  readonly reason: IntentReason;
  /** The level it has now; where it ended, the highest of the episode. */
  readonly level: Level;
  readonly at: number;
  /** What was seen, for the words; null where nothing can be said. */
  readonly value: Decimal | null;
  /** The threshold that was crossed; null for events. */
  readonly threshold: Decimal | null;
  /** How old the value was. */
  readonly dataAgeMs: number | null;
  /** How often it fired again within the reopen window: above 0 it is the same incident as before. */
  readonly flaps: number;
  /** How long nobody was watching before this was seen; null in ordinary running. */
  readonly offlineMs: number | null;
  /** Figures and names for the sentence, by rule. Texts from outside are data, never markup. */
  readonly facts: Readonly<Record<string, string>>;
}
