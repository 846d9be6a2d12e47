import type { SendOrder } from '../../alerts/claim.ts';
import { isDrill } from '../../alerts/drill.ts';
import { firingMembers, type Incident, type Member } from '../../alerts/incident.ts';
import { isAtLeast } from '../../alerts/level.ts';
import type { Figure, Note, Reply } from '../../replies/reply.ts';
import { figure, note, numbers, tableOf, words } from '../../replies/table-of.ts';
import {
  type AlertVoice,
  leadOf,
  nextCommand,
  severityOf,
  valueText,
  whatOf,
  whereOf,
} from './alert-words.ts';
import { digestReply } from './digest-reply.ts';
import { factNotes } from './fact-notes.ts';
import { troubleText } from './trouble-text.ts';

/** An alert as a message: what, where, how bad, since when, how old the figures are, what to ask next. */
export function alertReply(order: SendOrder, voice: AlertVoice, now: number): Reply {
  const { incident, row } = order;
  if (isDrill(incident)) return drillReply(order, voice);
  // Drawn without a look at any figure: it has to go out whatever became of the others.
  if (row.stage === 2) return minimal(order, voice);
  const whole =
    incident.kind === 'digest'
      ? digestReply(order, voice, now)
      : incident.closed === null
        ? firingReply(order, voice)
        : overReply(order, voice, incident.closed);
  const notes = [...deliveryNotes(order, voice), ...carriedNotes(order, voice), ...whole.notes];
  return row.stage === 0 ? { ...whole, notes } : { ...whole, notes, tables: [], paragraphs: [] };
}

/** In every state of it nothing but that it is an exercise. */
function drillReply({ incident, row }: SendOrder, { say }: AlertVoice): Reply {
  return {
    title: say('alert.titleDrill', { id: row.destination }),
    severity: 'ok',
    figures: [],
    tables: [],
    paragraphs: [],
    notes: [note(say('alert.note.DRILL'))],
    takenAt: incident.opened,
  };
}

/** Letters and figures of our own only: what no platform can refuse. */
function minimal(order: SendOrder, voice: AlertVoice): Reply {
  const { incident } = order;
  const level = voice.say(`alert.level.${incident.level}`);
  const where = incident.key.replace(/[^\p{L}\p{N} -]/gu, ' ').slice(0, 60);
  return {
    title: voice.say('alert.titlePlain', { level, where: `${where} ${incident.id}` }),
    severity: severityOf(incident.level),
    ...{ figures: [], tables: [], paragraphs: [], notes: deliveryNotes(order, voice) },
    takenAt: incident.opened,
  };
}

function firingReply(order: SendOrder, voice: AlertVoice): Reply {
  const { incident, row } = order;
  const { say, format } = voice;
  const members = firingMembers(incident);
  const lead = leadOf(incident);
  const level = say(`alert.level.${incident.level}`);
  return {
    title: titleOf(incident, members.length, { voice, level }),
    severity: severityOf(incident.level),
    figures: [...(lead ? figuresOf(lead, voice) : []), idFigure(incident, voice)],
    tables: members.length > 1 ? [memberTable(members, voice)] : [],
    paragraphs: lead ? [say('alert.next', { command: nextCommand(lead) })] : [],
    notes: [
      ...reasonNotes(order, voice),
      ...(row.lane === 'ESCALATION' ? [note(say('alert.note.escalated'), 'crit')] : []),
      ...(lead ? factNotes(lead, voice) : []),
      ...members.flatMap((member) => staleNote(member, voice)),
      ...(incident.flaps >= 3 ? [note(say('alert.note.flapping', { count: incident.flaps }))] : []),
      ...holdNotes(incident, { say, format }),
    ],
    takenAt: lead?.heardAt ?? incident.opened,
  };
}

function overReply({ incident, row }: SendOrder, voice: AlertVoice, closed: number): Reply {
  const { say, format } = voice;
  const lead = leadOf(incident);
  const where = lead ? whereOf(lead.subject, voice) : incident.key;
  const what = lead ? whatOf(lead, voice) : '';
  const duration = format.age(closed - incident.opened);
  const isFirstWord = row.op === 'send' && incident.told[row.destination]?.at == null;
  const title =
    row.op === 'reply'
      ? say('alert.titleReply', { duration, where })
      : isFirstWord
        ? say('alert.titleBrief', { duration, where, what })
        : say('alert.titleOver', { where, what });
  const peak = lead ? valueText(lead.rule, lead.peak, voice) : null;
  const why = lead?.ended?.why;
  return {
    title,
    severity: why === 'RULE_REMOVED' ? 'watch' : 'ok',
    figures: [
      figure(say('alert.duration'), duration),
      ...(peak === null ? [] : [figure(say('alert.peak'), peak, severityOf(incident.peak))]),
      ...(incident.ackedBy === null ? [] : [figure(say('alert.ackedBy'), incident.ackedBy)]),
      idFigure(incident, voice),
    ],
    tables: [],
    paragraphs: [],
    notes: why === 'CLOSED' || why === 'RULE_REMOVED' ? [note(say(`alert.note.${why}`))] : [],
    takenAt: closed,
  };
}

/** What `/ack` takes, and what a repeat is recognised by. */
function idFigure({ id }: Incident, { say }: AlertVoice): Figure {
  return figure(say('alert.column.id'), id);
}

