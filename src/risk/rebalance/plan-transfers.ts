import type { Decimal } from '../../domain/decimal.ts';
import { Decimal as D, dec, ZERO } from '../../domain/decimal.ts';
import { linkedGroups } from './linked-groups.ts';
import type {
  TransferAccount,
  TransferEdge,
  TransferFlow,
  TransferProblem,
} from './solve-transfers.ts';
import { commonMaximum, solveTransfers } from './solve-transfers.ts';

export interface TransferPlan {
  /** Every account is at the target or above after the flows. */
  readonly feasible: boolean;
  readonly flows: readonly TransferFlow[];
  /** What each account's group can have together, at most the target: no sender goes below it. */
  readonly aims: readonly Decimal[];
  /** h*: the highest health factor all could have together; null when none has a requirement. */
  readonly commonMaximum: Decimal | null;
  /** Places of accounts below the target to which nobody who can send may send. */
  readonly beyondHelp: readonly number[];
  /** Σ of what accounts lack for the target. */
  readonly need: Decimal;
  /** Σ of what accounts above the target may send and stay there. */
  readonly capacity: Decimal;
}

/** h* is a border on which the last of forty digits may fall either way: one aims a hair below it. */
const HAIR = dec('1e-30');

/**
 * The cheapest flows to the target; where a group of linked accounts cannot get there, its worst are
 * raised together as far as it goes. Accounts beyond help are kept where they are and do not hold the
 * others down.
 */
export function planTransfers({ accounts, edges, target }: TransferProblem): TransferPlan {
  const usable = edges.filter(({ from }) => accounts[from]?.transferable.gt(0) === true);
  const beyondHelp = [...accounts.entries()].flatMap(([index, account]) =>
    lackOf(account, target).gt(0) && !usable.some(({ to }) => to === index) ? [index] : [],
  );
  const groups = linkedGroups(accounts.length, usable).map((group) =>
    planGroup(
      { accounts, edges: usable, target },
      group.filter((i) => !beyondHelp.includes(i)),
    ),
  );
  return {
    feasible: beyondHelp.length === 0 && groups.every(({ reached }) => reached),
    flows: groups.flatMap(({ flows }) => flows),
    aims: accounts.map(
      (_, index) => groups.find(({ members }) => members.includes(index))?.aim ?? target,
    ),
    commonMaximum: commonMaximum({ accounts, edges: usable }),
    beyondHelp,
    need: sum(accounts.map((account) => lackOf(account, target))),
    capacity: sum(accounts.map((account) => purseOf(account, target))),
  };
}

interface GroupPlan {
  readonly members: readonly number[];
  readonly flows: readonly TransferFlow[];
  readonly aim: Decimal;
  readonly reached: boolean;
}

function planGroup(whole: TransferProblem, members: readonly number[]): GroupPlan {
  const places = new Map(members.map((member, place) => [member, place]));
  const originals: TransferEdge[] = [];
  const edges = whole.edges.flatMap((edge) => {
    const from = places.get(edge.from);
    const to = places.get(edge.to);
    if (from === undefined || to === undefined) return [];
    originals.push(edge);
    return [{ ...edge, from, to }];
  });
  const accounts = members.flatMap((member) => whole.accounts[member] ?? []);
  const asWhole = (flows: readonly TransferFlow[]): TransferFlow[] =>
    flows.flatMap(({ edge, amount }) => {
      const original = originals[edges.indexOf(edge)];
      return original === undefined ? [] : [{ edge: original, amount }];
    });
  const flows = solveTransfers({ accounts, edges, target: whole.target });
  if (flows !== null) return { members, flows: asWhole(flows), aim: whole.target, reached: true };
  const aim = hairBelow(commonMaximum({ accounts, edges }) ?? whole.target);
  const best = solveTransfers({ accounts, edges, target: aim }) ?? [];
  return { members, flows: asWhole(best), aim, reached: false };
}

function hairBelow(most: Decimal): Decimal {
  return most.minus(most.abs().times(HAIR));
}

function lackOf({ equity, maintenance }: TransferAccount, target: Decimal): Decimal {
  return D.max(maintenance.times(target).minus(equity), ZERO);
}

function purseOf({ equity, maintenance, transferable }: TransferAccount, target: Decimal): Decimal {
  return D.max(D.min(transferable, equity.minus(maintenance.times(target))), ZERO);
}

function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((total, amount) => total.plus(amount), ZERO);
}
