import { Decimal } from '../domain/decimal.ts';
import type { Money } from '../domain/money.ts';
import { addMoney, money } from '../domain/money.ts';
import type { Position } from '../domain/position.ts';
import { coinPriceFrom } from '../risk/coin-price.ts';
import { accountPools } from '../risk/cross/account-pools.ts';
import { marginEffect } from '../risk/cross/margin-effect.ts';
import type { MarginSubject } from '../risk/cross/margin-target.ts';
import { sizeEffect } from '../risk/cross/size-to-reach.ts';
import { liquidationDistance } from '../risk/liquidation-distance.ts';
import type { JudgedPosition } from '../risk/probability/judge-desk.ts';
import { headlineOf, priceProbability } from '../risk/probability/position-probability.ts';
import type { Fact } from './fact.ts';
import type { RemedyAct } from './remedy.ts';
import type { Report } from './sheet.ts';

/**
 * What an act does to a fact, reckoned by the closed formulas of the inverse questions: the sheet judged
 * the changed desk instead. Null: there is no second way to know, and then the act is not shown.
 */
export function effectAgain(
  report: Report,
  fact: Pick<Fact, 'entity' | 'metric'>,
  act: RemedyAct,
): Decimal | null {
  const { entity } = fact;
  if (entity.kind === 'desk') return null;
  if (entity.kind === 'account') {
    return act.kind === 'move' ? withMoreEquity(report, entity.account, { fact, act }) : null;
  }
  const risk = report.desk.positions.find(({ handle }) => handle === entity.handle);
  if (risk === undefined) return null;
  const subject = subjectOf(report, risk.position);
  if (subject === null) return null;
  if (act.kind === 'reduce') return afterClosing(subject, act.share);
  const effect = marginEffect(subject, act.amount);
  if (fact.metric === 'dist') return effect.after.liquidationDistance;
  return chanceAfter(report, risk, { amount: act.amount, price: effect.after.liquidationPrice });
}

function subjectOf({ snapshot }: Report, position: Position): MarginSubject | null {
  const account = snapshot.accounts.find((each) => each.account.id === position.account);
  if (account === undefined) return null;
  return { position, account, pools: accountPools(account, coinPriceFrom(snapshot)) };
}

function withMoreEquity(
  { snapshot }: Report,
  id: string,
  {
    fact,
    act,
  }: { readonly fact: Pick<Fact, 'metric'>; readonly act: RemedyAct & { readonly kind: 'move' } },
): Decimal | null {
  const margin = snapshot.accounts.find(({ account }) => account.id === id)?.margin;
  if (margin?.equityUsd == null) return null;
  const equity = margin.equityUsd.plus(act.amount.amount);
  const { initialMarginUsd: initial, maintenanceMarginUsd: maintenance } = margin;
  if (fact.metric === 'mu') return initial && equity.gt(0) ? initial.div(equity) : null;
  return maintenance?.gt(0) ? equity.div(maintenance) : null;
}

function afterClosing(subject: MarginSubject, share: Decimal): Decimal | null {
  const { contracts, instrument } = subject.position;
  if (instrument.takerFee === null) return null;
  const closing = { contracts: contracts.times(share), closingFee: instrument.takerFee };
  const effect = sizeEffect(subject, closing);
  return effect.ok ? (effect.value.after?.liquidationDistance ?? null) : null;
}

function chanceAfter(
  report: Report,
  risk: JudgedPosition,
  {
    amount,
    price,
  }: { readonly amount: Money; readonly price: JudgedPosition['estimatedLiquidationPrice'] },
): Decimal | null {
  const { collateral, markPrice, side } = risk.position;
  if (collateral === null || markPrice === null || collateral.currency !== amount.currency)
    return null;
  const more = addMoney(collateral, money(amount.amount, amount.currency));
  const changed: JudgedPosition = {
    ...risk,
    position: { ...risk.position, collateral: more, liquidation: { kind: 'unknown' } },
    estimatedLiquidationPrice: price,
    liquidationState: price === null ? 'unknown' : 'price',
    liquidationDistance: price && liquidationDistance(side, markPrice, price),
  };
  const day = headlineOf(priceProbability(changed, report.desk.evidence))['24h'];
  return day.kind === 'known' ? new Decimal(day.probability).toSignificantDigits(6) : null;
}
