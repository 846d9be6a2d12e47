import type { Decimal } from '../../domain/decimal.ts';
import { dec, ONE } from '../../domain/decimal.ts';

/** How a venue runs a cross margin pool, beyond what it does to every position (see MarginProfile). */
export interface CrossRules {
  /** Equity ÷ requirement at which it liquidates. */
  readonly liquidatesAt: Decimal;
  /** What the account's own ratio is over: everything, the cross positions, or nothing we can use. */
  readonly ratioCovers: 'account' | 'cross' | 'none';
  /** Requirement of positions in portfolio margin: their brackets, or the venue's loss scenarios. */
  readonly portfolioBy: 'brackets' | 'scenarios';
}

const PLAIN: CrossRules = {
  liquidatesAt: ONE,
  ratioCovers: 'none',
  portfolioBy: 'scenarios',
};

const RULES: ReadonlyMap<string, CrossRules> = new Map<string, CrossRules>([
  // UTA, rules since 2025-09-02: maintenance ÷ (margin balance − haircut loss), one mode per account.
  ['bybit', { ...PLAIN, ratioCovers: 'account' }],
  // Adjusted equity ÷ (maintenance + liquidation fees) of the cross positions alone.
  ['okx', { ...PLAIN, ratioCovers: 'cross' }],
  // Multi-assets mode: the reader's ratio is over the venue's margin balance, which is after haircuts.
  ['binanceusdm', { ...PLAIN, ratioCovers: 'account' }],
  // uniMMR: liquidation at 105 %, maintenance by the brackets of UM and CM.
  [
    'binancepm',
    { ...PLAIN, ratioCovers: 'account', portfolioBy: 'brackets', liquidatesAt: dec('1.05') },
  ],
]);

/** Venues not named here (Hyperliquid, dYdX, ZTDX and any other): equity against maintenance. */
export function crossRules(venue: string): CrossRules {
  return RULES.get(venue) ?? PLAIN;
}
