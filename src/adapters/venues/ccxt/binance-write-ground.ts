import { type Decimal, dec, parseDecimal, ZERO } from '../../../domain/decimal.ts';
import { isDollar, money } from '../../../domain/money.ts';
import type { Position } from '../../../domain/position.ts';
import type { LegGround, WalletGround } from '../../../ports/venue-writer.ts';
import { fetchBinanceStanding, stopsOfStanding } from './binance-write-standing.ts';
import { type BinanceWriteSurface, fetchBinanceLeg } from './binance-write-surface.ts';
import { listOf } from './malformed.ts';
import { isRecord, positiveOf } from './raw-record.ts';
import { listAt, recordAt } from './venue-list.ts';
import type { VenueSession } from './venue-profile.ts';

/** What one account holds of a currency, and what of it may back a position or leave. */
export type ReadFunds = (session: VenueSession, currency: string) => Promise<Funds>;

interface Funds extends WalletGround {
  /** What may still be given as margin. */
  readonly available: Decimal | null;
}

const NOTHING: Funds = { wallet: ZERO, free: ZERO, step: null, available: ZERO };

/** `assets[]` of fapi v3 and dapi v1: a row per coin, rows of unused coins left out. */
export function fundsFrom(method: string): ReadFunds {
  return async (session, currency) => {
    const assets = listAt(await session.call(method), 'assets');
    const row = assets.find(({ asset }) => asset === currency);
    if (row === undefined) return NOTHING;
    return {
      wallet: parseDecimal(row['walletBalance']),
      free: parseDecimal(row['maxWithdrawAmount']) ?? parseDecimal(row['availableBalance']),
      step: null,
      available: parseDecimal(row['availableBalance']),
    };
  };
}

/** Portfolio margin: the coin's balance, and what the pool as a whole can spare, in US dollars. */
export const portfolioFunds: ReadFunds = async (session, currency) => {
  const [balances, account] = await Promise.all([
    session.call('papiGetBalance'),
    session.call('papiGetAccount'),
  ]);
  const row = listOf(balances, 'balance').find(
    (each) => isRecord(each) && each['asset'] === currency,
  );
  const spare = isDollar(currency)
    ? parseDecimal(recordAt(account)['totalAvailableBalance'])
    : null;
  return {
    wallet: isRecord(row) ? parseDecimal(row['totalWalletBalance']) : ZERO,
    free: isDollar(currency) ? parseDecimal(recordAt(account)['virtualMaxWithdrawAmount']) : null,
    step: null,
    available: spare,
  };
};

export interface GroundPlan {
  readonly surface: BinanceWriteSurface;
  readonly funds: ReadFunds;
}

/** Assets have eight decimals. */
const MARGIN_STEP = dec('0.00000001');

/** The leg as it stands: position, conditional orders and funds, each asked for anew. */
export async function readBinanceGround(
  session: VenueSession,
  { surface, funds }: GroundPlan,
  position: Position,
): Promise<LegGround> {
  const { settle } = position.instrument;
  const [leg, { available }] = await Promise.all([
    fetchBinanceLeg(session, surface, position),
    funds(session, settle),
  ]);
  const shared = { free: available && money(available, settle), marginStep: MARGIN_STEP };
  if (leg === null) {
    const none = { contracts: ZERO, collateral: null, stops: null, markPrice: null };
    return { ...none, ...shared, contractStep: null };
  }
  const standing = await fetchBinanceStanding(session, surface, leg);
  return {
    contracts: leg.size,
    collateral: position.marginMode === 'isolated' ? parseDecimal(leg.row['isolatedWallet']) : null,
    stops: stopsOfStanding(standing, leg.size),
    markPrice: positiveOf(leg.row, 'markPrice'),
    ...shared,
    contractStep: leg.step,
  };
}
