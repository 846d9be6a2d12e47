import { isDollar } from '../../domain/money.ts';
import { assetDeaths } from '../cross/account-death.ts';
import { isMaterialImpact } from './exit-impact.ts';
import type { PoolAtRisk } from './pools-at-risk.ts';
import { positionExitImpact } from './position-exit.ts';
import type { ProbabilityEvidence } from './probability-evidence.ts';

type Market = Pick<ProbabilityEvidence, 'depth' | 'outlooks'>;

/**
 * The pool with what closing its positions at the market costs taken off: it dies where closing would
 * leave less than maintenance. Null where closing moves no market, or nobody knows whether it does;
 * legs of which it is not known cost nothing here.
 */
export function poolAfterExit(pool: PoolAtRisk, market: Market): PoolAtRisk | null {
  const costUsd = exitCostUsd(pool, market);
  if (pool.model === null || !(costUsd > 0)) return null;
  const live = { ...pool.live, equityUsd: pool.live.equityUsd.minus(costUsd) };
  return {
    ...pool,
    id: `${pool.id} after exit`,
    live,
    deaths: assetDeaths(live),
    model: { ...pool.model, spare: pool.model.spare - costUsd },
  };
}

/** An estimate out of books and a law, so a double; zero when no leg costs anything worth saying. */
function exitCostUsd({ live }: PoolAtRisk, market: Market): number {
  let costUsd = 0;
  for (const position of live.positions) {
    const impact = positionExitImpact(position, market);
    const { quantity, markPrice, instrument } = position;
    if (impact === null || !isMaterialImpact(impact)) continue;
    if (quantity === null || markPrice === null || !isDollar(instrument.quote)) continue;
    costUsd += impact * quantity.times(markPrice).toNumber();
  }
  return costUsd;
}
