import type { CommandContext } from '../../src/app/command.ts';
import type { AccountId, Usd } from '../../src/domain/units.ts';
import { asUsd } from '../../src/domain/units.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import { DEFAULT_GOAL } from '../../src/risk/rebalance/default-goal.ts';
import { planRebalance } from '../../src/risk/rebalance/plan-rebalance.ts';

export interface MarginMove {
  readonly from: AccountId;
  readonly to: AccountId;
  readonly amountUsd: Usd;
}

/** What to move where, one amount a pair whatever the coins; with an account, to or from that one. */
export function movesOf(whole: Snapshot, account: string | null): MarginMove[] {
  const { transfers } = planRebalance(whole, DEFAULT_GOAL);
  const pairs = Map.groupBy(transfers, ({ from, to }) => `${from} ${to}`);
  const moves = [...pairs.values()].map((parts) =>
    parts.map(({ from, to, amountUsd }) => ({ from, to, amountUsd })).reduce(joined),
  );
  return moves.filter(({ from, to }) => account === null || from === account || to === account);
}

function joined(a: MarginMove, b: MarginMove): MarginMove {
  return { ...a, amountUsd: asUsd(a.amountUsd.plus(b.amountUsd)) };
}

/** More than these are only counted. */
const SHOWN = 3;

/** One paragraph, a line for each move; none without moves. */
export function moveLines(moves: readonly MarginMove[], { say, format }: CommandContext): string[] {
  if (moves.length === 0) return [];
  const target = format.multiple(DEFAULT_GOAL.target, 'nearest');
  const rest = moves.length - SHOWN;
  const lines = [
    say('margin.moves', { target }),
    ...moves
      .slice(0, SHOWN)
      .map(({ from, to, amountUsd }) =>
        say('margin.move', { from, to, amount: format.usd(amountUsd, 'up') }),
      ),
    ...(rest > 0 ? [say('margin.moreMoves', { count: rest })] : []),
  ];
  return [lines.join('\n')];
}
