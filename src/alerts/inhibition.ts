import type { AlertInstance, Intent, Level, Subject } from './alert.ts';
import { LEVELS } from './alert.ts';
import type { InhibitionRule } from './inhibition-rules.ts';
import { isVital } from './inhibition-rules.ts';
import { enterOf, withIntent } from './intent-of.ts';
import { isAtLeast, worstLevel } from './level.ts';
import type { RuleSettings } from './rule-settings.ts';

/** Enough of an instance or an intent to ask whether it may speak. */
export interface Inhibitable extends Pick<AlertInstance, 'fingerprint' | 'rule' | 'subject'> {
  readonly level: Level;
}

export interface Inhibitor {
  /** Fingerprint of the source. */
  readonly by: string;
  /** Id of the inhibition rule. */
  readonly rule: string;
}

export interface InhibitionContext {
  readonly rules: readonly InhibitionRule[];
  readonly now: number;
  /** Where a book has legs. */
  readonly venuesOfBook: (book: string) => readonly string[];
}

/**
 * Who keeps an alert quiet, judged by every instance there is: ask after the whole desk was stepped, or
 * loaded, never in between, or a target that comes before its source slips through.
 */
export function createInhibition(
  instances: Iterable<AlertInstance>,
  context: InhibitionContext,
): (target: Inhibitable) => Inhibitor | null {
  const all = [...instances];
  const sources = context.rules.map((rule) => ({
    rule,
    active: all.filter((instance) => isSource(instance, rule, context.now)),
  }));
  return (target) => {
    if (isVital(target.rule, target.level)) return null;
    for (const { rule, active } of sources) {
      if (!isTarget(target, rule)) continue;
      const source = active.find((each) => isCommon(each.subject, target.subject, rule, context));
      if (source !== undefined) return { by: source.fingerprint, rule: rule.id };
    }
    return null;
  };
}

/** What is on both sides of a rule neither inhibits by it nor is inhibited. */
function isTarget({ rule, level }: Inhibitable, { source, target }: InhibitionRule): boolean {
  const isBoth = source.rules.includes(rule) && target.rules.includes(rule);
  return !isBoth && target.rules.includes(rule) && isAtLeast(target.atMost, level);
}

/** Going on, about to (its targets often fire seconds before it may), or just over. */
function isSource(
  instance: AlertInstance,
  { source, target, lingerMs }: InhibitionRule,
  now: number,
) {
  const { rule, phase, level, breach, peakLevel, resolvedAt } = instance;
  if (!source.rules.includes(rule) || target.rules.includes(rule)) return false;
  if (phase === 'firing' || phase === 'recovering') return isAtLeast(level, source.atLeast);
  const coming = worstLevel(LEVELS.filter((each) => breach[each] !== undefined));
  if (phase === 'pending' && isAtLeast(coming, source.atLeast)) return true;
  const isLingering = resolvedAt !== null && now - resolvedAt < lingerMs;
  return isLingering && isAtLeast(peakLevel, source.atLeast);
}

function isCommon(
  source: Subject,
  target: Subject,
  { equal }: InhibitionRule,
  { venuesOfBook }: InhibitionContext,
): boolean {
  if (equal === 'nothing') return true;
  if (equal === 'account') {
    return 'account' in source && 'account' in target && source.account === target.account;
  }
  if (!('venue' in source)) return false;
  if (target.kind === 'book') return venuesOfBook(target.book).includes(source.venue);
  return 'venue' in target && target.venue === source.venue;
}

export interface Sifted {
  readonly told: readonly Intent[];
  readonly quiet: readonly { readonly intent: Intent; readonly by: Inhibitor | 'never-told' }[];
  /** Fingerprints that went on unheard. */
  readonly held: ReadonlySet<string>;
}

/** Which intents are told of. The end of something that nobody heard of is no news either. */
export function siftIntents(
  intents: readonly Intent[],
  before: ReadonlySet<string>,
  inhibitorOf: (target: Inhibitable) => Inhibitor | null,
): Sifted {
  const held = new Set(before);
  const told: Intent[] = [];
  const quiet: { intent: Intent; by: Inhibitor | 'never-told' }[] = [];
  for (const intent of intents) {
    const { fingerprint, reason } = intent;
    const isEnd = reason === 'RESOLVED' || reason === 'CLOSED' || reason === 'RULE_REMOVED';
    if (isEnd && held.delete(fingerprint)) quiet.push({ intent, by: 'never-told' });
    else {
      // An end is owed to whoever heard of the beginning.
      const by = isEnd ? null : inhibitorOf(intent);
      if (by === null) told.push(intent);
      else quiet.push({ intent, by });
      if (by === null) held.delete(fingerprint);
      else held.add(fingerprint);
    }
  }
  return { told, quiet, held };
}

/**
 * Alerts that were kept quiet, are not any more, and still go on: each is told once now, all under one
 * reason, so that they are one message.
 */
export function liftInhibition(
  held: Iterable<string>,
  of: {
    readonly instances: ReadonlyMap<string, AlertInstance>;
    readonly inhibitorOf: (target: Inhibitable) => Inhibitor | null;
    readonly settingsOf: (instance: AlertInstance) => RuleSettings | null;
    readonly now: number;
  },
): { readonly next: AlertInstance; readonly intent: Intent }[] {
  return [...held].flatMap((fingerprint) => {
    const instance = of.instances.get(fingerprint);
    // What is getting better waits for its end, or for turning back.
    const level = instance?.phase === 'firing' ? instance.level : null;
    if (instance === undefined || level === null) return [];
    if (of.inhibitorOf({ ...instance, level }) !== null) return [];
    const settings = of.settingsOf(instance);
    const sample = { value: null, values: {}, observedAt: instance.valueAt, facts: {} };
    const threshold = settings && enterOf(settings, level);
    const parts = {
      reason: 'INHIBIT_LIFTED',
      level,
      threshold,
      now: of.now,
      offlineMs: null,
    } as const;
    const { next, intents } = withIntent(instance, sample, parts);
    return [{ next, intent: intents[0] }];
  });
}
