import { type Decimal, parseDecimal, ZERO } from '../../../domain/decimal.ts';
import type { WalletGround } from '../../../ports/venue-writer.ts';
import { onlyRecord } from './okx-book.ts';
import { isRecord, type RawRecord } from './raw-record.ts';
import { listAt } from './venue-list.ts';
import type { VenueSession } from './venue-profile.ts';

/** One coin of the trading account, from account/balance; null: it holds none of it. */
export async function fetchOkxCoin(
  session: VenueSession,
  currency: string,
): Promise<RawRecord | null> {
  const reply = await session.call('privateGetAccountBalance', { ccy: currency });
  const details = listAt(onlyRecord(reply), 'details');
  return details.find((coin) => isRecord(coin) && coin['ccy'] === currency) ?? null;
}

/** What positions may take of it: equity that nothing holds, else the free balance. */
export function freeMargin(coin: RawRecord | null): Decimal | null {
  if (coin === null) return ZERO;
  return parseDecimal(coin['availEq']) ?? parseDecimal(coin['availBal']);
}

/** Unrealised profit is no balance: what may leave is the free balance, where OKX tells it. */
export async function readOkxWallet(
  session: VenueSession,
  currency: string,
): Promise<WalletGround> {
  const coin = await fetchOkxCoin(session, currency);
  if (coin === null) return { wallet: ZERO, free: ZERO, step: null };
  const free = parseDecimal(coin['availBal']) ?? parseDecimal(coin['availEq']);
  return { wallet: parseDecimal(coin['cashBal']), free, step: null };
}
