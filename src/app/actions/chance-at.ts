import type { Price, Ratio } from '../../domain/units.ts';
import { liquidationDistance } from '../../risk/liquidation-distance.ts';
import type { PositionRisk } from '../../risk/position-risk.ts';
import { headlineOf, priceProbability } from '../../risk/probability/position-probability.ts';
import { estimateRatio } from '../../risk/statistics/estimate-ratio.ts';
import type { MarketView } from '../market-view.ts';

/** That the mark touches this price within a day. One asset alone moves; null: not known. */
export function chanceAt(
  risk: PositionRisk,
  { outlooks, fundingAnnual }: Pick<MarketView, 'outlooks' | 'fundingAnnual'>,
): (price: Price | null) => Ratio | null {
  const { position } = risk;
  const { markPrice, side } = position;
  return (price) => {
    if (price === null || markPrice === null) return null;
    const there: PositionRisk = {
      ...risk,
      position: { ...position, liquidation: { kind: 'price', price } },
      liquidationState: 'price',
      liquidationDistance: liquidationDistance(side, markPrice, price),
      estimateMissing: null,
    };
    // Without the way out: before and after must be reckoned alike.
    const evidence = { outlooks, fundingAnnual, depth: new Map() };
    const day = headlineOf(priceProbability(there, evidence))['24h'];
    return day.kind === 'known' ? estimateRatio(day.probability) : null;
  };
}
