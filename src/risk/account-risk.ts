import type { VenueRatio } from '../domain/position.ts';
import type { Ratio, Usd } from '../domain/units.ts';
import type { AccountSnapshot } from '../portfolio/snapshot.ts';
import type { Band } from './band.ts';
import { bandOfHealth, bandOfRiskUse, bandOfUsage, worstBand } from './band.ts';
import { healthFactor, marginUsage, riskUse, venueRiskUse } from './margin-ratio.ts';

/** Margin figures in one convention, of an account or of the pool. Null: not known. */
export interface MarginFigures {
  readonly equityUsd: Usd | null;
  readonly availableUsd: Usd | null;
  /** Positions and open orders. */
  readonly initialMarginUsd: Usd | null;
  /** The part of it held by open orders; null when the venue does not split it. */
  readonly orderMarginUsd: Usd | null;
  readonly maintenanceMarginUsd: Usd | null;
  /** Initial margin (orders included) ÷ equity. Null when equity is zero or less. */
  readonly marginUsage: Ratio | null;
  /** Maintenance ÷ equity; liquidation at 1. Null when equity is zero or less: see healthFactor. */
  readonly riskUse: Ratio | null;
  /** Equity ÷ maintenance; liquidation at 1. Null without positions. */
  readonly healthFactor: Ratio | null;
  readonly band: Band | null;
}

export interface AccountRisk extends MarginFigures {
  readonly account: AccountSnapshot;
  /** The venue's own figure under its own name. */
  readonly venueRatio: VenueRatio | null;
  /** The same, turned into riskUse. */
  readonly venueRiskUse: Ratio | null;
}

export function assessAccount(account: AccountSnapshot): AccountRisk {
  const margin = account.margin;
  const equityUsd = margin?.equityUsd ?? null;
  const initialMarginUsd = margin?.initialMarginUsd ?? null;
  const maintenanceMarginUsd = margin?.maintenanceMarginUsd ?? null;
  const venueRatio = margin?.venueRatio ?? null;
  const usage = marginUsage(initialMarginUsd, equityUsd);
  const health = healthFactor(equityUsd, maintenanceMarginUsd);
  const venues = venueRatio === null ? null : venueRiskUse(venueRatio);
  const isFlat = account.status !== 'missing' && account.positions.length === 0;
  return {
    account,
    equityUsd,
    availableUsd: margin?.availableUsd ?? null,
    initialMarginUsd,
    orderMarginUsd: margin?.orderMarginUsd ?? null,
    maintenanceMarginUsd,
    marginUsage: usage,
    riskUse: riskUse(maintenanceMarginUsd, equityUsd),
    healthFactor: isFlat ? null : health,
    venueRatio,
    venueRiskUse: venues,
    // A flat account may still owe: its requirement counts although it has no health to show.
    band: marginBand({ usage, health, venues, equityUsd }),
  };
}

export interface MarginBandInput {
  readonly usage: Ratio | null;
  readonly health: Ratio | null;
  /** The venue's own figure as riskUse: after its haircuts, so it may be worse than ours. */
  readonly venues: Ratio | null;
  readonly equityUsd: Usd | null;
}

/** The worst of usage, health, the venue's own figure, and of owing more than there is. */
export function marginBand({ usage, health, venues, equityUsd }: MarginBandInput): Band | null {
  return worstBand([
    usage === null ? null : bandOfUsage(usage),
    health === null ? null : bandOfHealth(health),
    venues === null ? null : bandOfRiskUse(venues),
    equityUsd?.lt(0) ? 'emerg' : null,
  ]);
}

/**
 * The same where a probability is known: that says how near the end is, so health, which says little of
 * distance, counts only when it is almost over.
 */
export function judgedBand(input: MarginBandInput, probability: Band): Band {
  const { usage, health, venues, equityUsd } = input;
  const nearlyOver = [
    health === null ? null : bandOfHealth(health),
    venues === null ? null : bandOfRiskUse(venues),
  ].filter((band) => band === 'emerg');
  return (
    worstBand([
      probability,
      usage === null ? null : bandOfUsage(usage),
      ...nearlyOver,
      equityUsd?.lt(0) ? 'emerg' : null,
    ]) ?? probability
  );
}
