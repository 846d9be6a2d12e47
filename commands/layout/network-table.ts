import type { CommandContext, NetworkStatus } from '../../src/app/command.ts';
import type { Note, Severity, Table } from '../../src/replies/reply.ts';
import { note, numbers, tableOf, words } from '../../src/replies/table-of.ts';
import { ageOf } from './status-tables.ts';

const SEVERITY: Readonly<Record<NetworkStatus['state'], Severity>> = {
  connected: 'ok',
  connecting: 'warn',
  closed: 'warn',
  'credential-lost': 'emerg',
};

export function networkData({ id, state, lastSuccessAt, queued }: NetworkStatus) {
  const at = lastSuccessAt === null ? null : new Date(lastSuccessAt).toISOString();
  return { id, state, lastSuccessAt: at, queued };
}

export function networkTable(
  rows: readonly NetworkStatus[],
  now: number,
  { say, format }: CommandContext,
): Table {
  return tableOf<NetworkStatus>({
    caption: say('status.networkTable'),
    empty: say('status.noNetworks'),
    rows,
    columns: [
      words(say('column.venue'), 1, ({ id }) => id),
      numbers(say('status.lastSuccess'), 2, (row) =>
        format.shortAge(ageOf(row.lastSuccessAt, now)),
      ),
      numbers(say('status.queued'), 3, ({ queued }) => String(queued)),
      words(say('column.state'), 1, ({ state }) => ({
        text: say(`status.network.${state}`),
        severity: SEVERITY[state],
      })),
    ],
  });
}

/** What must be heard on the other network, or in the terminal, because it cannot be heard there. */
export function troubleNotes(
  networks: readonly NetworkStatus[],
  storeFault: string | null,
  { say }: CommandContext,
): Note[] {
  const lost = networks
    .filter(({ state }) => state === 'credential-lost')
    .map(({ id }) => note(say('status.credentialLost', { network: id }), 'emerg'));
  if (storeFault === null) return lost;
  return [...lost, note(say('status.storeFault', { reason: storeFault }), 'crit')];
}
