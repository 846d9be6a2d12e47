import { err, ok, type Result } from '../domain/result.ts';
import type { Level, RuleId, Subject } from './alert.ts';
import { HOUR } from './delivery-rules.ts';
import { isAtLeast, rankOf } from './level.ts';

/** What a silence keeps quiet; absent fields match everything. */
export interface SilenceMatch {
  readonly account?: string;
  readonly venue?: string;
  readonly asset?: string;
  readonly rule?: RuleId;
}

/** Always ends. Keeps quiet what matches, up to a level. */
export interface Silence {
  readonly id: string;
  readonly match: SilenceMatch;
  readonly level: Level;
  readonly by: string;
  /** Who else agreed; without a second person EMERG stays loud. */
  readonly secondBy: string | null;
  readonly reason: string;
  readonly starts: number;
  readonly ends: number;
  /** Told that it ended. */
  readonly isOver: boolean;
}

export type SilenceRefusal = 'too-long' | 'too-long-for-crit' | 'no-end' | 'matches-everything';

const LONGEST_MS = 24 * HOUR;
const LONGEST_CRIT_MS = 4 * HOUR;

/** Checks the bounds: 24 h, 4 h from CRIT on, and never the whole desk at CRIT. */
export function makeSilence(
  asked: Omit<Silence, 'secondBy' | 'isOver' | 'ends'> & { readonly forMs: number },
): Result<Silence, SilenceRefusal> {
  const { forMs, ...rest } = asked;
  const isCritical = isAtLeast(asked.level, 'CRIT');
  if (!(forMs > 0)) return err('no-end');
  if (forMs > LONGEST_MS) return err('too-long');
  if (isCritical && forMs > LONGEST_CRIT_MS) return err('too-long-for-crit');
  if (isCritical && Object.keys(asked.match).length === 0) return err('matches-everything');
  return ok({ ...rest, secondBy: null, ends: asked.starts + forMs, isOver: false });
}

/** Keeps this quiet at that level, now. */
export function silences(
  silence: Silence,
  alert: { readonly rule: RuleId; readonly subject: Subject; readonly level: Level },
  now: number,
): boolean {
  if (silence.isOver || now < silence.starts || now >= silence.ends) return false;
  const most = silence.level === 'EMERG' && silence.secondBy === null ? 'CRIT' : silence.level;
  return rankOf(alert.level) <= rankOf(most) && matchesSubject(silence.match, alert);
}

/** A field that the subject does not have does not match. */
export function matchesSubject(
  match: SilenceMatch & { readonly book?: string },
  { rule, subject }: { readonly rule: RuleId; readonly subject: Subject },
): boolean {
  const has = (field: string, wanted: string | undefined) =>
    wanted === undefined || Reflect.get(subject, field) === wanted;
  return (
    (match.rule === undefined || match.rule === rule) &&
    has('account', match.account) &&
    has('venue', match.venue) &&
    has('book', match.book) &&
    (match.asset === undefined || assetOf(subject) === match.asset)
  );
}

function assetOf(subject: Subject): string | null {
  if ('asset' in subject) return subject.asset;
  return 'instrument' in subject ? (subject.instrument.split('/')[0] ?? null) : null;
}
