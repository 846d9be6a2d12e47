import type { Decimal } from '../../domain/decimal.ts';
import { Decimal as D, ZERO } from '../../domain/decimal.ts';
import type { TransferEdge, TransferFlow, TransferProblem } from './solve-transfers.ts';

/**
 * Largest need from the largest purse, ways the console can go first: at most needy + senders − 1
 * transfers (risk model 6.1). Null when needs are left over, or when an amount would not arrive whole:
 * then only the linear programme knows.
 */
export function greedyTransfers(problem: TransferProblem): readonly TransferFlow[] | null {
  const { edges, accounts, target } = problem;
  if (edges.some(({ rate }) => !rate.eq(1))) return null;
  const spare = accounts.map(({ equity, maintenance }) => equity.minus(maintenance.times(target)));
  const needs = spare.map((amount) => D.max(amount.neg(), ZERO));
  const purses = accounts.map(({ transferable }, index) =>
    D.max(D.min(transferable, spare[index] ?? ZERO), ZERO),
  );
  const flows: TransferFlow[] = [];
  for (;;) {
    const edge = best(edges, needs, purses);
    if (edge === null) return needs.every((need) => need.isZero()) ? flows : null;
    const amount = D.min(needs[edge.to] ?? ZERO, purses[edge.from] ?? ZERO);
    flows.push({ edge, amount });
    needs[edge.to] = (needs[edge.to] ?? ZERO).minus(amount);
    purses[edge.from] = (purses[edge.from] ?? ZERO).minus(amount);
  }
}

function best(
  edges: readonly TransferEdge[],
  needs: readonly Decimal[],
  purses: readonly Decimal[],
): TransferEdge | null {
  let first: TransferEdge | null = null;
  for (const edge of edges) {
    if (!needs[edge.to]?.gt(0) || !purses[edge.from]?.gt(0)) continue;
    if (first === null || isBefore(edge, first)) first = edge;
  }
  return first;

  function isBefore(a: TransferEdge, b: TransferEdge): boolean {
    if (a.executable !== b.executable) return a.executable;
    const byNeed = (needs[a.to] ?? ZERO).comparedTo(needs[b.to] ?? ZERO);
    return byNeed === 0 ? (purses[a.from] ?? ZERO).gt(purses[b.from] ?? ZERO) : byNeed > 0;
  }
}