function titleOf(
  incident: Incident,
  count: number,
  { voice, level }: { readonly voice: AlertVoice; readonly level: string },
): string {
  const lead = leadOf(incident);
  if (lead === undefined) return `${level} ${incident.id}`;
  const value = valueText(lead.rule, lead.value, voice);
  const name = whatOf(lead, voice);
  const what = value === null ? name : `${name} ${value}`;
  const words = { level, where: whereOf(lead.subject, voice), what };
  return count > 1
    ? voice.say('alert.titleMore', { ...words, count: count - 1 })
    : voice.say('alert.title', words);
}

function figuresOf(lead: Member, voice: AlertVoice): Figure[] {
  const { say, format } = voice;
  const value = valueText(lead.rule, lead.value, voice);
  const limit = valueText(lead.rule, lead.threshold, voice);
  const was = lead.firstValue === lead.value ? null : valueText(lead.rule, lead.firstValue, voice);
  return [
    ...(value === null ? [] : [figure(say('alert.value'), value, severityOf(lead.level))]),
    ...(limit === null ? [] : [figure(say('alert.threshold'), limit)]),
    ...(was === null ? [] : [figure(say('alert.was'), was)]),
    figure(say('alert.since'), format.time(lead.since)),
    ...(lead.dataAgeMs === null ? [] : [figure(say('alert.dataAge'), format.age(lead.dataAgeMs))]),
  ];
}

/** The members of one incident, worst first. */
function memberTable(members: readonly Member[], voice: AlertVoice) {
  const { say } = voice;
  return tableOf<Member>({
    caption: null,
    empty: say('alert.noMembers'),
    rows: members,
    columns: [
      words<Member>(say('alert.column.what'), 1, (each) => ({
        text: whatOf(each, voice),
        severity: severityOf(each.level),
      })),
      words(say('alert.column.where'), 2, (each) => whereOf(each.subject, voice)),
      numbers(
        say('alert.column.value'),
        1,
        (each) => valueText(each.rule, each.value, voice) ?? '–',
      ),
      numbers(
        say('alert.column.limit'),
        3,
        (each) => valueText(each.rule, each.threshold, voice) ?? '–',
      ),
    ],
  });
}

function reasonNotes({ incident, row }: SendOrder, voice: AlertVoice): Note[] {
  const { say } = voice;
  const { reason } = row;
  const trouble = Object.values(incident.members).find(({ facts }) => facts['trouble']);
  const own = trouble ? [note(troubleText(trouble.facts['trouble'] ?? '', voice), 'crit')] : [];
  switch (reason) {
    case 'LEVEL_UP':
    case 'SNOOZE_ENDED':
    case 'SILENCE_ENDED':
    case 'INHIBIT_LIFTED':
    case 'LEVEL_DOWN':
    case 'DRILL':
      return [...own, note(say(`alert.note.${reason}`))];
    case 'REPEAT':
      // An edit reminds nobody, and an escalation says it in words of its own.
      return row.op === 'edit' || row.lane === 'ESCALATION'
        ? own
        : [...own, note(say('alert.note.REPEAT'))];
    case 'ACK_EXPIRED':
      return [...own, note(say('alert.note.ACK_EXPIRED', { person: incident.ackedBy ?? '–' }))];
    default:
      return own;
  }
}

function holdNotes({ ack, snooze }: Incident, { say, format }: AlertVoice): Note[] {
  const of = ({ by, until }: { readonly by: string; readonly until: number }) => ({
    person: by,
    time: format.time(until),
  });
  return [
    ...(ack === null ? [] : [note(say('alert.note.ack', of(ack)))]),
    ...(snooze === null ? [] : [note(say('alert.note.snooze', of(snooze)))]),
  ];
}

const STALE_MS = 30_000;

/** Old figures are said to be old. */
function staleNote(member: Member, voice: AlertVoice): Note[] {
  const { dataAgeMs, heardAt, rule } = member;
  const value = valueText(rule, member.value, voice);
  if (dataAgeMs === null || dataAgeMs < STALE_MS || value === null) return [];
  const time = voice.format.time(heardAt - dataAgeMs);
  const age = voice.format.age(dataAgeMs);
  return [note(voice.say('alert.note.stale', { value, time, age }), 'warn')];
}

/** Named along in an emergency; further ones are counted. */
const MOST_NAMES = 12;

/** What has to be said of the message itself. */
function deliveryNotes({ isPossibleRepeat, lateMs }: SendOrder, voice: AlertVoice): Note[] {
  const { say, format } = voice;
  return [
    ...(isPossibleRepeat ? [note(say('alert.note.repeat'), 'watch')] : []),
    ...(lateMs === null ? [] : [note(say('alert.note.late', { age: format.age(lateMs) }), 'warn')]),
  ];
}

function carriedNotes({ carried }: SendOrder, voice: AlertVoice): Note[] {
  const { say } = voice;
  const critical = carried
    .flatMap(firingMembers)
    .filter((member) => isAtLeast(member.level, 'CRIT'))
    .map(({ subject }) => whereOf(subject, voice));
  const others = critical.length - MOST_NAMES;
  const names = [
    ...new Set(critical.slice(0, MOST_NAMES)),
    ...(others > 0 ? [say('alert.more', { count: others })] : []),
  ];
  return names.length === 0
    ? []
    : [note(say('alert.note.carried', { names: names.join(', ') }), 'crit')];
}
