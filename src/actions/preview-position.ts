import type { Decimal } from '../domain/decimal.ts';
import { ONE, ZERO } from '../domain/decimal.ts';
import type { Money } from '../domain/money.ts';
import { addMoney, money, toUsd } from '../domain/money.ts';
import type { Position, PriceState } from '../domain/position.ts';
import type { Result } from '../domain/result.ts';
import { err, ok, unreachable } from '../domain/result.ts';
import type { StopsState } from '../domain/stops.ts';
import type { Price, Ratio } from '../domain/units.ts';
import { asQuantity, asUsd } from '../domain/units.ts';
import { marginEffect, standingOf } from '../risk/cross/margin-effect.ts';
import type { MarginSubject, Standing } from '../risk/cross/margin-target.ts';
import { sizeEffect } from '../risk/cross/size-to-reach.ts';
import { liquidationDistance } from '../risk/liquidation-distance.ts';
import { marginProfile } from '../risk/margin-profile.ts';
import { notionalUsd } from '../risk/notional.ts';
import { printedLiquidation } from '../risk/printed-liquidation.ts';
import type { Act, CountedAmount, LegRef } from './act.ts';
import type { Figures } from './figures.ts';
import { fullSize, riskUseOf } from './figures.ts';
import type { HashText } from './hash-text.ts';
import { keptPosition } from './kept-position.ts';
import type { Preview } from './preview.ts';
import { sealPreview } from './preview.ts';
import type { AmountRefusal, MarginAsk, SizeAsk } from './resolve-amount.ts';
import { contractsToClose, marginToAdd, marginToRemove } from './resolve-amount.ts';
import type { RiskWarning } from './risk-warnings.ts';
import { figureWarnings } from './risk-warnings.ts';
import type { StopsChange, StopsRefusal } from './stops.ts';
import { isBeyondLiquidation, stopsAfter } from './stops.ts';

/** What somebody asked for: nothing is reckoned yet. */
export type PositionAsk =
  | { readonly kind: 'add-margin' | 'remove-margin'; readonly ask: MarginAsk }
  | { readonly kind: 'reduce'; readonly ask: SizeAsk }
  | { readonly kind: 'set-stops'; readonly change: StopsChange };

export interface PositionDraft {
  readonly requestedBy: string;
  readonly ask: PositionAsk;
}

/** The position now, from a fresh snapshot, and what its venue does. */
export interface PositionScene {
  readonly subject: MarginSubject;
  /** Null: not known. */
  readonly stops: StopsState | null;
  /** Of an amount of margin, in settle; null: exact. */
  readonly marginStep: Decimal | null;
  /** Of a close, in contracts; null: exact. */
  readonly contractStep: Decimal | null;
  /** What becomes of an isolated position's margin when a part of it is closed. */
  readonly marginOnReduce: 'released' | 'kept';
  /** What the account may still use, in settle; null: not known. */
  readonly free: Money | null;
  /** US dollars per coin of settle; null: not known. */
  readonly coinUsd: Decimal | null;
  /** That this price is touched within 24 h; of no price, as the desk sees it. */
  readonly probabilityAt: (liquidation: Price | null) => Ratio | null;
  readonly expiresAt: number;
  readonly hash: HashText;
}

export type PositionRefusal = AmountRefusal | StopsRefusal;

/** What an act on a position would do. The venue is not asked, and nothing here can be executed. */
export function previewPosition(
  { requestedBy, ask }: PositionDraft,
  scene: PositionScene,
): Result<Preview, PositionRefusal> {
  const planned = planOf(ask, scene);
  if (!planned.ok) return planned;
  const { position } = scene.subject;
  const { act, counted, after } = planned.value;
  const before = figuresIn(scene);
  const facts = {
    ...{ requestedBy, account: position.account, act, counted, before, after },
    markPrice: position.markPrice,
    receiver: null,
    warnings: warningsOf({ act, before, after }, scene),
    expiresAt: scene.expiresAt,
  };
  return ok(sealPreview(facts, scene.hash));
}

interface Plan {
  readonly act: Act;
  readonly counted: CountedAmount;
  readonly after: Figures;
}

function planOf(ask: PositionAsk, scene: PositionScene): Result<Plan, PositionRefusal> {
  switch (ask.kind) {
    case 'add-margin':
    case 'remove-margin':
      return marginPlan(ask.kind, ask.ask, scene);
    case 'reduce':
      return reducePlan(ask.ask, scene);
    case 'set-stops':
      return stopsPlan(ask.change, scene);
    default:
      return unreachable(ask);
  }
}

function marginPlan(
  kind: 'add-margin' | 'remove-margin',
  ask: MarginAsk,
  scene: PositionScene,
): Result<Plan, PositionRefusal> {
  const { subject, free, marginStep } = scene;
  const amount =
    kind === 'add-margin'
      ? marginToAdd(subject, ask, { step: marginStep, free })
      : marginToRemove(subject, ask, marginStep);
  if (!amount.ok) return amount;
  const { currency } = amount.value;
  const sign = kind === 'add-margin' ? ONE : ONE.neg();
  const change = money(amount.value.amount.times(sign), currency);
  const back = money(change.amount.neg(), currency);
  const { collateral } = subject.position;
  const after = {
    ...figuresIn(scene),
    ...movedFigures(marginEffect(subject, change).after, scene),
    collateral: collateral && addMoney(collateral, change),
    freeCollateral: free?.currency === currency ? addMoney(free, back) : null,
  };
  const usd = toUsd(amount.value, scene.coinUsd);
  const act = { kind, leg: legOf(subject.position), amount: amount.value };
  return ok({ act, counted: countedOf(usd), after });
}

