import type { Intent, IntentReason, Level, RuleId, Subject } from './alert.ts';
import type { EscalationStep } from './delivery-rules.ts';
import { HOUR, MINUTE } from './delivery-rules.ts';
import { isAtLeast, rankOf, worstLevel } from './level.ts';

/** An intent as it is kept: figures as text, every digit. */
export interface IntentNote extends Omit<Intent, 'value' | 'threshold'> {
  readonly value: string | null;
  readonly threshold: string | null;
}

export function noteOf(intent: Intent): IntentNote {
  const text = (figure: Intent['value']) => figure?.toFixed() ?? null;
  return { ...intent, value: text(intent.value), threshold: text(intent.threshold) };
}

/** One alert inside an incident, as last heard of. */
export interface Member {
  readonly fingerprint: string;
  readonly rule: RuleId;
  readonly subject: Subject;
  readonly episode: number;
  readonly level: Level;
  readonly peakLevel: Level;
  readonly since: number;
  readonly heardAt: number;
  readonly value: string | null;
  readonly firstValue: string | null;
  /** The value at its highest level. */
  readonly peak: string | null;
  readonly threshold: string | null;
  readonly dataAgeMs: number | null;
  readonly facts: Readonly<Record<string, string>>;
  /** Null while it fires. */
  readonly ended: { readonly at: number; readonly why: IntentReason } | null;
  /** What happened once ends by itself; null for what is judged. */
  readonly endsAt: number | null;
}

/** What one destination was told of an incident. */
export interface Told {
  /** The worst level that was said aloud, or is on its way. */
  readonly level: Level;
  /** When something of it arrived; null: not yet. */
  readonly at: number | null;
  /** The newest message of its own; null: none stands there. */
  readonly messageId: string | null;
  /** The digest that speaks for it; null: it has a message of its own. */
  readonly digest: string | null;
}

interface Ack {
  readonly by: string;
  readonly at: number;
  readonly level: Level;
  readonly until: number;
  /** Fingerprints it covers. */
  readonly members: readonly string[];
}

/** The chain as it stood when the level was reached; later changes of the desk file do not touch it. */
export interface Escalation {
  readonly level: Level;
  readonly startedAt: number;
  readonly steps: readonly EscalationStep[];
  readonly loopMs: number;
  /** Keys of the steps that were taken, `loop.step`: each is taken once. */
  readonly done: readonly string[];
}

/** What one message stands for: alerts of one account, venue or asset that are one story. */
export interface Incident {
  /** Short, for people: `/ack k4tz`. */
  readonly id: string;
  readonly key: string;
  readonly kind: 'normal' | 'digest';
  readonly opened: number;
  readonly closed: number | null;
  /** Of what fires now; of a closed one the last. */
  readonly level: Level;
  readonly peak: Level;
  readonly members: Readonly<Record<string, Member>>;
  /** Ids of the incidents a digest speaks for. */
  readonly covers: readonly string[];
  /** What its buttons carry: random, so that nobody can guess one. */
  readonly tokens: Readonly<Record<'ack' | 'snooze' | 'details', string>>;
  readonly told: Readonly<Record<string, Told>>;
  readonly ack: Ack | null;
  readonly ackedBy: string | null;
  readonly snooze: { readonly by: string; readonly level: Level; readonly until: number } | null;
  readonly repeat: { readonly nextAt: number; readonly count: number } | null;
  readonly escalation: Escalation | null;
  /** Rises with every change that a message should show. */
  readonly version: number;
  /** Counts what was queued for it, so that every outbox row has a key of its own. */
  readonly sends: number;
  readonly flaps: number;
  readonly catchUp: CatchUp | null;
}

/** What happened while nobody was watching. */
export interface CatchUp {
  readonly offlineMs: number;
  readonly fresh: number;
  readonly worse: number;
  readonly resolved: number;
}

const OVER: ReadonlySet<IntentReason> = new Set(['RESOLVED', 'CLOSED', 'RULE_REMOVED']);
const ONCE: ReadonlySet<IntentReason> = new Set(['EVENT', 'DRILL']);

/** Says that it is over. */
export function isEnding(reason: IntentReason): boolean {
  return OVER.has(reason);
}

/** Everything but an end and a relief is said aloud. */
export function isLoud(reason: IntentReason): boolean {
  return !OVER.has(reason) && reason !== 'LEVEL_DOWN';
}

/** Data troubles are the venue's story; everything else is told by account, asset, book or desk. */
export function groupKeyOf({
  rule,
  subject,
  facts,
}: Pick<Intent, 'rule' | 'subject' | 'facts'>): string {
  const isData = rule === 'dataAge' || rule === 'venueDown';
  if (isData && 'venue' in subject) return `venue ${subject.venue}`;
  switch (subject.kind) {
    case 'account':
    case 'position':
      return `account ${subject.account}`;
    case 'venue':
      return `venue ${subject.venue}`;
    case 'instrument':
      return `instrument ${subject.instrument}`;
    case 'asset':
      return `asset ${subject.asset}`;
    case 'book':
      return `book ${subject.book}`;
    case 'desk':
      return `desk ${facts['trouble'] ?? rule}`;
  }
}

/** Those that fire now, worst first. */
export function firingMembers({ members }: Pick<Incident, 'members'>): Member[] {
  return Object.values(members)
    .filter(({ ended }) => ended === null)
    .sort((a, b) => rankOf(b.level) - rankOf(a.level) || a.since - b.since);
}

/** The incident after hearing of one of its alerts. */
export function withMember(incident: Incident, intent: IntentNote): Incident {
  const before = incident.members[intent.fingerprint];
  const isSame = before !== undefined && before.episode === intent.episode;
  const member = isEnding(intent.reason)
    ? before && { ...before, heardAt: intent.at, ended: { at: intent.at, why: intent.reason } }
    : memberOf(intent, isSame ? before : undefined);
  if (member === undefined) return incident;
  return relevelled({
    ...incident,
    members: { ...incident.members, [member.fingerprint]: member },
    flaps: Math.max(incident.flaps, intent.flaps),
  });
}

/** Level, peak and version brought up to what its members say. */
export function relevelled(incident: Incident): Incident {
  const level = worstLevel(firingMembers(incident).map((member) => member.level));
  return {
    ...incident,
    level: level ?? incident.level,
    peak: rankOf(level) > rankOf(incident.peak) ? (level as Level) : incident.peak,
    version: incident.version + 1,
  };
}

/** Long enough to be seen in a digest that was open when it happened. */
const NEWS_MS = 5 * MINUTE;

function memberOf(intent: IntentNote, before: Member | undefined): Member {
  const { fingerprint, rule, subject, episode, level, at, value, threshold, dataAgeMs, facts } =
    intent;
  const isWorst = rankOf(level) >= rankOf(before?.peakLevel ?? null);
  const once = intent.reason === 'EVENT' ? (isAtLeast(level, 'CRIT') ? HOUR : NEWS_MS) : 0;
  return {
    ...{ fingerprint, rule, subject, episode, level, threshold, dataAgeMs, facts },
    value: value ?? before?.value ?? null,
    firstValue: before === undefined ? value : before.firstValue,
    peak: isWorst ? (value ?? before?.peak ?? null) : (before?.peak ?? null),
    peakLevel: isWorst ? level : (before?.peakLevel ?? level),
    since: before?.since ?? at,
    heardAt: at,
    ended: null,
    endsAt: ONCE.has(intent.reason) ? at + once : null,
  };
}
