import type { AccountMargin, CollateralBalance } from '../../../domain/account.ts';
import { type Decimal, ONE, parseDecimal, ratioOf, sumKnown } from '../../../domain/decimal.ts';
import { isDollar } from '../../../domain/money.ts';
import { asUsd } from '../../../domain/units.ts';
import { malformed } from './malformed.ts';
import { garbledOf, type RawRecord, textOf } from './raw-record.ts';
import { listAt } from './venue-list.ts';
import type { VenueSession } from './venue-profile.ts';

export async function fetchBybitMargin(session: VenueSession): Promise<AccountMargin> {
  const reply = await session.call('privateGetV5AccountWalletBalance', { accountType: 'UNIFIED' });
  const [wallet] = listAt(reply, 'result', 'list');
  if (wallet === undefined) throw malformed('result.list');
  return parseBybitWallet(wallet, session.clock.now());
}

const TOTALS = [
  ...['totalEquity', 'totalAvailableBalance', 'totalInitialMargin', 'totalMaintenanceMargin'],
  'accountMMRate',
];
const COIN_FIGURES = ['equity', 'usdValue', 'totalPositionIM', 'totalOrderIM', 'totalPositionMM'];

/**
 * GET v5/account/wallet-balance. The account's totals where Bybit gives them; in isolated-margin mode
 * they are '' and the coins' own margins, at Bybit's own valuation of each coin, add up to them.
 */
function parseBybitWallet(wallet: RawRecord, observedAt: number): AccountMargin {
  const coins = listAt(wallet, 'coin');
  // A total that is no figure must not pass for the '' of isolated mode and be added up instead.
  const garbled = [
    garbledOf(wallet, TOTALS),
    ...coins.map((coin) => garbledOf(coin, COIN_FIGURES)),
  ];
  const field = garbled.find((found) => found !== null);
  if (field) throw malformed(field);
  const total = (field: string) => parseDecimal(wallet[field]);
  const summed = (fields: readonly string[]) =>
    sumKnown(coins.flatMap((coin) => fields.map((field) => coinUsd(coin, field))));
  const equity =
    total('totalEquity') ?? sumKnown(coins.map((coin) => parseDecimal(coin['usdValue'])));
  if (equity === null) throw malformed('totalEquity');
  const rate = total('accountMMRate');
  return {
    equityUsd: asUsd(equity),
    availableUsd: usd(total('totalAvailableBalance')),
    initialMarginUsd: usd(
      total('totalInitialMargin') ?? summed(['totalPositionIM', 'totalOrderIM']),
    ),
    orderMarginUsd: usd(summed(['totalOrderIM'])),
    maintenanceMarginUsd: usd(total('totalMaintenanceMargin') ?? summed(['totalPositionMM'])),
    venueRatio:
      rate === null
        ? null
        : { name: 'accountMMRate', value: rate, direction: 'up', liquidatesAt: ONE },
    venueStatus: null,
    pooling: 'account',
    collateral: coins.flatMap(balanceOf),
    observedAt,
    venueUpdatedAt: null,
  };
}

function usd(value: Decimal | null) {
  return value === null ? null : asUsd(value);
}

/** A coin amount at the price Bybit itself puts on that coin's equity; a dollar coin without equity at par. */
function coinUsd(coin: RawRecord, field: string): Decimal | null {
  const amount = parseDecimal(coin[field]);
  if (amount === null || amount.isZero()) return amount;
  const price =
    ratioOf(parseDecimal(coin['usdValue']), parseDecimal(coin['equity'])) ??
    (isDollar(String(coin['coin'])) ? ONE : null);
  return price === null ? null : amount.times(price);
}

function balanceOf(coin: RawRecord): CollateralBalance[] {
  const asset = textOf(coin, 'coin');
  const quantity = parseDecimal(coin['equity']);
  if (asset === null || quantity === null || quantity.isZero()) return [];
  return [{ asset, quantity, venueUsd: usd(parseDecimal(coin['usdValue'])), brackets: null }];
}
