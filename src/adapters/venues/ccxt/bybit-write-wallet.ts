import { Decimal, parseDecimal, ratioOf, sumKnown, ZERO } from '../../../domain/decimal.ts';
import { isDollar } from '../../../domain/money.ts';
import type { WalletGround } from '../../../ports/venue-writer.ts';
import { allPages } from './bybit-lists.ts';
import { type RawRecord, textOf } from './raw-record.ts';
import { listAt } from './venue-list.ts';
import type { VenueSession } from './venue-profile.ts';

export async function readBybitWallet(
  session: VenueSession,
  currency: string,
): Promise<WalletGround> {
  const query = { accountType: 'UNIFIED', coin: currency };
  const reply = await session.call('privateGetV5AccountWalletBalance', query);
  const [account = {}] = listAt(reply, 'result', 'list');
  const coin = listAt(account, 'coin').find((each) => each['coin'] === currency);
  if (coin === undefined) return { wallet: ZERO, free: ZERO, step: null };
  const wallet = parseDecimal(coin['walletBalance']);
  // Empty under isolated margin: then every position holds its own margin, and nothing is shared.
  const available = textOf(account, 'totalAvailableBalance');
  const margin =
    available === null
      ? await isolatedMargins(session, currency)
      : parseDecimal(coin['totalPositionIM'] || '0');
  const held = sumKnown([
    margin,
    ...['totalOrderIM', 'locked'].map((field) => parseDecimal(coin[field] || '0')),
  ]);
  if (wallet === null || held === null) return { wallet, free: null, step: null };
  const own = Decimal.max(wallet.minus(held), ZERO);
  return { wallet, free: tighter(own, coin, available), step: null };
}

/** Under cross margin what the whole account has left, in this coin, may be less than the coin's own. */
function tighter(own: Decimal, coin: RawRecord, available: string | null): Decimal {
  const usd = parseDecimal(available);
  const price = ratioOf(parseDecimal(coin['usdValue']), parseDecimal(coin['equity']));
  if (usd === null || price === null || price.lte(0)) return own;
  return Decimal.min(own, Decimal.max(usd.div(price), ZERO));
}

/** What isolated positions of a currency hold; more than their initial margin where some was added. */
async function isolatedMargins(session: VenueSession, currency: string): Promise<Decimal | null> {
  const list = isDollar(currency)
    ? { category: 'linear', settleCoin: currency }
    : { category: 'inverse' };
  const rows = await allPages(session, {
    method: 'privateGetV5PositionList',
    query: list,
    limit: 200,
    keyOf: (row) => `${row['symbol']} ${row['positionIdx']}`,
  });
  await session.loadMarkets();
  const ours = rows.filter((row) => session.market(String(row['symbol']))?.settle === currency);
  return sumKnown(ours.map((row) => parseDecimal(row['positionBalance'] || '0')));
}
