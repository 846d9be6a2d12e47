import type { AlertInstance } from '../../../src/alerts/alert.ts';
import type { AlertView } from '../../../src/alerts/look/alert-view.ts';
import { type ChangesInput, changesOf } from '../../../src/alerts/look/changes-of.ts';
import { missingSamples } from '../../../src/alerts/look/missing-samples.ts';
import { isWholeAndFresh } from '../../../src/alerts/look/sample-at.ts';
import { samplesOf } from '../../../src/alerts/look/samples-of.ts';
import { resolveSettings } from '../../../src/alerts/resolve-settings.ts';
import type { AlertPatches } from '../../../src/alerts/rule-patch.ts';
import type { AlertSettings } from '../../../src/alerts/rule-settings.ts';
import { settingsFor } from '../../../src/alerts/rule-settings.ts';
import { stepEvent } from '../../../src/alerts/step-event.ts';
import { stepInstance } from '../../../src/alerts/step-instance.ts';
import type { AccountSnapshot, Gap } from '../../../src/portfolio/snapshot.ts';
import { assessDesk } from '../../../src/risk/assess-desk.ts';
import { judgeDesk } from '../../../src/risk/probability/judge-desk.ts';
import { STALE_AFTER } from '../series.ts';

/** A view of these accounts at that second. */
export function viewAt(
  seconds: number,
  accounts: readonly AccountSnapshot[],
  changes: Partial<AlertView> = {},
): AlertView {
  const now = seconds * 1000;
  const desk = judgeDesk(assessDesk({ accounts, takenAt: now }), {
    ...{ outlooks: new Map(), fundingAnnual: new Map(), depth: new Map(), simulation: null },
  });
  return {
    ...{ desk, now, sequence: now, staleAfterMs: STALE_AFTER, startedAt: 0, isSettling: false },
    ...{ hedgedBooks: [], marks: new Map(), funding: [], adl: [], coins: [], clocks: [] },
    ...changes,
  };
}

/** The account as read at that second. */
export function readAt(
  account: AccountSnapshot,
  seconds: number,
  gaps: Gap[] = [],
): AccountSnapshot {
  const at = seconds * 1000;
  const margin = account.margin && { ...account.margin, observedAt: at };
  return { ...account, positionsAt: at, margin, gaps };
}

export function gap(kind: Gap['kind'], scope: Gap['scope']): Gap {
  return {
    ...{ account: 'a' as Gap['account'], venue: 'bybit', kind, scope },
    ...{ detail: { code: 'unexpected' }, retryAfterMs: null, lastGoodAt: null },
  };
}

export function settingsOf(patches: AlertPatches = {}): AlertSettings {
  const settings = resolveSettings(patches);
  if (!settings.ok) throw new Error(JSON.stringify(settings.error));
  return settings.value;
}

/** Looks at one view after the other, as the program does, and collects every intent. */
export function watcher(settings: AlertSettings = settingsOf()) {
  const instances = new Map<string, AlertInstance>();
  const whole = new Map<string, AccountSnapshot>();
  const told: string[] = [];
  return {
    told,
    instances,
    look(view: AlertView, more: Partial<ChangesInput> = {}): string[] {
      const from = told.length;
      const { now } = view;
      const samples = samplesOf(view, settings);
      const missing = missingSamples(instances.values(), samples, view);
      const given = { view, settings, before: whole, expected: [], told: [], ...more };
      for (const happening of changesOf(given)) {
        const { fingerprint } = happening.sample;
        const of = { now, ruleVersion: '', offlineMs: null };
        const step = stepEvent(instances.get(fingerprint) ?? null, happening, of);
        instances.set(fingerprint, step.next);
        told.push(...step.intents.map((intent) => `${intent.facts['change']} ${intent.level}`));
      }
      for (const sample of [...samples, ...missing]) {
        const chosen = settingsFor(settings, sample.rule, sample.scope);
        const context = { settings: chosen, now, staleAfterMs: view.staleAfterMs, resumed: null };
        const step = stepInstance(instances.get(sample.fingerprint) ?? null, sample, context);
        instances.set(sample.fingerprint, step.next);
        told.push(...step.intents.map(({ rule, reason, level }) => `${rule} ${reason} ${level}`));
      }
      for (const { account } of view.desk.accounts) {
        if (isWholeAndFresh(account, view)) whole.set(account.account.id, account);
      }
      return told.slice(from);
    },
  };
}
