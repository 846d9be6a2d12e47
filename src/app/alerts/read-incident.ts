import { firingMembers, type Incident } from '../../alerts/incident.ts';
import type { Report } from '../../commentary/sheet.ts';
import type { AccountId } from '../../domain/units.ts';
import { asAccountId } from '../../domain/units.ts';
import type { Locale } from '../../replies/translate.ts';
import type { Commentator } from '../commentary/commentator.ts';
import type { AlertVoice } from './alert-words.ts';

/** A short reading of the accounts an incident is about. */
interface IncidentRead {
  /** By the rules, or by a plan that is still in memory. */
  readonly now: readonly string[];
  /** When a model has ranked it and the desk has not moved; else null. Never rejects. */
  later(): Promise<readonly string[] | null>;
}

/** Null: there is nothing to say, or nothing to read. */
export type ReadIncident = (incident: Incident, locale: Locale) => Promise<IncidentRead | null>;

export function createReadIncident(deps: {
  readonly commentator: Commentator;
  /** The desk that alerts are judged on; null: nobody watches yet. */
  readonly report: () => Report | null;
  readonly voices: Readonly<Record<Locale, AlertVoice>>;
}): ReadIncident {
  return async (incident, locale) => {
    const about = accountsOf(incident);
    const report = about.size > 0 ? deps.report() : null;
    if (report === null) return null;
    const reader = { ...deps.voices[locale], locale, trigger: 'alert', about } as const;
    const read = await deps.commentator.read(report, { ...reader, priority: 'critical' });
    if (read.now.verified.shown === 0) return null;
    return {
      now: read.now.paragraphs,
      later: async () => {
        const found = await read.later();
        // That a model failed is no reason to touch an alert again.
        return found !== null && found !== 'moved' && found.mode === 'plan'
          ? found.paragraphs
          : null;
      },
    };
  };
}

function accountsOf(incident: Incident): ReadonlySet<AccountId> {
  const subjects = firingMembers(incident).map(({ subject }) => subject);
  return new Set(
    subjects.flatMap((subject) => ('account' in subject ? [asAccountId(subject.account)] : [])),
  );
}
