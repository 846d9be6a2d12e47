import type { CommandContext } from '../../src/app/command.ts';
import type { AccountSnapshot } from '../../src/portfolio/snapshot.ts';
import type { Severity, Table } from '../../src/replies/reply.ts';
import { numbers, tableOf, words } from '../../src/replies/table-of.ts';

const SEVERITY: Readonly<Record<AccountSnapshot['status'], Severity>> = {
  ok: 'ok',
  stale: 'warn',
  missing: 'crit',
};

export interface LoopAge {
  readonly name: string;
  readonly ageMs: number | null;
}

/** Null when it never was; never negative. */
export function ageOf(at: number | null, now: number): number | null {
  return at === null ? null : Math.max(0, now - at);
}

export function accountTable(
  rows: readonly AccountSnapshot[],
  now: number,
  context: CommandContext,
): Table {
  const { say, format } = context;
  return tableOf<AccountSnapshot>({
    caption: say('status.accountTable'),
    empty: say('status.noAccounts'),
    rows,
    columns: [
      words(say('column.account'), 1, (row) => row.account.id),
      words(say('column.venue'), 2, (row) => row.account.venue),
      numbers(say('column.age'), 1, (row) => format.shortAge(ageOf(row.positionsAt, now))),
      words(say('column.state'), 1, (row) => ({
        text: say(`status.${row.status}`),
        severity: SEVERITY[row.status],
      })),
    ],
  });
}

export function loopTable(rows: readonly LoopAge[], { say, format }: CommandContext): Table {
  return tableOf<LoopAge>({
    caption: say('status.loopTable'),
    empty: say('status.noLoops'),
    rows,
    columns: [
      words(say('column.loop'), 1, (row) => row.name),
      numbers(say('column.age'), 1, (row) => format.shortAge(row.ageMs)),
    ],
  });
}
