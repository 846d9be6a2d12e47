import { Decimal } from '../domain/decimal.ts';
import type { AccountSnapshot } from '../portfolio/snapshot.ts';
import { assessAccount } from '../risk/account-risk.ts';
import { deskAccount, positionIn } from '../risk/assess-desk.ts';
import { coinPriceFrom } from '../risk/coin-price.ts';
import { headlineOf, priceProbability } from '../risk/probability/position-probability.ts';
import type { FreshFact } from './desk-facts.ts';
import type { Entity } from './fact.ts';
import type { Report } from './sheet.ts';

/**
 * One fact's figure with some accounts changed, and nothing else of them: for choosing what is worth being
 * judged whole. Null: not known, or only a whole judging can tell.
 */
export function figureAfter(
  report: Report,
  { entity, metric }: FreshFact,
  changed: readonly AccountSnapshot[],
): Decimal | null {
  if (entity.kind === 'desk') return null;
  const account = changed.find((each) => each.account.id === entity.account);
  if (account === undefined) return null;
  if (entity.kind === 'account') {
    const { marginUsage, healthFactor } = assessAccount(account);
    return metric === 'mu' ? marginUsage : metric === 'hf' ? healthFactor : null;
  }
  return positionFigure(report, { entity, metric }, account);
}

interface Asked {
  readonly entity: Entity & { readonly kind: 'position' };
  readonly metric: FreshFact['metric'];
}

function positionFigure(
  { snapshot, desk }: Report,
  { entity, metric }: Asked,
  account: AccountSnapshot,
): Decimal | null {
  const { handle } = entity;
  const own = desk.positions.filter(({ position }) => position.account === entity.account);
  const position = account.positions[own.findIndex((each) => each.handle === handle)];
  if (position === undefined) return null;
  const judged = deskAccount(account, coinPriceFrom(snapshot));
  const risk = positionIn(judged, position, { handleAt: () => handle, place: 0 });
  if (metric === 'dist') return risk.liquidationDistance;
  // Whatever a pool's chance is, it is simulated: no act's effect on it can be told at once.
  if (position.marginMode !== 'isolated') return null;
  const day = headlineOf(priceProbability(risk, desk.evidence))['24h'];
  return day.kind === 'known' ? new Decimal(day.probability) : null;
}
