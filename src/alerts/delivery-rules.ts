import type { Level, RuleId } from './alert.ts';

/** What the desk file says of one destination. */
export interface DestinationRule {
  readonly id: string;
  /** Destinations of one platform share its pauses: `discord`, `telegram`, `webhook`, … */
  readonly network: string;
  readonly minLevel: Level;
  /** Takes over when this one is broken or slow; null: any other that works. */
  readonly fallback: string | null;
  /** Minutes of the day, in the desk's time zone; `from` may be after `to`. Critical ignores them. */
  readonly quiet: { readonly from: number; readonly to: number } | null;
  readonly canEdit: boolean;
  /** A repeat of a send of unknown outcome cannot show twice. */
  readonly isRepeatable: boolean;
}

export interface EscalationStep {
  readonly afterMs: number;
  readonly to: readonly string[];
}

/** First match wins; absent fields match everything. */
export interface Route {
  readonly match: {
    readonly account?: string;
    readonly venue?: string;
    readonly asset?: string;
    readonly book?: string;
    readonly rule?: RuleId;
    /** This level and worse. */
    readonly level?: Level;
  };
  readonly to: readonly string[];
  readonly escalate: readonly EscalationStep[];
}

/** Where alerts go. Read once from the desk file; a reload hands in a new one. */
export interface DeliverySettings {
  readonly destinations: readonly DestinationRule[];
  readonly routes: readonly Route[];
  readonly timeZone: string;
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** How long a first intent waits for company before it is told. */
export const COLLECT_MS: Readonly<Record<Level, number>> = {
  INFO: 30 * SECOND,
  WARN: 5 * SECOND,
  CRIT: 2 * SECOND,
  EMERG: 0,
};

/** A fire within this time after the end goes on with the same incident. */
export const REOPEN_MS = 10 * MINUTE;
