import type { AccountMargin, CollateralBalance } from '../../../domain/account.ts';
import { parseDecimal, sumKnown } from '../../../domain/decimal.ts';
import { asUsd, type Usd } from '../../../domain/units.ts';
import { fetchHyperliquidStates } from './hyperliquid-state.ts';
import { malformed } from './malformed.ts';
import { isRecord, type RawRecord } from './raw-record.ts';
import { listAt, recordAt } from './venue-list.ts';
import type { VenueSession } from './venue-profile.ts';

/**
 * The pools of all exchanges of the account, in dollar coins at par. Maintenance is told for cross
 * positions only, so with an isolated one the account's is not known. Spot balances are not in it.
 */
export async function fetchHyperliquidMargin(session: VenueSession): Promise<AccountMargin> {
  const pools = await fetchHyperliquidStates(session);
  const states = pools.map(({ state }) => state);
  const sum = (path: readonly string[]): Usd | null => {
    const total = sumKnown(states.map((state) => figureAt(state, path)));
    return total === null ? null : asUsd(total);
  };
  const equity = sum(['marginSummary', 'accountValue']);
  if (equity === null) throw malformed('marginSummary.accountValue');
  const main = pools.find(({ dex }) => dex === null);
  return {
    equityUsd: equity,
    availableUsd: sum(['withdrawable']),
    initialMarginUsd: sum(['marginSummary', 'totalMarginUsed']),
    orderMarginUsd: null,
    maintenanceMarginUsd: states.some(hasIsolated) ? null : sum(['crossMaintenanceMarginUsed']),
    venueRatio: null,
    venueStatus: null,
    // Each exchange is a pool of its own, and these are the sums over them.
    pooling: states.filter(hasMoney).length <= 1 ? 'account' : null,
    collateral: main ? balanceOf(main.state) : [],
    observedAt: session.clock.now(),
    venueUpdatedAt: null,
  };
}

function figureAt(state: RawRecord, path: readonly string[]) {
  const at = recordAt(state, ...path.slice(0, -1));
  return parseDecimal(at[path.at(-1) ?? '']);
}

function hasIsolated(state: RawRecord): boolean {
  return listAt(state, 'assetPositions').some((entry) => {
    const position = isRecord(entry['position']) ? entry['position'] : {};
    return isRecord(position['leverage']) && position['leverage']['type'] === 'isolated';
  });
}

function hasMoney(state: RawRecord): boolean {
  return figureAt(state, ['marginSummary', 'accountValue'])?.isZero() !== true;
}

/** The main exchange is margined in USDC. */
function balanceOf(state: RawRecord): CollateralBalance[] {
  const quantity = figureAt(state, ['marginSummary', 'accountValue']);
  if (quantity === null || quantity.isZero()) return [];
  return [{ asset: 'USDC', quantity, venueUsd: null, brackets: null }];
}
