import type { Incident } from '../../alerts/incident.ts';
import { firingMembers } from '../../alerts/incident.ts';
import { isAtLeast } from '../../alerts/level.ts';
import type { PlanEvent } from '../protection/plan-event.ts';

/** What happened to one account in a drill; instants in the drill's time, null: it did not. */
export interface AccountTimeline {
  readonly account: string;
  /** The first look at which a figure of it was over a line. */
  readonly overAt: number | null;
  readonly toldAt: number | null;
  readonly criticalAt: number | null;
  readonly ackedAt: number | null;
  readonly plan: PlanEvent | null;
  /** When its venue would have liquidated something of it. */
  readonly liquidatedAt: number | null;
}

/** Lead of the first critical message over the liquidation; null: there was no liquidation or no message. */
export function leadOf({ criticalAt, liquidatedAt }: AccountTimeline): number | null {
  if (criticalAt === null || liquidatedAt === null || criticalAt >= liquidatedAt) return null;
  return liquidatedAt - criticalAt;
}

/** Liquidated without a critical message before: what must never be. */
export function isMissed(timeline: AccountTimeline): boolean {
  return timeline.liquidatedAt !== null && leadOf(timeline) === null;
}

/** Writes down the first time of everything, account by account. */
export interface DrillLog {
  over(account: string, at: number): void;
  /** A message that arrived aloud, for these incidents. */
  told(incidents: readonly Incident[], at: number): void;
  planned(event: PlanEvent): void;
  liquidated(account: string, at: number): void;
  timelines(): readonly AccountTimeline[];
}

type Entry = { -readonly [key in keyof AccountTimeline]: AccountTimeline[key] };

export function createDrillLog(accounts: readonly string[]): DrillLog {
  const entries = new Map<string, Entry>(
    accounts.map((account) => [
      account,
      {
        ...{ account, overAt: null, toldAt: null, criticalAt: null, ackedAt: null },
        ...{ plan: null, liquidatedAt: null },
      },
    ]),
  );
  const first = (
    account: string,
    what: 'overAt' | 'toldAt' | 'criticalAt' | 'ackedAt' | 'liquidatedAt',
    at: number,
  ) => {
    const entry = entries.get(account);
    if (entry) entry[what] ??= at;
  };
  return {
    over: (account, at) => first(account, 'overAt', at),
    liquidated: (account, at) => first(account, 'liquidatedAt', at),
    told(incidents, at) {
      for (const incident of incidents) {
        for (const { subject, level } of firingMembers(incident)) {
          if (!('account' in subject)) continue;
          first(subject.account, 'toldAt', at);
          if (isAtLeast(level, 'CRIT')) first(subject.account, 'criticalAt', at);
          if (incident.ack !== null) first(subject.account, 'ackedAt', at);
        }
      }
    },
    planned(event) {
      const entry = entries.get(event.account);
      if (entry) entry.plan ??= event;
    },
    timelines: () => [...entries.values()],
  };
}
