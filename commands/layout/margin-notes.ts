import type { CommandContext } from '../../src/app/command.ts';
import type { Note } from '../../src/replies/reply.ts';
import { note } from '../../src/replies/table-of.ts';
import type { JudgedAccount } from '../../src/risk/probability/judge-desk.ts';
import { probabilityNotes } from './probability-notes.ts';

export function marginNotes(accounts: readonly JudgedAccount[], context: CommandContext): Note[] {
  const { say } = context;
  const chances = accounts.flatMap(({ account, probability }) =>
    probability === null ? [] : [{ name: account.account.id, figure: probability['24h'] }],
  );
  return [
    ...statusNotes(accounts, context),
    ...probabilityNotes(chances, context),
    ...(accounts.length > 1 ? [note(say('margin.noTransfer'))] : []),
  ];
}

/** A venue that already calls the account anything but normal has taken a step of its own. */
function statusNotes(accounts: readonly JudgedAccount[], { say }: CommandContext): Note[] {
  return accounts.flatMap(({ account: { account, margin: reading } }) => {
    const status = reading?.venueStatus ?? 'normal';
    if (status === 'normal') return [];
    return [note(say('margin.venueStatus', { account: account.id, status }), 'warn')];
  });
}
