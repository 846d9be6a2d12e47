import type { Pressed, PressRefusal } from '../../alerts/acknowledge.ts';
import type { Level, RuleId, Subject } from '../../alerts/alert.ts';
import type { Incident, Member } from '../../alerts/incident.ts';
import { firingMembers } from '../../alerts/incident.ts';
import { RULE_DEFAULTS } from '../../alerts/rule-defaults.ts';
import { parseDecimal } from '../../domain/decimal.ts';
import type { Result } from '../../domain/result.ts';
import type { Formatter } from '../../replies/format.ts';
import type { Severity } from '../../replies/reply.ts';
import type { Translate } from '../../replies/translate.ts';

/** One language's words and figures. */
export interface AlertVoice {
  readonly say: Translate;
  readonly format: Formatter;
}

const SEVERITIES: Readonly<Record<Level, Severity>> = {
  INFO: 'watch',
  WARN: 'warn',
  CRIT: 'crit',
  EMERG: 'emerg',
};

export function severityOf(level: Level): Severity {
  return SEVERITIES[level];
}

/** What an alert is about, in a few words. */
export function whereOf(subject: Subject, { say }: AlertVoice): string {
  switch (subject.kind) {
    case 'desk':
      return say('alert.desk');
    case 'venue':
      return subject.venue;
    case 'account':
      return subject.account;
    case 'position':
      return `${subject.account} ${subject.instrument} ${say(`side.${subject.side}`)}`;
    case 'instrument':
      return `${subject.instrument} ${subject.venue}`;
    case 'asset':
      return subject.asset;
    case 'book':
      return `${subject.book} ${subject.asset}`;
  }
}

function ruleName(rule: RuleId, { say }: AlertVoice): string {
  return say(`alert.rule.${rule}`);
}

const CHANGES = [
  'opened',
  'closed',
  'resized',
  'stop-filled',
  'take-profit-filled',
  'deleveraged',
  'liquidated',
] as const;
const STOPS = ['missing', 'beyond', 'too-far'] as const;

/** What an alert says in a few words: of a rule with several things to say, which of them. */
export function whatOf({ rule, facts }: Pick<Member, 'rule' | 'facts'>, voice: AlertVoice): string {
  const change = CHANGES.find((each) => each === facts['change']);
  if (change !== undefined) return voice.say(`alert.change.${change}`);
  const stop = STOPS.find((each) => rule === 'missingStop' && each === facts['stop']);
  return stop === undefined ? ruleName(rule, voice) : voice.say(`alert.stop.${stop}`);
}

/** A figure in the unit of its rule, rounded to the side that warns earlier; null for what has none. */
export function valueText(
  rule: RuleId,
  text: string | null,
  { format }: AlertVoice,
): string | null {
  const value = parseDecimal(text);
  const { unit, crosses } = RULE_DEFAULTS[rule];
  if (value === null) return null;
  const rounding = crosses === 'above' || crosses === 'at-or-above' ? 'up' : 'down';
  switch (unit) {
    case 'percent':
      return format.percent(value, rounding);
    case 'factor':
      return format.multiple(value, rounding);
    case 'duration':
      return format.age(value.toNumber());
    default:
      return null;
  }
}

/** What to ask next; it shows what the message cannot. */
export function nextCommand({ rule, subject }: Pick<Member, 'rule' | 'subject'>): string {
  if (rule === 'blind' || rule === 'dataAge' || rule === 'venueDown' || rule === 'clockOff') {
    return '/status';
  }
  switch (subject.kind) {
    case 'account':
    case 'position':
      return rule === 'marginUsage' || rule === 'venueStatus'
        ? `/margin ${subject.account}`
        : `/liq ${subject.account}`;
    case 'asset':
      return `/exposure ${subject.asset}`;
    case 'book':
      return `/exposure ${subject.asset}`;
    case 'instrument':
      return `/positions ${subject.instrument.split('/')[0]}`;
    case 'venue':
      return '/status';
    case 'desk':
      return rule === 'concentration' ? '/exposure' : '/margin';
  }
}

/** The member that an incident is named after: the worst that fires, else the one that was worst. */
export function leadOf(incident: Incident): Member | undefined {
  const [firing] = firingMembers(incident);
  if (firing) return firing;
  const all = Object.values(incident.members);
  return all.find(({ peakLevel }) => peakLevel === incident.peak) ?? all[0];
}

/** What a press did, or why it did nothing, in one sentence. */
export function pressWords(
  done: Result<Pressed, PressRefusal | { readonly kind: 'not-kept'; readonly fault: string }>,
  asked: { readonly incident: string; readonly verb: 'ack' | 'snooze' },
  { say, format }: AlertVoice,
): string {
  const id = asked.incident;
  if (done.ok) {
    const words = { id, time: format.time(done.value.until) };
    return asked.verb === 'ack'
      ? say('alert.press.acked', words)
      : say('alert.press.snoozed', words);
  }
  const { error } = done;
  switch (error.kind) {
    case 'already':
      return say('alert.press.already', { id, person: error.by, time: format.time(error.until) });
    case 'not-kept':
      return say('alert.press.notKept', { reason: error.fault });
    case 'over':
      return say('alert.press.over', { id });
    case 'unknown':
      return say('alert.press.unknown', { id });
  }
}
