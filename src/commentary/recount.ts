import { Decimal } from '../domain/decimal.ts';
import type { Position } from '../domain/position.ts';
import type { Snapshot } from '../portfolio/snapshot.ts';
import { coinPriceFrom } from '../risk/coin-price.ts';
import { accountPools, deathFor } from '../risk/cross/account-pools.ts';
import { assessExposure } from '../risk/exposure.ts';
import type { JudgedPosition } from '../risk/probability/judge-desk.ts';
import type { LiquidationProbability } from '../risk/probability/liquidation-probability.ts';
import { headlineOf } from '../risk/probability/position-probability.ts';
import type { Fact, Metric } from './fact.ts';
import type { Report } from './sheet.ts';

/**
 * The figures once more, straight from what the venues said and by other lines of code than the facts. A
 * mistake would have to be made twice, the same way, to be shown.
 */
export function figureAgain(
  report: Report,
  { entity, metric, asset }: Pick<Fact, 'entity' | 'metric' | 'asset'>,
): Decimal | null {
  switch (entity.kind) {
    case 'desk':
      return metric === 'conc'
        ? concentrationAgain(report.snapshot, asset)
        : deskFigure(report.snapshot, metric);
    case 'account':
      return accountFigure(report, entity.account, metric);
    case 'position': {
      const risk = report.desk.positions.find(({ handle }) => handle === entity.handle);
      if (risk === undefined) return null;
      return metric === 'prob'
        ? chanceIn(headlineOf(risk.probability))
        : distanceAgain(risk, report.snapshot);
    }
  }
}

function deskFigure(snapshot: Snapshot, metric: Metric): Decimal | null {
  const key = metric === 'mu' ? 'initialMarginUsd' : 'maintenanceMarginUsd';
  let [required, equity] = [new Decimal(0), new Decimal(0)];
  for (const { margin } of snapshot.accounts) {
    const own = margin?.[key] ?? null;
    if (own === null || margin?.equityUsd == null) continue;
    required = required.plus(own);
    equity = equity.plus(margin.equityUsd);
  }
  return share(metric, required, equity);
}

function accountFigure({ snapshot, desk }: Report, id: string, metric: Metric): Decimal | null {
  if (metric === 'prob') {
    const judged = desk.accounts.find(({ account }) => account.account.id === id);
    return judged?.probability ? chanceIn(judged.probability) : null;
  }
  const margin = snapshot.accounts.find(({ account }) => account.id === id)?.margin ?? null;
  if (margin?.equityUsd == null) return null;
  const required = metric === 'mu' ? margin.initialMarginUsd : margin.maintenanceMarginUsd;
  return required === null ? null : share(metric, required, margin.equityUsd);
}

/** Usage is required over equity, health the other way up. */
function share(metric: Metric, required: Decimal, equity: Decimal): Decimal | null {
  const [over, under] = metric === 'mu' ? [required, equity] : [equity, required];
  return under.gt(0) ? over.div(under) : null;
}

/** Accounts whose positions were never read. */
export const missingAgain = ({ snapshot }: Report): number =>
  snapshot.accounts.filter(({ positionsAt }) => positionsAt === null).length;

/** Positions without a way to tell how far it is, and without anybody's word that there is no end. */
export function unknownAgain({ desk, snapshot }: Report): number {
  return desk.positions.filter((risk) => {
    const { liquidation } = risk.position;
    const isEndless = liquidation.kind === 'none' || risk.estimateMissing === 'never';
    const hasPrice = liquidation.kind === 'price' || risk.estimatedLiquidationPrice !== null;
    return distanceAgain(risk, snapshot) === null && (hasPrice || !isEndless);
  }).length;
}

/** The share of that very asset, if no other has more. */
function concentrationAgain(snapshot: Snapshot, asset: string | null): Decimal | null {
  const { byAsset } = assessExposure(snapshot);
  const nets = byAsset.flatMap(({ netUsd }) => netUsd?.abs() ?? []);
  const total = nets.reduce((sum: Decimal, net) => sum.plus(net), new Decimal(0));
  const own = byAsset.find((each) => each.asset === asset)?.netUsd?.abs() ?? null;
  return own !== null && total.gt(0) && nets.every((net) => net.lte(own)) ? own.div(total) : null;
}

function distanceAgain(
  { position, estimatedLiquidationPrice }: JudgedPosition,
  snapshot: Snapshot,
): Decimal | null {
  const { liquidation, markPrice, side } = position;
  const price = liquidation.kind === 'price' ? liquidation.price : estimatedLiquidationPrice;
  if (price === null || markPrice === null || !markPrice.gt(0)) return null;
  const below = markPrice.minus(price).div(markPrice);
  const distance = side === 'long' ? below : below.neg();
  return distance.lt(0) && isPoolAlive(position, snapshot) ? distance.neg() : distance;
}

/** Both legs of a hedged pair may show one price: of a pool that is alive, no leg is past it. */
function isPoolAlive(position: Position, snapshot: Snapshot): boolean {
  const account = snapshot.accounts.find(({ positions }) => positions.includes(position));
  if (account === undefined || position.marginMode === 'isolated') return false;
  const death = deathFor(position, accountPools(account, coinPriceFrom(snapshot)));
  return death !== null && death.missing === null && !death.isPast;
}

function chanceIn(probability: LiquidationProbability): Decimal | null {
  const day = probability['24h'];
  // As many digits as a chance has anywhere on the desk.
  return day.kind === 'known' ? new Decimal(day.probability).toSignificantDigits(6) : null;
}
