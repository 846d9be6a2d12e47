import { Decimal, parseDecimal, ratioOf, ZERO } from '../../../domain/decimal.ts';
import type { WalletGround } from '../../../ports/venue-writer.ts';
import { type RawRecord, textOf } from './raw-record.ts';
import { listAt } from './venue-list.ts';
import type { VenueSession } from './venue-profile.ts';

export interface BybitCoin {
  readonly account: RawRecord;
  /** Null: the account holds none of it. */
  readonly coin: RawRecord | null;
}

/** The account and one coin of it, from v5/account/wallet-balance. */
export async function fetchBybitCoin(session: VenueSession, currency: string): Promise<BybitCoin> {
  const query = { accountType: 'UNIFIED', coin: currency };
  const reply = await session.call('privateGetV5AccountWalletBalance', query);
  const [account = {}] = listAt(reply, 'result', 'list');
  const coins = listAt(account, 'coin');
  return { account, coin: coins.find((coin) => coin['coin'] === currency) ?? null };
}

/**
 * What of the coin no position and no order holds. Under cross margin the account as a whole may be
 * tighter: then what it says is available, in this coin, is the limit.
 */
export function freeOf({ account, coin }: BybitCoin): Decimal | null {
  if (coin === null) return ZERO;
  const wallet = parseDecimal(coin['walletBalance']);
  if (wallet === null) return null;
  const held = ['totalPositionIM', 'totalOrderIM', 'locked']
    .map((field) => parseDecimal(coin[field]) ?? ZERO)
    .reduce((total, amount) => total.plus(amount), ZERO);
  const own = Decimal.max(wallet.minus(held), ZERO);
  const availableUsd = parseDecimal(textOf(account, 'totalAvailableBalance'));
  const price = ratioOf(parseDecimal(coin['usdValue']), parseDecimal(coin['equity']));
  if (availableUsd === null || price === null || price.lte(0)) return own;
  return Decimal.min(own, Decimal.max(availableUsd.div(price), ZERO));
}

export async function readBybitWallet(
  session: VenueSession,
  currency: string,
): Promise<WalletGround> {
  const found = await fetchBybitCoin(session, currency);
  const wallet = found.coin === null ? ZERO : parseDecimal(found.coin['walletBalance']);
  return { wallet, free: freeOf(found), step: null };
}
