import type { ProtectionPlan } from '../../actions/protection-plan.ts';
import { type PlanSight, profitShare } from '../../actions/protection-step.ts';
import { type Decimal, dec } from '../../domain/decimal.ts';
import type { AccountId } from '../../domain/units.ts';
import {
  type JudgedAccount,
  type JudgedDesk,
  type JudgedPosition,
  probability24h,
} from '../../risk/probability/judge-desk.ts';

/** What a plan sees of the desk now. */
export function planSight(plan: ProtectionPlan, desk: JudgedDesk): PlanSight {
  const account = accountCalled(plan.account, desk);
  const position =
    plan.position === null
      ? null
      : (desk.positions.find(
          ({ handle, position: { account: owner } }) =>
            handle === plan.position && owner === plan.account,
        ) ?? null);
  const payer = plan.act.kind === 'add-margin' ? plan.act.from : null;
  const free = accountCalled(payer ?? plan.account, desk)?.account.margin?.availableUsd ?? null;
  const isPayerFresh = payer === null || accountCalled(payer, desk)?.account.status === 'ok';
  return {
    isFresh: account?.account.status === 'ok' && isPayerFresh,
    figure: position === null ? ofAccount(plan, account, desk) : ofPosition(plan, position),
    leg: position && {
      side: position.position.side,
      notionalUsd: position.notionalUsd,
      entryPrice: position.position.entryPrice,
      markPrice: position.position.markPrice,
    },
    freeUsd: free,
  };
}

function accountCalled(id: AccountId, { accounts }: JudgedDesk): JudgedAccount | undefined {
  return accounts.find(({ account }) => account.account.id === id);
}

function ofPosition({ when }: ProtectionPlan, risk: JudgedPosition): Decimal | null {
  switch (when.kind) {
    case 'health-below':
      return risk.healthFactor;
    case 'probability-above':
      return fromFloat(probability24h(risk));
    default:
      return profitShare(risk.position.side, risk.position);
  }
}

/** Of an account its own health, and the worst chance among its positions. */
function ofAccount(
  { when, account: id }: ProtectionPlan,
  account: JudgedAccount | undefined,
  { positions }: JudgedDesk,
): Decimal | null {
  if (when.kind === 'health-below') return account?.healthFactor ?? null;
  if (when.kind !== 'probability-above') return null;
  const chances = positions
    .filter(({ position }) => position.account === id)
    .map((risk) => probability24h(risk));
  const known = chances.filter((chance) => chance !== null);
  return known.length === 0 ? null : fromFloat(Math.max(...known));
}

/** A chance is statistics, and stays so: only the comparison is made of it. */
function fromFloat(value: number | null): Decimal | null {
  return value === null || !Number.isFinite(value) ? null : dec(value.toFixed(6));
}