function reducePlan(ask: SizeAsk, scene: PositionScene): Result<Plan, PositionRefusal> {
  const { subject, contractStep: step, marginOnReduce } = scene;
  const { position } = subject;
  const closingFee = position.instrument.takerFee;
  if (closingFee === null) return err('no-fee');
  const contracts = contractsToClose(subject, ask, { step, closingFee, marginOnReduce });
  if (!contracts.ok) return contracts;
  const effect = sizeEffect(subject, { contracts: contracts.value, closingFee });
  if (!effect.ok) return effect;
  const closed = contracts.value.div(position.contracts);
  const kept = keptPosition(position, { closed, closingFee, marginOnReduce });
  const isReleased = position.marginMode === 'isolated' && marginOnReduce === 'released';
  const standing = isReleased ? standingOf({ ...subject, position: kept }) : effect.value.after;
  const value = notionalUsd(position);
  const after = closed.eq(ONE)
    ? closedFigures(position)
    : {
        ...figuresIn(scene),
        ...(standing === null ? {} : movedFigures(standing, scene)),
        quantity: kept.quantity,
        collateral: kept.collateral,
        freeCollateral: null,
      };
  const act = { kind: 'reduce' as const, leg: legOf(position), contracts: contracts.value };
  return ok({ act, counted: countedOf(value?.times(closed) ?? null), after });
}

function stopsPlan(change: StopsChange, scene: PositionScene): Result<Plan, PositionRefusal> {
  const { position } = scene.subject;
  const { side, markPrice, instrument } = position;
  const ground = { side, markPrice, tickSize: instrument.tickSize, current: scene.stops };
  const stops = stopsAfter(change, ground);
  if (!stops.ok) return stops;
  const after = {
    ...figuresIn(scene),
    takeProfit: fullSize(stops.value.takeProfit),
    stopLoss: fullSize(stops.value.stopLoss),
  };
  const act = { kind: 'set-stops' as const, leg: legOf(position), stops: stops.value };
  return ok({ act, counted: { kind: 'none' }, after });
}

const legOf = ({ instrument, side }: Position): LegRef => ({ instrument: instrument.id, side });

function countedOf(usd: Decimal | null): CountedAmount {
  return usd === null ? { kind: 'unpriced' } : { kind: 'usd', usd: asUsd(usd) };
}

/** Where the position stands in this scene. */
export function figuresIn(scene: PositionScene): Figures {
  const { position } = scene.subject;
  const standing = standingOf(scene.subject);
  const venues = position.liquidation.kind === 'price' ? position.liquidation.price : null;
  const { side, markPrice } = position;
  return {
    ...movedFigures(standing, scene),
    quantity: position.quantity,
    collateral: position.collateral,
    liquidationPrice: position.liquidation,
    liquidationDistance:
      venues === null || markPrice === null
        ? standing.liquidationDistance
        : liquidationDistance(side, markPrice, venues),
    probability24h: scene.probabilityAt(venues ?? standing.liquidationPrice),
    takeProfit: fullSize(scene.stops?.takeProfit ?? null),
    stopLoss: fullSize(scene.stops?.stopLoss ?? null),
    freeCollateral: scene.free,
  };
}

/** What follows from a change of margin or size, by our own reckoning; the venue will print it its own way. */
function movedFigures(standing: Standing, { probabilityAt, subject }: PositionScene) {
  const unknown: PriceState = { kind: 'unknown' };
  const { side, markPrice, venue, instrument } = subject.position;
  const { prints } = marginProfile(venue);
  const printed =
    standing.liquidationPrice &&
    printedLiquidation(standing.liquidationPrice, side, { prints, tick: instrument.tickSize });
  return {
    healthFactor: standing.healthFactor,
    riskUse: riskUseOf(standing.healthFactor),
    liquidationPrice: unknown,
    estimatedLiquidationPrice: standing.liquidationPrice,
    liquidationDistance: markPrice && printed && liquidationDistance(side, markPrice, printed),
    probability24h: probabilityAt(printed),
  };
}

/** Nothing is left that could be liquidated, or stopped. */
export function closedFigures({ collateral }: Position): Figures {
  const none: PriceState = { kind: 'none' };
  return {
    quantity: asQuantity(ZERO),
    collateral: collateral && money(ZERO, collateral.currency),
    ...{ healthFactor: null, riskUse: null, probability24h: null, freeCollateral: null },
    ...{ estimatedLiquidationPrice: null, liquidationDistance: null },
    ...{ liquidationPrice: none, takeProfit: none, stopLoss: none },
  };
}

/** Ours with ours: the venue's price and our estimate differ by more than a small act moves them. */
function warningsOf(
  { act, before, after }: { readonly act: Act; readonly before: Figures; readonly after: Figures },
  scene: PositionScene,
): RiskWarning[] {
  if (act.kind === 'set-stops') return stopsWarnings(act.stops, before, scene);
  const ours = movedFigures(standingOf(scene.subject), scene);
  const { liquidationPrice } = before;
  return figureWarnings({ ...before, ...ours, liquidationPrice }, after);
}

function stopsWarnings(
  stops: StopsState,
  before: Figures,
  { subject, stops: current }: PositionScene,
): RiskWarning[] {
  const { liquidationPrice: venues, estimatedLiquidationPrice: ours } = before;
  const liquidation = venues.kind === 'price' ? venues.price : ours;
  const isStopped = ({ stopLoss, trailing }: StopsState) =>
    stopLoss.length > 0 || trailing !== null;
  const warnings: RiskWarning[] = [];
  if (current !== null && isStopped(current) && !isStopped(stops)) warnings.push('stop-removed');
  if (isBeyondLiquidation(stops, { side: subject.position.side, liquidation })) {
    warnings.push('stop-beyond-liquidation');
  }
  return warnings;
}
