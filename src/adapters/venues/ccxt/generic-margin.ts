import type { AccountMargin, CollateralBalance } from '../../../domain/account.ts';
import { Decimal, parseDecimal, sumKnown } from '../../../domain/decimal.ts';
import { isDollar } from '../../../domain/money.ts';
import { asUsd } from '../../../domain/units.ts';
import { malformed } from './malformed.ts';
import { notOffered } from './not-offered.ts';
import { isRecord } from './raw-record.ts';
import { refuseSilence } from './refuse-silence.ts';
import type { VenueSession } from './venue-profile.ts';

/**
 * Balances by ccxt's unified fields. Equity only when every coin is a dollar coin: ccxt gives no prices
 * with a balance. Margins are not among the unified fields: not known.
 */
export async function fetchGenericMargin(session: VenueSession): Promise<AccountMargin> {
  const { exchange } = session;
  if (exchange.has['fetchBalance'] !== true) throw notOffered();
  await session.loadMarkets();
  const balance: unknown = await exchange.fetchBalance();
  const totals = isRecord(balance) ? balance['total'] : null;
  const free = isRecord(balance) ? balance['free'] : null;
  if (!isRecord(totals) || !isRecord(free)) throw malformed('total');
  const collateral: CollateralBalance[] = [];
  for (const [asset, raw] of Object.entries(totals)) {
    const quantity = parseDecimal(raw);
    if (quantity === null) throw malformed(`total.${asset}`);
    if (quantity.isZero()) continue;
    collateral.push({ asset, quantity, venueUsd: null, brackets: null });
  }
  if (Object.keys(totals).length === 0) refuseSilence(session, 'total');
  const areDollars = collateral.every(({ asset }) => isDollar(asset));
  const available = sumKnown(collateral.map(({ asset }) => parseDecimal(free[asset])));
  return {
    equityUsd: areDollars ? asUsd(sumOf(collateral)) : null,
    availableUsd: areDollars && available !== null ? asUsd(available) : null,
    initialMarginUsd: null,
    orderMarginUsd: null,
    maintenanceMarginUsd: null,
    venueRatio: null,
    venueStatus: null,
    pooling: null,
    collateral,
    observedAt: session.clock.now(),
    venueUpdatedAt: null,
  };
}

function sumOf(collateral: readonly CollateralBalance[]) {
  return Decimal.sum(0, ...collateral.map(({ quantity }) => quantity));
}
