import type { Level } from './alert.ts';

/** Intents that wait for company. */
export interface CollectWindow {
  readonly until: number;
  readonly parcels: readonly string[];
}

/** One message for a storm. */
export interface Digest {
  readonly incident: string;
  readonly lastFiringAt: number;
  readonly lastLoudAt: number;
  readonly lastEditAt: number;
  readonly isDirty: boolean;
  /** Incidents newly critical, not yet said aloud. */
  readonly waiting: readonly string[];
}

export type CallKind = 'emerg' | 'loud' | 'silent' | 'edit';

/** Where delivery to one destination stands. */
export interface DestinationState {
  readonly id: string;
  /** Null: it works. */
  readonly broken: { readonly since: number; readonly tryAgainAt: number } | null;
  readonly blockedUntil: number;
  /** After a pause the platform asked for, half the pace until then. */
  readonly slowUntil: number;
  readonly lastSuccessAt: number | null;
  /** Where a group moved to; null: where the desk file says. */
  readonly chat: string | null;
  readonly windows: Readonly<Partial<Record<Level, CollectWindow>>>;
  /** Held until quiet hours end. */
  readonly held: CollectWindow | null;
  readonly digest: Digest | null;
  /** What went out within the last minute. */
  readonly calls: readonly { readonly at: number; readonly kind: CallKind }[];
}

export function freshDestination(id: string): DestinationState {
  return {
    id,
    broken: null,
    blockedUntil: 0,
    slowUntil: 0,
    lastSuccessAt: null,
    chat: null,
    windows: {},
    held: null,
    digest: null,
    calls: [],
  };
}
