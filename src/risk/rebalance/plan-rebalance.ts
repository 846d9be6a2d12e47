import type { Decimal } from '../../domain/decimal.ts';
import { Decimal as D } from '../../domain/decimal.ts';
import type { AccountId, Ratio, Usd } from '../../domain/units.ts';
import { asRatio, asUsd } from '../../domain/units.ts';
import type { Snapshot } from '../../portfolio/snapshot.ts';
import type { AccountRisk } from '../account-risk.ts';
import { assessAccount } from '../account-risk.ts';
import { afterTransfers } from './after-transfers.ts';
import { fundingEdges } from './funding-edges.ts';
import type { DollarTransfer, PlannedTransfer } from './in-coins.ts';
import { inCoins } from './in-coins.ts';
import { planTransfers } from './plan-transfers.ts';
import { roundFlows } from './round-flows.ts';
import type { TransferAccount, TransferFlow } from './solve-transfers.ts';
import type { SendUnknown } from './transferable.ts';
import { transferableUsd } from './transferable.ts';

export interface RebalanceGoal {
  /** The health factor every account should have. */
  readonly target: Ratio;
  /**
   * No sender goes below this, not even where the target cannot be reached. Null: the health factor that
   * is aimed at, the target or, out of reach of it, the common maximum.
   */
  readonly donorFloor: Ratio | null;
}

export interface RebalancePlan {
  /** Every account with known figures is at the target or above after the transfers. */
  readonly feasible: boolean;
  readonly target: Ratio;
  /** The highest health factor all accounts could have together over these ways; null without positions. */
  readonly commonMaximum: Ratio | null;
  /** What the accounts below the target lack, summed. */
  readonly needUsd: Usd;
  /** What the accounts above it may send and stay there, summed. */
  readonly capacityUsd: Usd;
  readonly transfers: readonly PlannedTransfer[];
  /** Every account of the desk in its order, judged again with the transfers made. */
  readonly after: readonly AccountRisk[];
  /** Below the target, and nobody who can send may send here. */
  readonly beyondHelp: readonly AccountId[];
  /** Left out of the plan. */
  readonly unknown: readonly Named<PlanUnknown>[];
  /** In the plan as receivers only. */
  readonly sendsNothing: readonly Named<SendUnknown>[];
}

/** Why an account is in no plan. */
type PlanUnknown = 'missing' | 'no-equity' | 'no-maintenance';

interface Named<Reason> {
  readonly account: AccountId;
  readonly reason: Reason;
}

/**
 * The least to move so that every account has the target health factor, over the ways the desk file names
 * (`fundedBy`), inside a venue first. Where linked accounts cannot get there, the worst of them are raised
 * together as far as it goes (risk model 6.1). Amounts are whole cents. A transfer raises an account's
 * pool; isolated positions keep the margin they have.
 */
export function planRebalance(snapshot: Snapshot, goal: RebalanceGoal): RebalancePlan {
  const risks = snapshot.accounts.map(assessAccount);
  const members = risks.flatMap((risk) => memberOf(risk, goal) ?? []);
  const accounts = members.map(({ transfer }) => transfer);
  const edges = fundingEdges(members.map(({ risk }) => risk.account.account));
  const plan = planTransfers({ accounts, edges, target: goal.target });
  const flows = roundFlows(accounts, plan.flows, plan.aims);
  const transfers = inCoins(
    snapshot,
    flows.flatMap((flow) => named(flow, members)),
  );
  return {
    feasible: plan.feasible,
    target: goal.target,
    commonMaximum: plan.commonMaximum === null ? null : asRatio(plan.commonMaximum),
    needUsd: asUsd(plan.need),
    capacityUsd: asUsd(plan.capacity),
    transfers,
    after: afterTransfers(snapshot, transfers).accounts.map(assessAccount),
    beyondHelp: plan.beyondHelp.flatMap((place) => idAt(members, place)),
    unknown: risks.flatMap((risk) => {
      const reason = unknownIn(risk);
      return reason === null ? [] : [{ account: risk.account.account.id, reason }];
    }),
    sendsNothing: members.flatMap(({ risk, sendUnknown }) =>
      sendUnknown === null ? [] : [{ account: risk.account.account.id, reason: sendUnknown }],
    ),
  };
}

interface Member {
  readonly risk: AccountRisk;
  readonly transfer: TransferAccount;
  readonly sendUnknown: SendUnknown | null;
}

function unknownIn({ account, equityUsd, maintenanceMarginUsd }: AccountRisk): PlanUnknown | null {
  if (account.status === 'missing') return 'missing';
  if (equityUsd?.isFinite() !== true) return 'no-equity';
  return maintenanceMarginUsd?.isFinite() === true ? null : 'no-maintenance';
}

function memberOf(risk: AccountRisk, { donorFloor }: RebalanceGoal): Member | null {
  const { equityUsd: equity, maintenanceMarginUsd } = risk;
  if (equity === null || maintenanceMarginUsd === null || unknownIn(risk) !== null) return null;
  const maintenance: Decimal = D.max(maintenanceMarginUsd, 0);
  const may = transferableUsd(risk);
  const above = donorFloor === null ? equity : equity.minus(maintenance.times(donorFloor));
  const transferable = may.ok ? D.max(D.min(may.value, above), 0) : new D(0);
  const sendUnknown = may.ok ? null : may.error;
  return { risk, transfer: { equity, maintenance, transferable }, sendUnknown };
}

function named({ edge, amount }: TransferFlow, members: readonly Member[]): DollarTransfer[] {
  const { rate, executable } = edge;
  return idAt(members, edge.from).flatMap((from) =>
    idAt(members, edge.to).map((to) => ({ from, to, amountUsd: asUsd(amount), rate, executable })),
  );
}

function idAt(members: readonly Member[], place: number): AccountId[] {
  const member = members[place];
  return member === undefined ? [] : [member.risk.account.account.id];
}
