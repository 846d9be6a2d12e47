import type { SendOrder } from '../../alerts/claim.ts';
import { isDrill } from '../../alerts/drill.ts';
import { firingMembers } from '../../alerts/incident.ts';
import type { ChatButton, ChatView } from '../../ports/chat.ts';
import type { AlertRecord, DestinationMessage } from '../../ports/destination.ts';
import type { Locale } from '../../replies/translate.ts';
import type { AlertVoice } from './alert-words.ts';
import { alertReply } from './incident-reply.ts';

/** The message of an order as it stands at this moment, in the destination's language. */
export function drawAlert(
  order: SendOrder,
  as: {
    readonly voice: AlertVoice;
    readonly locale: Locale;
    readonly now: number;
    /** Of the accounts it is about, as they are now; empty: none. */
    readonly reading: readonly string[];
  },
): DestinationMessage {
  const { row, edits, repliesTo, chat } = order;
  const plain = alertReply(order, as.voice, as.now);
  const hasRoom = row.stage === 0 && row.op !== 'reply';
  const reply = hasRoom ? { ...plain, paragraphs: [...as.reading, ...plain.paragraphs] } : plain;
  const view: ChatView = {
    reply,
    locale: as.locale,
    picture: null,
    buttons: buttonsOf(order, as.voice),
  };
  return {
    key: row.id,
    view,
    edits,
    repliesTo,
    chat,
    isSilent: row.isSilent,
    record: recordOf(order),
  };
}

/** The buttons carry a secret each and nothing else; who may press is asked at the press. */
function buttonsOf({ incident, row, covered }: SendOrder, { say }: AlertVoice): ChatButton[][] {
  const isOpen =
    incident.kind === 'normal'
      ? incident.closed === null && firingMembers(incident).length > 0
      : covered.some(({ closed }) => closed === null);
  if (!isOpen || row.op === 'reply' || row.stage === 2) return [];
  const { tokens } = incident;
  const isHeld = incident.ack !== null || incident.snooze !== null;
  const details: ChatButton = {
    token: tokens.details,
    label: say('alert.button.details'),
    style: 'plain',
  };
  if (isHeld) return [[details]];
  return [
    [
      { token: tokens.ack, label: say('alert.button.ack'), style: 'success' },
      { token: tokens.snooze, label: say('alert.button.snooze'), style: 'plain' },
      details,
    ],
  ];
}

function recordOf({ incident, covered, row, isPossibleRepeat }: SendOrder): AlertRecord {
  const members = (incident.kind === 'digest' ? covered : [incident]).flatMap((each) =>
    Object.values(each.members),
  );
  return {
    incident: incident.id,
    state: incident.closed === null ? 'firing' : 'resolved',
    reason: row.reason,
    level: incident.level,
    openedAt: incident.opened,
    closedAt: incident.closed,
    ackedBy: incident.ackedBy,
    isPossibleRepeat,
    isDrill: row.reason === 'DRILL' || isDrill(incident),
    members: members.map((member) => ({
      rule: member.rule,
      subject: Object.fromEntries(
        Object.entries(member.subject).map(([name, value]) => [name, String(value)]),
      ),
      level: member.level,
      value: member.value,
      threshold: member.threshold,
      since: member.since,
      dataAgeMs: member.dataAgeMs,
      endedAt: member.ended?.at ?? null,
    })),
  };
}
