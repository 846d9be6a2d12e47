import type { AlertInstance, Level } from './alert.ts';
import type { AlertCause } from './alert-event.ts';
import { eventOf } from './alert-event.ts';
import { breachAfter, confirmedLevel, heldLevel } from './breach.ts';
import { keepMsOf, reopenedWhenFiring } from './flapping.ts';
import { enterOf, type IntentParts, withIntent } from './intent-of.ts';
import { rankOf } from './level.ts';
import { removeInstance } from './remove-instance.ts';
import type { RuleSettings } from './rule-settings.ts';
import type { Sample } from './sample.ts';
import type { Step } from './step-instance.ts';
import { isWorse, type Standings, standingsOf } from './weigh-sample.ts';

export interface JudgeContext {
  readonly settings: RuleSettings;
  readonly now: number;
  /** How long nobody was watching, when this is the first fresh look since; else null. */
  readonly offlineMs: number | null;
  /** After a pause, until every account was read once: nothing is called over yet. */
  readonly isSettling: boolean;
}

interface Turn extends JudgeContext {
  readonly before: AlertInstance;
  readonly sample: Sample;
  /** What was seen, not yet what follows from it. */
  readonly seen: AlertInstance;
  readonly standings: Standings;
  /** The settings are others than those it was judged by before. */
  readonly isEdited: boolean;
}

/** A fresh sample of something that is there. */
export function judgeSample(before: AlertInstance, sample: Sample, context: JudgeContext): Step {
  const { settings, now } = context;
  const standings = standingsOf(sample, settings);
  const isEdited = before.ruleVersion !== settings.version;
  const seen = takeIn(before, sample, { ...context, standings, isEdited });
  const turn: Turn = { ...context, before, sample, seen, standings, isEdited };
  const of = { settings, forMs: sample.forMs, now };
  const risen = confirmedLevel(seen.breach, standings, of);
  if (before.level === null) return risen === null ? wait(turn) : fire(turn, risen);
  if (rankOf(risen) > rankOf(before.level)) return raise(turn, risen as Level);
  const held = heldLevel(standings, before.level);
  if (rankOf(held) >= rankOf(before.level)) return stay(turn);
  return recover(turn, before.level, held);
}

function takeIn(
  before: AlertInstance,
  sample: Sample,
  of: JudgeContext & Pick<Turn, 'standings' | 'isEdited'>,
): AlertInstance {
  const { now, offlineMs, settings } = of;
  const wasDark = before.data !== 'fresh';
  const sinceLastMs = before.judgedAt === null ? 0 : now - before.judgedAt;
  const breach = breachAfter(of.isEdited ? {} : before.breach, of.standings, {
    start: now - (offlineMs ?? 0),
    frozenMs: wasDark && offlineMs === null ? sinceLastMs : 0,
    sinceLastMs,
  });
  const value = sample.value?.isFinite() === true ? sample.value : null;
  const { peak } = before;
  return {
    ...before,
    ...{ breach, data: 'fresh', judgedAt: now, sequence: sample.sequence },
    ruleVersion: settings.version,
    dataSince: wasDark ? now : before.dataSince,
    value: value ?? before.value,
    valueAt: value === null ? before.valueAt : sample.observedAt,
    peak:
      value !== null && (peak === null || isWorse(value, peak, settings.crosses)) ? value : peak,
  };
}

/** Nothing is confirmed: it begins, goes on waiting, or was nothing. */
function wait(turn: Turn): Step {
  const { seen, before } = turn;
  if (Object.keys(seen.breach).length > 0) {
    return step(turn, { ...seen, phase: 'pending' }, null);
  }
  return step(turn, { ...seen, phase: 'ok' }, before.phase === 'pending' ? 'not-held' : null);
}

function fire(turn: Turn, level: Level): Step {
  const { seen, before, now, offlineMs } = turn;
  const next: AlertInstance = {
    ...seen,
    ...{ phase: 'firing', level, peak: seen.value, peakLevel: level, keep: null },
    ...{ episode: before.episode + 1, firedAt: now, resolvedAt: null, intents: 0 },
    reopened: reopenedWhenFiring(before, now),
  };
  const reason = offlineMs === null ? 'FIRST' : 'CATCH_UP';
  return step(turn, next, 'fired', { reason, level });
}

function raise(turn: Turn, level: Level): Step {
  const { peakLevel } = turn.before;
  const highest = rankOf(level) > rankOf(peakLevel) ? level : peakLevel;
  const next: AlertInstance = {
    ...turn.seen,
    phase: 'firing',
    level,
    peakLevel: highest,
    keep: null,
  };
  return step(turn, next, 'level-up', { reason: 'LEVEL_UP', level });
}

function stay(turn: Turn): Step {
  const cause = turn.before.phase === 'recovering' ? 'back' : null;
  return step(turn, { ...turn.seen, phase: 'firing', keep: null }, cause);
}

/** Better than its level. It falls when it has been so for long enough, on fresh samples alone. */
function recover(turn: Turn, from: Level, to: Level | null): Step {
  const { before, seen, sample, settings, now, offlineMs, isEdited } = turn;
  if (isEdited && to === null) {
    const end = removeInstance(seen, sample, { reason: 'RULE_REMOVED', now, offlineMs });
    return { ...end, event: end.event && { ...end.event, from: before } };
  }
  const isUnbroken = before.data === 'fresh' && offlineMs === null && !isEdited;
  const keep = (isUnbroken ? before.keep : null) ?? { since: now, samples: 0 };
  const run = { since: keep.since, samples: keep.samples + 1 };
  const isLong = now - run.since >= keepMsOf(before, settings.keepMs, now);
  const isOver = isLong && run.samples >= settings.keepSamples;
  if (!isOver || (to === null && turn.isSettling)) {
    const cause = before.phase === 'firing' ? 'recovering' : null;
    return step(turn, { ...seen, phase: 'recovering', keep: run }, cause);
  }
  if (to !== null) {
    const next: AlertInstance = { ...seen, phase: 'firing', level: to, keep: null };
    return step(turn, next, 'level-down', { reason: 'LEVEL_DOWN', level: to });
  }
  const next: AlertInstance = {
    ...seen,
    ...{ phase: 'ok', level: null, keep: null, breach: {}, resolvedAt: now },
  };
  return step(turn, next, 'resolved', { reason: 'RESOLVED', level: before.peakLevel ?? from });
}

function step(
  { before, sample, settings, now, offlineMs }: Turn,
  next: AlertInstance,
  cause: AlertCause | null,
  told?: Pick<IntentParts, 'reason' | 'level'>,
): Step {
  const isLit = before.data !== 'fresh' && before.phase !== 'ok';
  const seenAs = cause ?? (isLit ? 'data' : null);
  const threshold = told === undefined ? null : enterOf(settings, told.level);
  const event = seenAs && eventOf(before, next, { at: now, cause: seenAs, threshold });
  if (told === undefined) return { next, intents: [], event };
  return { ...withIntent(next, sample, { ...told, threshold, now, offlineMs }), event };
}
