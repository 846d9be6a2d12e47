import type { Decimal } from '../domain/decimal.ts';
import type { AlertInstance } from './alert.ts';

/** What made an alert change; for the history, and for whoever redraws its message. */
export type AlertCause =
  | 'fired'
  /** It crossed, but not for long enough: nobody was told. */
  | 'not-held'
  | 'level-up'
  | 'level-down'
  | 'recovering'
  | 'back'
  | 'resolved'
  | 'closed'
  | 'rule-removed'
  /** Only what is known of it changed: fresh, stale, error. */
  | 'data'
  /** It happened once. */
  | 'happened';

/** A line of the append-only history. */
export interface AlertEvent {
  readonly at: number;
  readonly fingerprint: string;
  readonly episode: number;
  readonly cause: AlertCause;
  readonly from: Pick<AlertInstance, 'phase' | 'level' | 'data'>;
  readonly to: Pick<AlertInstance, 'phase' | 'level' | 'data'>;
  readonly value: Decimal | null;
  readonly threshold: Decimal | null;
}

/** The line for a change. */
export function eventOf(
  from: AlertInstance,
  to: AlertInstance,
  { at, cause, threshold }: Pick<AlertEvent, 'at' | 'cause' | 'threshold'>,
): AlertEvent {
  const { fingerprint, episode, value } = to;
  const face = ({ phase, level, data }: AlertInstance) => ({ phase, level, data });
  return { at, fingerprint, episode, cause, from: face(from), to: face(to), value, threshold };
}
