import type { CommandContext } from '../../src/app/command.ts';
import type { Note } from '../../src/replies/reply.ts';
import { note } from '../../src/replies/table-of.ts';
import type { ScenarioOutcome } from '../../src/risk/stress/scenario-outcome.ts';

/** What cannot be said of accounts, whatever the scenario. */
export function accountNotes({ accounts }: ScenarioOutcome, { say }: CommandContext): Note[] {
  const unknown = accounts.flatMap(({ account, unknown: because }) => {
    if (because === null) return [];
    const reason = say(`estimate.missing.${because}`);
    return [note(say('stress.unknown', { account, reason }), 'warn')];
  });
  const bound = accounts.filter(({ basis }) => basis === 'bound').map(({ account }) => account);
  const accountsBound = bound.join(', ');
  return [
    ...unknown,
    ...(bound.length === 0 ? [] : [note(say('stress.bound', { accounts: accountsBound }))]),
  ];
}
