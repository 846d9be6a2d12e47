import type { ActionCard } from '../../src/app/actions/action-desk.ts';
import type { CommandContext } from '../../src/app/command.ts';
import { errorText } from '../../src/replies/gap-text.ts';
import type { Note } from '../../src/replies/reply.ts';
import { note } from '../../src/replies/table-of.ts';
import { plain, stopsText } from './action-text.ts';

/** Everything about an action that is no figure: warnings, who must agree, until when, what the venue said. */
export function actionNotes(card: ActionCard, context: CommandContext): Note[] {
  const { state } = card;
  return state === 'pending' ? pendingNotes(card, context) : endNotes(card, context);
}

function pendingNotes(card: ActionCard, context: CommandContext): Note[] {
  const { token, record, isConfirmed, needsApproval, amount, replaces } = card;
  const { say, format, actor } = context;
  const { preview } = record;
  const expires = say('action.expires', { time: format.time(preview.expiresAt) });
  const moved = replaces === 'moved' ? [note(say('action.moved'), 'warn')] : [];
  const warnings = preview.warnings.map((warning) => note(say(`risk.${warning}`), 'warn'));
  const two = needsApproval ? [note(say('action.needsTwo'))] : [];
  if (isConfirmed) {
    const approve = say('action.approveWith', { line: `/approve ${token}` });
    return [
      note(say('action.waits', { person: preview.requestedBy })),
      note(approve),
      note(expires),
    ];
  }
  const typed = needsApproval && amount !== null ? ` ${plain(amount)}` : '';
  const how = [
    note(say('action.confirmWith', { line: `/confirm ${token}${typed}` })),
    note(say('action.cancelWith', { line: `/cancel ${token}` })),
  ];
  const isTyping = actor.network === 'terminal';
  return [
    ...[...moved, ...warnings, ...feeNotes(card, context), ...two],
    ...(isTyping ? how : []),
    note(expires),
  ];
}

function feeNotes({ record }: ActionCard, { say, format }: CommandContext): Note[] {
  const { act, counted } = record.preview;
  const fee = record.position?.instrument.takerFee ?? null;
  if (act.kind !== 'reduce' || counted.kind !== 'usd' || fee === null) return [];
  return [note(say('action.fee', { fee: format.usd(counted.usd.times(fee), 'up') }))];
}

function endNotes(card: ActionCard, context: CommandContext): Note[] {
  const { state, record } = card;
  const { say } = context;
  switch (state) {
    case 'done': {
      const isUnseen = record.end?.kind === 'accepted' && !record.end.isShown;
      return isUnseen ? [note(say('action.acceptedUnseen'), 'warn')] : [];
    }
    case 'refused':
      return [note(refusedText(card, context), 'warn'), note(say('action.nothingChanged'))];
    case 'unknown':
    case 'executing':
      return unknownNotes(card, context);
    case 'expired':
      return [note(say('action.expiredHint'))];
    default:
      return [];
  }
}

function refusedText({ record }: ActionCard, { say }: CommandContext): string {
  const { end } = record;
  if (end?.kind === 'ruled-out' && end.reason === 'stopped') return say('protect.heldByStop');
  if (end?.kind !== 'refused') return say('action.notShown');
  const reason = say(`venue.refused.${end.reason}`);
  return end.venueCode === null ? reason : say('action.withCode', { reason, code: end.venueCode });
}

function unknownNotes({ record, token }: ActionCard, context: CommandContext): Note[] {
  const { end, because, shown, preview } = record;
  const { say } = context;
  const error = end?.kind === 'unknown' ? [note(errorText(end.error, context), 'warn')] : [];
  const half = end?.kind === 'partly' || because === 'half-done';
  const isStops = preview.act.kind === 'set-stops';
  const stands = say('action.stands', {
    takeProfit: stopsText('takeProfit', shown?.stops ?? null, context),
    stopLoss: stopsText('stopLoss', shown?.stops ?? null, context),
  });
  return [
    note(say('action.unknown'), 'crit'),
    ...error,
    ...(half && isStops ? [note(stands, 'crit')] : []),
    ...(because === null ? [] : [note(say(`action.because.${because}`), 'warn')]),
    note(say('action.checkWith', { line: `/check ${token}` })),
  ];
}
