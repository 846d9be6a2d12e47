import type { Decimal } from '../../domain/decimal.ts';
import { Decimal as D, dec, ONE, ZERO } from '../../domain/decimal.ts';
import { greedyTransfers } from './greedy-transfers.ts';
import type { LinearRow } from './simplex.ts';
import { cheapest, largest } from './simplex.ts';

/** A margin pool that may send, receive, or both. Amounts in one currency. */
export interface TransferAccount {
  readonly equity: Decimal;
  /** Zero or more. */
  readonly maintenance: Decimal;
  /** The most that may leave it, zero or more; see transferable.ts. */
  readonly transferable: Decimal;
}

/** A way money can take, between two accounts named by their place in the list. */
export interface TransferEdge {
  readonly from: number;
  readonly to: number;
  /** What arrives of one sent: above 0, at most 1. */
  readonly rate: Decimal;
  /** The console can do it itself; other ways are a person's work and are taken only when needed. */
  readonly executable: boolean;
}

export interface TransferProblem {
  readonly accounts: readonly TransferAccount[];
  readonly edges: readonly TransferEdge[];
  /** The health factor every account should have at least. */
  readonly target: Decimal;
}

export interface TransferFlow {
  readonly edge: TransferEdge;
  /** What leaves the sender, above zero. */
  readonly amount: Decimal;
}

/** What an amount over a way the console cannot go by itself weighs against one it can. */
const MANUAL_WEIGHT = dec('10');
const NOTHING = dec('1e-24');

/**
 * The cheapest flows after which every account has the target health factor: a sender stays at the target
 * or above and never sends more than is transferable. Null when no flows do it. Exact: a linear programme
 * in Decimal. Where all amounts arrive whole, the total is the sum of the needs (risk model 6.1), and of
 * equally cheap plans the one that fills the largest need from the largest purse is given.
 */
export function solveTransfers(problem: TransferProblem): readonly TransferFlow[] | null {
  const { accounts, edges, target } = problem;
  const rows = accounts.flatMap((account, index) => [
    keepRow(edges, index, account.equity.minus(account.maintenance.times(target))),
    sendRow(edges, index, account.transferable),
  ]);
  const found = cheapest(edges.map(weightOf), rows);
  if (found === null) return null;
  const flows = flowsOf(edges, found);
  const simple = greedyTransfers(problem);
  return simple !== null && weigh(simple).lte(weigh(flows)) ? simple : flows;
}

/**
 * The highest health factor all accounts can have together, h* of risk model 6.1: the worst is raised as
 * far as the others stay no worse than it. Null when no account has a requirement.
 */
export function commonMaximum({
  accounts,
  edges,
}: Omit<TransferProblem, 'target'>): Decimal | null {
  const start = lowest(accounts);
  if (start === null) return null;
  const rows = accounts.flatMap(({ equity, maintenance, transferable }, index) => {
    const spare = equity.minus(maintenance.times(start));
    // A pool without a requirement that owes cannot be raised by this measure; it only sends nothing.
    const row = keepRow(edges, index, D.max(spare, ZERO));
    if (maintenance.gt(0)) row.coefficients.set(edges.length, maintenance);
    return [row, sendRow(edges, index, transferable)];
  });
  return start.plus(largest(edges.length, rows));
}

function lowest(accounts: readonly TransferAccount[]): Decimal | null {
  const known = accounts.flatMap(({ equity, maintenance }) =>
    maintenance.gt(0) ? [equity.div(maintenance)] : [],
  );
  return known.length === 0 ? null : D.min(...known);
}

/** What goes out, less what comes in, is at most the spare equity. */
function keepRow(edges: readonly TransferEdge[], index: number, spare: Decimal): LinearRow {
  const coefficients = new Map<number, Decimal>();
  for (const [column, { from, to, rate }] of edges.entries()) {
    if (from === index) coefficients.set(column, ONE);
    if (to === index) coefficients.set(column, rate.neg());
  }
  return { coefficients, limit: spare };
}

function sendRow(edges: readonly TransferEdge[], index: number, limit: Decimal): LinearRow {
  const coefficients = new Map<number, Decimal>();
  for (const [column, { from }] of edges.entries())
    if (from === index) coefficients.set(column, ONE);
  return { coefficients, limit };
}

function weightOf({ executable }: TransferEdge): Decimal {
  return executable ? ONE : MANUAL_WEIGHT;
}

function weigh(flows: readonly TransferFlow[]): Decimal {
  return flows.reduce((sum, { edge, amount }) => sum.plus(amount.times(weightOf(edge))), ZERO);
}

function flowsOf(edges: readonly TransferEdge[], amounts: readonly Decimal[]): TransferFlow[] {
  return edges.flatMap((edge, column) => {
    const amount = amounts[column];
    return amount?.gt(NOTHING) ? [{ edge, amount }] : [];
  });
}
