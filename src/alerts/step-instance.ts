import type { AlertInstance, DataState, Intent } from './alert.ts';
import type { AlertEvent } from './alert-event.ts';
import { eventOf } from './alert-event.ts';
import { judgeSample } from './judge-sample.ts';
import { newInstance, withoutFuture } from './new-instance.ts';
import { removeInstance } from './remove-instance.ts';
import type { RuleSettings } from './rule-settings.ts';
import type { Sample } from './sample.ts';
import { dataOf } from './weigh-sample.ts';

export interface StepContext {
  /** Null: the rule is off here, or not in the desk file any more. */
  readonly settings: RuleSettings | null;
  /** Epoch ms that no clock step moves; see steadyTime. */
  readonly now: number;
  /** A reading older than this is stale. */
  readonly staleAfterMs: number;
  /**
   * Given from the return after a pause (start, sleep) until every account was read once: since when
   * nobody was watching, and until when. Nothing resolves meanwhile. An alert not judged since then is judged as if what is crossed
   * now had been crossed all the while: better a word too many than an hour lost.
   */
  readonly resumed: { readonly offlineSince: number; readonly at: number } | null;
}

export interface Step {
  readonly next: AlertInstance;
  readonly intents: readonly Intent[];
  /** For the history; null when nothing changed that anybody should read of. */
  readonly event: AlertEvent | null;
}

/**
 * One alert, one sample further. Decides only: the caller stores `next`, the event and what becomes of
 * the intents in one commit. A sample that is not newer than the last changes nothing at all; data that
 * is not fresh changes only what is said of the data.
 */
export function stepInstance(
  instance: AlertInstance | null,
  sample: Sample,
  context: StepContext,
): Step {
  const { settings, now, resumed } = context;
  const ruleVersion = settings?.version ?? '';
  const before =
    instance === null ? newInstance(sample, { now, ruleVersion }) : withoutFuture(instance, now);
  if (sample.sequence <= before.sequence) return { next: before, intents: [], event: null };
  const isBack = resumed !== null && (before.judgedAt === null || before.judgedAt < resumed.at);
  const offlineMs = isBack ? Math.max(0, now - resumed.offlineSince) : null;
  if (settings === null) {
    return removeInstance(before, sample, { reason: 'RULE_REMOVED', now, offlineMs });
  }
  const data = dataOf(sample, settings, context);
  if (data !== 'fresh') return withData(before, { data, now, sequence: sample.sequence });
  if (sample.presence === 'absent') {
    return removeInstance(before, sample, { reason: 'CLOSED', now, offlineMs });
  }
  return judgeSample(before, sample, { settings, now, offlineMs, isSettling: resumed !== null });
}

/** No fall, no end, and what is pending neither grows nor clears. */
function withData(
  before: AlertInstance,
  to: { readonly data: DataState; readonly now: number; readonly sequence: number },
): Step {
  const { data, now, sequence } = to;
  if (before.data === data) return { next: { ...before, sequence }, intents: [], event: null };
  const next: AlertInstance = { ...before, data, dataSince: now, sequence };
  if (before.phase === 'ok') return { next, intents: [], event: null };
  return {
    next,
    intents: [],
    event: eventOf(before, next, { at: now, cause: 'data', threshold: null }),
  };
}
