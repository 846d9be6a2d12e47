import type { Exchange } from 'ccxt';
import { parseDecimal } from '../../../domain/decimal.ts';
import { splitMultiplier } from '../../../domain/split-multiplier.ts';
import { asPrice } from '../../../domain/units.ts';
import type { ListedContract, Mark } from '../../../ports/market-data.ts';
import { asContract } from './contract-market.ts';
import { malformed } from './malformed.ts';
import { habitsOf } from './market-habits.ts';
import { notOffered } from './not-offered.ts';
import { isRecord, positiveOf, type RawRecord, textOf } from './raw-record.ts';
import type { ContractMarket } from './venue-profile.ts';

interface ListCall {
  readonly exchange: Exchange;
  readonly ccxtId: string;
  readonly venue: string;
}

/** Perpetuals that trade; ranked by turnover where the venue tells it. */
export async function fetchContracts(call: ListCall): Promise<ListedContract[]> {
  const { exchange, venue } = call;
  // Without figures the list still serves: it is then in no order.
  const tickers = await fetchAll(call, 'fetchTickers').catch((): RawRecord[] => []);
  const bySymbol = new Map(tickers.map((ticker) => [ticker['symbol'], ticker]));
  return Object.values(exchange.markets ?? {}).flatMap((market) => {
    const contract = asContract(market);
    if (contract?.swap !== true || contract.active === false) return [];
    return [
      {
        venue,
        symbol: contract.symbol,
        asset: splitMultiplier(contract.base).asset,
        quote: contract.quote,
        settle: contract.settle,
        kind: contract.linear === true ? 'linear' : 'inverse',
        turnoverUsd24h: turnoverOf(contract, bySymbol.get(contract.symbol)),
        listedAt: contract.created ?? null,
      } as const,
    ];
  });
}

/** As a double: it only ranks. Inverse contracts count in coins or dollars, as the venue likes: not told. */
function turnoverOf(market: ContractMarket, ticker: RawRecord | undefined): number | null {
  if (ticker === undefined || market.linear !== true) return null;
  const told = positiveOf(ticker, 'quoteVolume');
  if (told !== null) return told.toNumber();
  const last = positiveOf(ticker, 'last');
  const contracts = positiveOf(ticker, 'baseVolume');
  const size = parseDecimal(market.contractSize);
  if (last === null || contracts === null || size === null) return null;
  return contracts.times(size).times(last).toNumber();
}

/** Marks of all perpetuals: the venue's own list of marks, else those beside its funding rates. */
export async function fetchMarks(call: ListCall): Promise<Mark[]> {
  const { exchange, venue } = call;
  const method = (['fetchMarkPrices', 'fetchFundingRates'] as const).find(
    (name) => exchange.has[name] === true,
  );
  if (method === undefined) throw notOffered();
  const rows = await fetchAll(call, method);
  const marks = rows.flatMap((row) => {
    const symbol = textOf(row, 'symbol');
    const markPrice = positiveOf(row, 'markPrice');
    if (symbol === null || markPrice === null || exchange.markets?.[symbol]?.swap !== true)
      return [];
    const indexPrice = positiveOf(row, 'indexPrice');
    return [{ instrument: { venue, symbol }, markPrice: asPrice(markPrice), indexPrice }];
  });
  if (marks.length === 0) throw malformed('markPrice');
  return marks;
}

type ListMethod = 'fetchTickers' | 'fetchMarkPrices' | 'fetchFundingRates';

async function fetchAll({ exchange, ccxtId }: ListCall, method: ListMethod): Promise<RawRecord[]> {
  const { kinds } = habitsOf(ccxtId);
  const swaps = method === 'fetchFundingRates' ? {} : { type: 'swap' };
  const questions = kinds === null ? [swaps] : kinds.map((subType) => ({ ...swaps, subType }));
  const answers = await Promise.all(questions.map((params) => exchange[method](undefined, params)));
  return answers.flatMap((answer) => Object.values(answer as RawRecord).filter(isRecord));
}
