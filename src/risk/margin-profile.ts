/**
 * How a venue runs an isolated position. Read from the venues' documents, see the README's
 * "What each number means".
 */
export interface MarginProfile {
  /** Maintenance is charged on the value at the mark, or stays what it was at entry. */
  readonly maintenanceOn: 'mark' | 'entry';
  /**
   * The fee of a forced close. `none`: outside the liquidation rule. `added`: required on top of
   * maintenance. `reserved`: held inside the assigned margin, priced at bankruptcy, and no help.
   */
  readonly closingFee: 'none' | 'added' | 'reserved';
  /** How the venue prints the price: as it is, rounded to the tick against the trader, one tick nearer. */
  readonly prints: 'exact' | 'rounded' | 'one-tick-nearer';
}

const PLAIN: MarginProfile = { maintenanceOn: 'mark', closingFee: 'none', prints: 'exact' };
const FEE_ADDED: MarginProfile = { ...PLAIN, closingFee: 'added' };

const PROFILES: ReadonlyMap<string, MarginProfile> = new Map([
  // Since 2025-09-02 maintenance is on the mark; isolated initial margin stays on entry.
  ['bybit', { maintenanceOn: 'mark', closingFee: 'reserved', prints: 'rounded' }],
  ['okx', { ...FEE_ADDED, prints: 'one-tick-nearer' }],
  ['gate', FEE_ADDED],
  ['bitget', FEE_ADDED],
  ['phemex', FEE_ADDED],
  ['ztdx', { ...PLAIN, maintenanceOn: 'entry', prints: 'rounded' }],
]);

/** Venues not named here (Binance, Hyperliquid, dYdX and any other) charge maintenance on the mark. */
export function marginProfile(venue: string): MarginProfile {
  return PROFILES.get(venue) ?? PLAIN;
}
