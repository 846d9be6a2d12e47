import { LEVELS } from '../../alerts/alert.ts';
import type { SendOrder } from '../../alerts/claim.ts';
import { firingMembers, type Member } from '../../alerts/incident.ts';
import { worstLevel } from '../../alerts/level.ts';
import { dec } from '../../domain/decimal.ts';
import type { Reply } from '../../replies/reply.ts';
import { figure, note, numbers, tableOf, words } from '../../replies/table-of.ts';
import { type AlertVoice, severityOf, valueText, whatOf, whereOf } from './alert-words.ts';

/** Rows of a digest: with its headline they fit every platform's message. */
const MOST_ROWS = 12;

/** One message for a storm: how many, how bad, where, the worst by name, and how many more. */
export function digestReply(order: SendOrder, voice: AlertVoice, now: number): Reply {
  const { say, format } = voice;
  const { incident, covered } = order;
  const everybody = covered.flatMap((each) => Object.values(each.members));
  const members = covered.flatMap(firingMembers).sort(byDanger);
  const level = worstLevel(members.map((member) => member.level));
  if (level === null) {
    return {
      title: say('alert.titleDigestOver', { count: everybody.length }),
      severity: 'ok',
      figures: [figure(say('alert.duration'), format.age(now - incident.opened))],
      ...{ tables: [], paragraphs: [], notes: [], takenAt: now },
    };
  }
  const oldest = Math.max(0, ...members.map(({ dataAgeMs }) => dataAgeMs ?? 0));
  const shown = members.slice(0, MOST_ROWS);
  const more = members.length - shown.length;
  const count = members.length;
  return {
    title: say('alert.titleDigest', { level: say(`alert.level.${level}`), count }),
    severity: severityOf(level),
    figures: [
      figure(say('alert.byLevel'), levelCounts(members, voice)),
      figure(say('alert.byVenue'), countsOf(members.map(venueOf))),
      figure(say('alert.dataAge'), format.age(oldest)),
      figure(say('alert.column.id'), incident.id),
    ],
    tables: [worstTable(shown, voice)],
    paragraphs: more > 0 ? [say('alert.more', { count: more })] : [],
    notes: [...causeNotes(members, voice), ...catchUpNotes(order, voice)],
    takenAt: now,
  };
}

function worstTable(members: readonly Member[], voice: AlertVoice) {
  const { say } = voice;
  return tableOf<Member>({
    caption: null,
    empty: say('alert.noMembers'),
    rows: members,
    columns: [
      words<Member>(say('alert.column.where'), 1, (each) => ({
        text: whereOf(each.subject, voice),
        severity: severityOf(each.level),
      })),
      words(say('alert.column.what'), 2, (each) => whatOf(each, voice)),
      numbers(
        say('alert.column.value'),
        1,
        (each) => valueText(each.rule, each.value, voice) ?? '–',
      ),
    ],
  });
}

/** Worst level first; within it the nearest to liquidation. */
function byDanger(a: Member, b: Member): number {
  const byLevel = LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level);
  if (byLevel !== 0) return byLevel;
  const distance = ({ rule, value }: Member) =>
    rule === 'liquidationDistance' && value !== null ? dec(value) : dec(1);
  return distance(a).cmp(distance(b)) || a.since - b.since;
}

function levelCounts(members: readonly Member[], { say }: AlertVoice): string {
  return LEVELS.toReversed()
    .map((level) => ({ level, count: members.filter((each) => each.level === level).length }))
    .filter(({ count }) => count > 0)
    .map(({ level, count }) => `${say(`alert.level.${level}`)} ${count}`)
    .join(', ');
}

function venueOf({ subject }: Member): string {
  return 'venue' in subject ? subject.venue : subject.kind;
}

function countsOf(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 5)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

/** A guess at one cause, only where most alerts share it. */
function causeNotes(members: readonly Member[], voice: AlertVoice) {
  const counts = new Map<string, number>();
  for (const member of members) {
    const name = whatOf(member, voice);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  if (most === undefined || most[1] * 2 <= members.length || members.length < 3) return [];
  const [what, count] = most;
  return [note(voice.say('alert.cause', { what, count, total: members.length }))];
}

function catchUpNotes({ incident }: SendOrder, { say, format }: AlertVoice) {
  const { catchUp } = incident;
  if (catchUp === null) return [];
  const { offlineMs, fresh, worse } = catchUp;
  return [note(say('alert.note.catchUp', { age: format.age(offlineMs), fresh, worse }))];
}
