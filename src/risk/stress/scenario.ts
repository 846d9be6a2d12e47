/**
 * Where the market stands at one moment of a scenario, measured from today: plain numbers, because a
 * what-if is a statistic. What is not named stays as it is.
 */
export interface MarketPoint {
  /** Move of an asset's dollar price, as a share: −0.3 is thirty percent down. */
  readonly moves: Readonly<Record<string, number>>;
  /** Dollars per dollar coin. Assets keep their dollar price, so contracts quoted in the coin rise. */
  readonly dollars: Readonly<Record<string, number>>;
  /** Derivatives over spot, as a share: marks move, coins held as margin do not. */
  readonly basis: number;
  /** Legs apart: marks of longs fall and marks of shorts rise by half of it each. */
  readonly spread: number;
  /** Funding paid by longs to shorts up to here, as a share of the value at the mark. */
  readonly funding: number;
  /** Taken off the rate at which coins other than dollars count as margin. */
  readonly haircut: number;
  /** Risk limits tightened: every maintenance bracket begins at half its value. */
  readonly areLimitsHalved: boolean;
}

export type ScenarioKind =
  | 'price'
  | 'recorded'
  | 'volatility'
  | 'funding'
  | 'basis'
  | 'stablecoin'
  | 'staking'
  | 'haircut'
  | 'limits'
  | 'correlation'
  | 'spread';

/** A what-if: a path from today over one or more points. */
export interface Scenario {
  /** Stable, lower case: `2025-10-10`, `all-30`, `btc+20`, `usdt-0.97`. */
  readonly id: string;
  readonly kind: ScenarioKind;
  /** In order; figures are read at the first, the worst; later ones are the way back. At least one. */
  readonly path: readonly MarketPoint[];
  /** Assets whose move nobody recorded: a proxy stands in. */
  readonly proxies: readonly string[];
  /** Share of every winning leg that the venue closes by auto-deleveraging: 0, 0.5 or 1. */
  readonly deleveraged: number;
}

export const TODAY: MarketPoint = {
  moves: {},
  dollars: {},
  basis: 0,
  spread: 0,
  funding: 0,
  haircut: 0,
  areLimitsHalved: false,
};

/** The same scenario with auto-deleveraging of winning legs; its id ends in `-adl-half` or `-adl-all`. */
export function withDeleveraging(scenario: Scenario, share: 0.5 | 1): Scenario {
  const suffix = share === 1 ? 'all' : 'half';
  return { ...scenario, id: `${scenario.id}-adl-${suffix}`, deleveraged: share };
}
