import { firingMembers, type Incident, type Member } from '../../src/alerts/incident.ts';
import { rankOf } from '../../src/alerts/level.ts';
import type { PastAct } from '../../src/app/actions/action-desk.ts';
import { severityOf, valueText, whatOf, whereOf } from '../../src/app/alerts/alert-words.ts';
import type { CommandContext } from '../../src/app/command.ts';
import type { Table } from '../../src/replies/reply.ts';
import { numbers, tableOf, words } from '../../src/replies/table-of.ts';
import { actText } from './action-text.ts';

/** An alert of the day that is over. */
export interface EndedAlert {
  readonly incident: Incident;
  readonly member: Member;
}

/** What began or was still on since then and fires no more: worst first, then the newest. */
export function endedAlerts(incidents: readonly Incident[], since: number): EndedAlert[] {
  return incidents
    .flatMap((incident) => {
      const fires = firingMembers(incident);
      return Object.values(incident.members)
        .filter((member) => !fires.includes(member) && (member.ended?.at ?? 0) >= since)
        .map((member) => ({ incident, member }));
    })
    .sort(
      (a, b) =>
        rankOf(b.member.peakLevel) - rankOf(a.member.peakLevel) || b.member.since - a.member.since,
    );
}

/** The rest is counted, not listed. */
const MOST_ROWS = 12;

export function endedTable(ended: readonly EndedAlert[], context: CommandContext): Table {
  const { say, format } = context;
  return tableOf<EndedAlert>({
    caption: captionOf(say('report.ended'), ended.length, context),
    empty: say('alerts.none'),
    rows: ended.slice(0, MOST_ROWS),
    columns: [
      words(say('alert.column.level'), 1, ({ member }) => ({
        text: say(`alert.level.${member.peakLevel}`),
        severity: severityOf(member.peakLevel),
      })),
      words(say('alert.column.where'), 1, ({ member }) => whereOf(member.subject, context)),
      words(say('alert.column.what'), 2, ({ member }) => whatOf(member, context)),
      numbers(
        say('alert.peak'),
        3,
        ({ member }) => valueText(member.rule, member.peak, context) ?? '–',
      ),
      numbers(say('alert.since'), 2, ({ member }) => format.time(member.since)),
      numbers(say('report.until'), 2, ({ member }) => format.time(member.ended?.at ?? null)),
    ],
  });
}

export function actsTable(acts: readonly PastAct[], context: CommandContext): Table {
  const { say, format } = context;
  return tableOf<PastAct>({
    caption: captionOf(say('report.acts'), acts.length, context),
    empty: say('report.noActs'),
    rows: acts.slice(-MOST_ROWS),
    columns: [
      words(say('audit.at'), 1, ({ updatedAt }) => format.time(updatedAt)),
      words(say('audit.action'), 1, (act) => actText(act, context)),
      words(say('audit.actor'), 2, ({ record }) => record.preview.requestedBy),
      words(say('column.state'), 1, ({ state }) => ({
        text: say(`action.state.${state}`),
        severity: state === 'unknown' || state === 'executing' ? ('crit' as const) : null,
      })),
    ],
  });
}

function captionOf(title: string, count: number, { say }: CommandContext): string {
  return count > MOST_ROWS ? say('report.shown', { title, shown: MOST_ROWS, count }) : title;
}

export function endedData({ incident, member }: EndedAlert, context: CommandContext) {
  const { rule, subject, peakLevel: level, peak, since, ended } = member;
  return {
    ...{ id: incident.id, rule, subject: whereOf(subject, context), level, peak },
    since: new Date(since).toISOString(),
    endedAt: ended && new Date(ended.at).toISOString(),
  };
}

export function actData({ id, state, record, updatedAt }: PastAct) {
  const { account, act, requestedBy } = record.preview;
  return {
    id,
    action: act.kind,
    account,
    requestedBy,
    state,
    at: new Date(updatedAt).toISOString(),
  };
}
