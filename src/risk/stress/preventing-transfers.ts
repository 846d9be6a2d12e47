import type { Account } from '../../domain/account.ts';
import type { Decimal } from '../../domain/decimal.ts';
import { Decimal as D, dec, ONE, ZERO } from '../../domain/decimal.ts';
import type { AccountId, Handle, Usd } from '../../domain/units.ts';
import { asUsd } from '../../domain/units.ts';
import type { Snapshot } from '../../portfolio/snapshot.ts';
import { assessAccount } from '../account-risk.ts';
import { fundingEdges } from '../rebalance/funding-edges.ts';
import { roundFlows } from '../rebalance/round-flows.ts';
import type { TransferAccount, TransferEdge, TransferFlow } from '../rebalance/solve-transfers.ts';
import { solveTransfers } from '../rebalance/solve-transfers.ts';
import { transferableUsd } from '../rebalance/transferable.ts';
import { marketAt } from './market.ts';
import { poolFigures } from './pool-value.ts';
import type { Scenario } from './scenario.ts';
import { TODAY } from './scenario.ts';
import type { StressBook, StressPool } from './stress-book.ts';

interface PreventingTransfer {
  readonly from: AccountId;
  /** The same account where its own free margin goes into an isolated position. */
  readonly to: AccountId;
  /** The isolated position that needs it; null: the cross pool. */
  readonly isolated: Handle | null;
  readonly amountUsd: Usd;
  /** The console can do it: one venue. */
  readonly executable: boolean;
}

/** What, moved before the scenario began, would have kept accounts from being liquidated. */
export interface Prevention {
  /** Empty: nothing was needed, or nothing was possible. */
  readonly transfers: readonly PreventingTransfer[];
  readonly saved: readonly AccountId[];
  /** Liquidated whatever is moved over the ways there are. */
  readonly lost: readonly { readonly account: AccountId; readonly needUsd: Usd }[];
}

/**
 * The least to move beforehand, over `fundedBy` and from an account's own free margin into its isolated
 * positions, so that pools stay above liquidation on the whole path: senders included. Where not all can
 * be saved, those who need least are. What the venue calls available today is the most that may leave.
 */
export function preventingTransfers(
  snapshot: Snapshot,
  book: StressBook,
  scenario: Scenario,
): Prevention {
  const nodes = book.pools.map((pool) => nodeOf(pool, { snapshot, book, scenario }));
  const edges = edgesOf(snapshot, book);
  const needy = [...nodes.keys()].filter((index) => nodes[index]?.equity.isNegative() === true);
  const needOf = (account: number): Decimal =>
    needy
      .filter((index) => book.pools[index]?.account === account)
      .reduce((sum, index) => sum.minus(nodes[index]?.equity ?? ZERO), ZERO);
  const accounts = [...new Set(needy.map((index) => book.pools[index]?.account ?? -1))].toSorted(
    (a, b) => needOf(a).comparedTo(needOf(b)),
  );
  let best: { flows: readonly TransferFlow[]; saved: readonly number[] } = { flows: [], saved: [] };
  for (const account of accounts) {
    const saved = [...best.saved, account];
    const flows = solveTransfers({
      accounts: nodes.map((node, index) =>
        saved.includes(book.pools[index]?.account ?? -1) ? node : withoutNeed(node),
      ),
      edges,
      target: ZERO,
    });
    if (flows !== null) best = { flows, saved };
  }
  const idOf = (account: number): AccountId[] => {
    const found = book.accounts[account];
    return found === undefined ? [] : [found.id];
  };
  return {
    transfers: roundFlows(
      nodes,
      best.flows,
      nodes.map(() => ZERO),
    ).flatMap((flow) => named(flow, book)),
    saved: best.saved.flatMap(idOf),
    lost: accounts
      .filter((account) => !best.saved.includes(account))
      .flatMap((account) =>
        idOf(account).map((id) => ({ account: id, needUsd: centsUp(needOf(account)) })),
      ),
  };
}

/** Equity exactly at the requirement is liquidated already: a cent above it is not. */
const CENT = dec('0.01');

/** A pool as an account of the transfer problem: its least slack on the path is what it has to spare. */
function nodeOf(
  pool: StressPool,
  { snapshot, book, scenario }: { snapshot: Snapshot; book: StressBook; scenario: Scenario },
): TransferAccount {
  const account = book.accounts[pool.account];
  const source = snapshot.accounts[pool.account];
  if (account === undefined || source === undefined || account.unknown !== null) return IDLE;
  const slacks = [TODAY, ...scenario.path].map((point) => {
    const { worthUsd, slackUsd } = poolFigures(pool, marketAt(book, point), book.fresh);
    return pool.kind === 'cash' ? Math.max(worthUsd, 0) : slackUsd;
  });
  const may = transferableUsd(assessAccount(source));
  const sends = may.ok && mainPool(book, pool.account) === pool.index;
  return {
    equity: new D(Math.min(...slacks)).minus(pool.kind === 'cash' ? ZERO : CENT),
    maintenance: ZERO,
    transferable: sends ? may.value : ZERO,
  };
}

const IDLE: TransferAccount = { equity: ZERO, maintenance: ZERO, transferable: ZERO };

function centsUp(amount: Decimal): Usd {
  return asUsd(amount.toDecimalPlaces(2, D.ROUND_UP));
}

function withoutNeed(node: TransferAccount): TransferAccount {
  return { ...node, equity: D.max(node.equity, ZERO) };
}

/** Where an account's free money is: its cross pool, else its cash. */
function mainPool(book: StressBook, account: number): number | null {
  const own = book.accounts[account]?.pools ?? [];
  const main = own.find(({ kind }) => kind === 'cross') ?? own.find(({ kind }) => kind === 'cash');
  return main?.index ?? null;
}

function edgesOf(snapshot: Snapshot, book: StressBook): readonly TransferEdge[] {
  const accounts = snapshot.accounts.map(({ account }): Account => account);
  const own = accounts.map((_, index) => ({ from: index, to: index, rate: ONE, executable: true }));
  return [...own, ...fundingEdges(accounts)].flatMap(({ from, to, rate, executable }) => {
    const source = mainPool(book, from);
    if (source === null) return [];
    const pools = book.accounts[to]?.pools ?? [];
    return pools
      .filter((pool) => pool.kind !== 'cash' && pool.index !== source)
      .map((pool) => ({ from: source, to: pool.index, rate, executable }));
  });
}

function named({ edge, amount }: TransferFlow, book: StressBook): PreventingTransfer[] {
  const target = book.pools[edge.to];
  const from = book.accounts[book.pools[edge.from]?.account ?? -1];
  const to = book.accounts[target?.account ?? -1];
  if (target === undefined || from === undefined || to === undefined) return [];
  const isolated = target.kind === 'isolated' ? (target.legs[0]?.handle ?? null) : null;
  const { executable } = edge;
  return [{ from: from.id, to: to.id, isolated, amountUsd: asUsd(amount), executable }];
}
