import type { CollateralBalance } from '../domain/account.ts';
import { Decimal, dec, ONE } from '../domain/decimal.ts';
import type { Money } from '../domain/money.ts';
import { isDollar, money } from '../domain/money.ts';
import type { AccountId } from '../domain/units.ts';
import type { AccountSnapshot } from '../portfolio/snapshot.ts';
import { marginToReach } from '../risk/cross/margin-to-reach.ts';
import type { JudgedAccount, JudgedPosition } from '../risk/probability/judge-desk.ts';
import { withCollateral, withMarginAdded, withShareClosed } from './acted-accounts.ts';
import type { FreshFact } from './desk-facts.ts';
import { LINES } from './lines.ts';
import type { RemedyAct } from './remedy.ts';
import type { Report } from './sheet.ts';

/** An act, and the accounts it touches as they would be. Not yet tried. */
export interface Candidate {
  readonly act: RemedyAct;
  readonly changed: readonly AccountSnapshot[];
}

/** Distances aimed at, of the mark: the line itself, and farther ones for a chance that is still too high. */
const AIMS = [LINES.dist.warn, dec('0.2'), dec('0.3')];
const SHARES = [dec('0.1'), dec('0.25'), dec('0.5')];

/** What could help a fact, the least first. */
export function candidatesFor(report: Report, fact: FreshFact): Candidate[] {
  const { entity } = fact;
  if (entity.kind === 'desk') return [];
  const account = report.desk.accounts.find(
    ({ account: each }) => each.account.id === entity.account,
  );
  if (account === undefined) return [];
  if (entity.kind === 'account') return movesFor(report, account, lackOf(account, fact));
  const risk = report.desk.positions.find(
    ({ handle, position }) => handle === entity.handle && position.account === entity.account,
  );
  if (risk === undefined || risk.disagrees) return [];
  if (risk.position.marginMode === 'isolated') return additions(account, risk);
  // The chance of a whole pool is simulated: no act's effect on it can be told at once.
  if (fact.metric === 'prob') return [];
  return [...movesFor(report, account, lackOfCross(account, risk)), ...closes(account, risk)];
}

/** Margin to reach a farther liquidation price, in whole dollars; the last is all that is free. */
function additions({ account, pools }: JudgedAccount, risk: JudgedPosition): Candidate[] {
  const { position, handle } = risk;
  const { settle } = position.instrument;
  const free = account.margin?.availableUsd ?? null;
  if (!isDollar(settle) || position.markPrice === null || free === null) return [];
  const subject = { position, account, pools };
  const amounts = AIMS.flatMap((aim) => {
    const price = aimedPrice(risk, aim);
    const reached = price && marginToReach(subject, { kind: 'liquidation-price', price }, ONE);
    return reached?.ok && reached.value.change.amount.gt(0) ? [reached.value.change.amount] : [];
  });
  const most = free.toDecimalPlaces(0, Decimal.ROUND_DOWN);
  const feasible = amounts.filter((amount) => amount.lte(most));
  const all = feasible.length < amounts.length && most.gt(0) ? [...feasible, most] : feasible;
  return all.map((each) => {
    const amount = money(each, settle);
    return {
      act: { kind: 'add', handle, amount },
      changed: [withMarginAdded(account, position, amount)],
    };
  });
}

function aimedPrice({ position }: JudgedPosition, distance: Decimal): Decimal | null {
  const { markPrice, side } = position;
  if (markPrice === null) return null;
  return markPrice.times(side === 'long' ? ONE.minus(distance) : ONE.plus(distance));
}

/** Dollars of equity that are missing to the warning line, rounded up; null: not reckonable. */
function lackOf(
  { equityUsd, initialMarginUsd, maintenanceMarginUsd }: JudgedAccount,
  { metric }: FreshFact,
): Decimal | null {
  if (equityUsd === null) return null;
  if (metric === 'mu' && initialMarginUsd !== null) {
    // At the line is beyond it: one dollar more.
    const needed = initialMarginUsd.div(LINES.mu.warn).minus(equityUsd);
    return needed.toDecimalPlaces(0, Decimal.ROUND_FLOOR).plus(1);
  }
  if (metric === 'hf' && maintenanceMarginUsd !== null) {
    const needed = maintenanceMarginUsd.times(LINES.hf.warn).minus(equityUsd);
    return needed.toDecimalPlaces(0, Decimal.ROUND_CEIL);
  }
  return null;
}

function lackOfCross({ account, pools }: JudgedAccount, risk: JudgedPosition): Decimal | null {
  const { position } = risk;
  const price = aimedPrice(risk, LINES.dist.warn);
  if (price === null || !isDollar(position.instrument.settle)) return null;
  const reached = marginToReach(
    { position, account, pools },
    { kind: 'liquidation-price', price },
    ONE,
  );
  return reached.ok ? reached.value.change.amount : null;
}

/** From each account of the venue that may send here, what is lacking or all it has free. */
function movesFor(report: Report, to: JudgedAccount, lack: Decimal | null): Candidate[] {
  if (lack === null || !lack.gt(0)) return [];
  const { account } = to.account;
  return report.snapshot.accounts.flatMap((from): Candidate[] => {
    const isWay =
      account.fundedBy.includes(from.account.id) && from.account.venue === account.venue;
    const most = isWay && from.status === 'ok' ? freeDollars(from, to.account) : null;
    if (most === null || most.amount.lte(0)) return [];
    const amount = money(Decimal.min(lack, most.amount), most.currency);
    return [moveOf(from, to.account, amount)];
  });
}

function moveOf(from: AccountSnapshot, to: AccountSnapshot, amount: Money): Candidate {
  const ids: { readonly from: AccountId; readonly to: AccountId } = {
    from: from.account.id,
    to: to.account.id,
  };
  const out = money(amount.amount.neg(), amount.currency);
  return {
    act: { kind: 'move', ...ids, amount },
    changed: [withCollateral(from, out), withCollateral(to, amount)],
  };
}

/** In a dollar coin that the other holds, too, else in the one it holds most of; whole dollars. */
function freeDollars({ margin }: AccountSnapshot, to: AccountSnapshot): Money | null {
  const coins = (margin?.collateral ?? []).filter(({ asset }) => isDollar(asset));
  const ranked = coins.toSorted((a, b) => b.quantity.comparedTo(a.quantity));
  const isHeld = ({ asset }: CollateralBalance) =>
    to.margin?.collateral.some((each) => each.asset === asset) === true;
  const most = ranked.find((coin) => isHeld(coin) && coin.quantity.gt(0)) ?? ranked[0];
  const free = margin?.availableUsd ?? null;
  if (most === undefined || free === null) return null;
  const amount = Decimal.min(most.quantity, free).toDecimalPlaces(0, Decimal.ROUND_DOWN);
  return money(amount, most.asset);
}

function closes({ account }: JudgedAccount, { position, handle }: JudgedPosition): Candidate[] {
  return SHARES.flatMap((share): Candidate[] => {
    const closed = withShareClosed(account, position, share);
    return closed === null ? [] : [{ act: { kind: 'reduce', handle, share }, changed: [closed] }];
  });
}
