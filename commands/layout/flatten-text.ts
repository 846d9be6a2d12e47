import type { CommandContext } from '../../src/app/command.ts';
import type { LegReport } from '../../src/app/protection/flatten-record.ts';
import type { FlattenCard, FlattenRefusal } from '../../src/app/protection/flatten-refusal.ts';
import type { Note } from '../../src/replies/reply.ts';
import { note } from '../../src/replies/table-of.ts';

/** What to do next, what is not known, and each leg that is still open by name. */
export function flattenNotes({ token, record }: FlattenCard, context: CommandContext): Note[] {
  const { state, scope, unread, expiresAt, asker, report } = record;
  const { say, format, actor } = context;
  const blind = unread.map((account) => note(say('flatten.unread', { account }), 'crit'));
  const expires = note(say('action.expires', { time: format.time(expiresAt) }));
  if (state === 'pending') {
    const how = [
      note(say('action.confirmWith', { line: `/confirm ${token} ${scope}` })),
      note(say('action.cancelWith', { line: `/cancel ${token}` })),
    ];
    const isTyping = actor.network === 'terminal';
    return [note(say('flatten.what'), 'warn'), ...blind, ...(isTyping ? how : []), expires];
  }
  if (state === 'confirmed') {
    const approve = note(say('action.approveWith', { line: `/approve ${token}` }));
    return [note(say('action.waits', { person: asker.person })), ...blind, approve, expires];
  }
  if (state === 'interrupted') return [note(say('flatten.again', { scope }), 'emerg')];
  const rest = (report ?? []).filter(({ isFlat }) => !isFlat);
  const open = rest.map((row) => note(openText(row, context), 'emerg'));
  const stops = (report ?? []).flatMap((row) => orphanNotes(row, context));
  const again = state === 'partly' ? [note(say('flatten.again', { scope }), 'emerg')] : [];
  return [...open, ...blind, ...again, ...stops];
}

export function notFlatText({ why }: LegReport, { say }: CommandContext): string {
  return say(`flatten.why.${why ?? 'open'}`);
}

function openText(row: LegReport, context: CommandContext): string {
  const { leg } = row;
  const { say } = context;
  const name = { asset: leg.asset, side: say(`side.${leg.side}`), handle: leg.handle };
  const facts = { leg: say('act.leg', { ...name, account: leg.account }) };
  const why = notFlatText(row, context);
  return row.reason === null
    ? say('flatten.stillOpen', { ...facts, why })
    : say('flatten.stillOpenBecause', { ...facts, why, reason: row.reason });
}

function orphanNotes({ leg, orphans, isFlat }: LegReport, { say }: CommandContext): Note[] {
  if (!isFlat || orphans === 'none') return [];
  const facts = { asset: leg.asset, account: leg.account };
  if (orphans === 'cancelled') return [note(say('flatten.orphans.cancelled', facts))];
  return [note(say('flatten.orphans.look', facts), 'warn')];
}

export function flattenRefusalText(refusal: FlattenRefusal, { say }: CommandContext): string {
  switch (refusal.kind) {
    case 'unknown-scope':
      return say('flatten.unknownScope', {
        scope: refusal.scope,
        known: refusal.known.join(', '),
      });
    case 'type-scope':
      return say('flatten.typeScope', { scope: refusal.scope });
    case 'used':
      return say('flatten.used');
    case 'store':
    case 'unknown-token':
      return say(`refusal.${refusal.kind}`);
    case 'nothing-open':
      return say('flatten.noLegs');
    default:
      return say(`refusal.consent.${refusal.kind}`);
  }
}
