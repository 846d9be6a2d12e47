import { Decimal } from '../domain/decimal.ts';
import type { Snapshot } from '../portfolio/snapshot.ts';
import { assessExposure } from '../risk/exposure.ts';
import type { JudgedPosition } from '../risk/probability/judge-desk.ts';
import type { LiquidationProbability } from '../risk/probability/liquidation-probability.ts';
import { headlineOf } from '../risk/probability/position-probability.ts';
import type { Entity, Metric } from './fact.ts';
import type { Report } from './sheet.ts';

/**
 * The figures once more, straight from what the venues said and by other lines of code than the facts. A
 * mistake would have to be made twice, the same way, to be shown.
 */
export function figureAgain(report: Report, entity: Entity, metric: Metric): Decimal | null {
  switch (entity.kind) {
    case 'desk':
      return deskFigure(report.snapshot, metric);
    case 'account':
      return accountFigure(report, entity.account, metric);
    case 'position': {
      const risk = report.desk.positions.find(({ handle }) => handle === entity.handle);
      if (risk === undefined) return null;
      return metric === 'prob' ? chanceIn(headlineOf(risk.probability)) : distanceAgain(risk);
    }
  }
}

function deskFigure(snapshot: Snapshot, metric: Metric): Decimal | null {
  if (metric === 'conc') return concentrationAgain(snapshot);
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

function concentrationAgain(snapshot: Snapshot): Decimal | null {
  const nets = assessExposure(snapshot).byAsset.flatMap(({ netUsd }) => netUsd?.abs() ?? []);
  const total = nets.reduce((sum: Decimal, net) => sum.plus(net), new Decimal(0));
  return total.gt(0) ? Decimal.max(...nets).div(total) : null;
}

function distanceAgain({ position, estimatedLiquidationPrice }: JudgedPosition): Decimal | null {
  const { liquidation, markPrice, side } = position;
  const price = liquidation.kind === 'price' ? liquidation.price : estimatedLiquidationPrice;
  if (price === null || markPrice === null || !markPrice.gt(0)) return null;
  const below = markPrice.minus(price).div(markPrice);
  return side === 'long' ? below : below.neg();
}

function chanceIn(probability: LiquidationProbability): Decimal | null {
  const day = probability['24h'];
  return day.kind === 'known' ? new Decimal(day.probability) : null;
}
