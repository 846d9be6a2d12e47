import type { Incident, Member } from '../../src/alerts/incident.ts';
import { firingMembers } from '../../src/alerts/incident.ts';
import { rankOf } from '../../src/alerts/level.ts';
import type { Silence } from '../../src/alerts/silence.ts';
import { severityOf, valueText, whatOf, whereOf } from '../../src/app/alerts/alert-words.ts';
import type { CommandContext } from '../../src/app/command.ts';
import type { Severity, Table } from '../../src/replies/reply.ts';
import { numbers, tableOf, words } from '../../src/replies/table-of.ts';

/** One alert that fires, with what is known of its incident. */
export interface AlertRow {
  readonly incident: Incident;
  readonly member: Member;
  readonly severity: Severity;
  readonly state: 'firing' | 'acked' | 'snoozed' | 'silenced';
}

type Counter = NonNullable<CommandContext['alerts']>;

/** Worst first, then the oldest. */
export function alertRows(desk: Counter, now: number): AlertRow[] {
  return desk
    .open()
    .flatMap((incident) =>
      firingMembers(incident).map((member) => ({
        ...{ incident, member },
        severity: severityOf(member.level),
        state: stateOf(incident, { member, desk, now }),
      })),
    )
    .sort(
      (a, b) => rankOf(b.member.level) - rankOf(a.member.level) || a.member.since - b.member.since,
    );
}

function stateOf(
  { ack, snooze }: Incident,
  of: { readonly member: Member; readonly desk: Counter; readonly now: number },
): AlertRow['state'] {
  if (ack && ack.until > of.now && ack.members.includes(of.member.fingerprint)) return 'acked';
  if (snooze && snooze.until > of.now) return 'snoozed';
  return of.desk.isSilenced(of.member) ? 'silenced' : 'firing';
}

export function rowData({ incident, member, state }: AlertRow, context: CommandContext) {
  return {
    id: incident.id,
    rule: member.rule,
    subject: whereOf(member.subject, context),
    level: member.level,
    state,
    value: member.value,
    threshold: member.threshold,
    since: new Date(member.since).toISOString(),
    ackedBy: incident.ack?.by ?? null,
    dataAge: member.dataAgeMs === null ? null : context.now - member.heardAt + member.dataAgeMs,
  };
}

export function alertTable(rows: readonly AlertRow[], context: CommandContext): Table {
  const { say, format, now } = context;
  return tableOf<AlertRow>({
    caption: null,
    empty: say('alerts.none'),
    rows,
    columns: [
      words(say('alert.column.id'), 1, ({ incident, severity }) => ({
        text: incident.id,
        severity,
      })),
      words(say('alert.column.where'), 1, ({ member }) => whereOf(member.subject, context)),
      words(say('alert.column.what'), 2, ({ member }) => whatOf(member, context)),
      numbers(
        say('alert.column.value'),
        1,
        ({ member }) => valueText(member.rule, member.value, context) ?? '–',
      ),
      numbers(
        say('alert.column.limit'),
        4,
        ({ member }) => valueText(member.rule, member.threshold, context) ?? '–',
      ),
      numbers(say('alert.column.since'), 3, ({ member }) => format.shortAge(now - member.since)),
      words(say('alert.column.state'), 2, ({ incident, state }) =>
        state === 'acked'
          ? say('alerts.state.acked', { person: incident.ack?.by ?? '' })
          : say(`alerts.state.${state}`),
      ),
    ],
  });
}

export function silenceTable(silences: readonly Silence[], context: CommandContext): Table {
  const { say, format } = context;
  return tableOf<Silence>({
    caption: say('alerts.silences'),
    empty: say('alerts.noSilences'),
    rows: silences,
    columns: [
      words(say('alert.column.id'), 1, ({ id }) => id),
      words(say('alert.column.what'), 1, (each) => matchText(each, context)),
      words(say('alert.column.level'), 2, ({ level }) => say(`alert.level.${level}`)),
      words(say('alert.ackedBy'), 3, ({ by }) => by),
      numbers(say('alert.column.since'), 2, ({ ends }) => format.time(ends)),
    ],
  });
}

/** `account=a rule=funding`. */
export function matchText({ match }: Pick<Silence, 'match'>, { say }: CommandContext): string {
  const parts = Object.entries(match).map(([field, value]) => `${field}=${value}`);
  return parts.length === 0 ? say('silence.everything') : parts.join(' ');
}
