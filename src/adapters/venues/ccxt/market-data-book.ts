import type { Exchange } from 'ccxt';
import { parseDecimal } from '../../../domain/decimal.ts';
import type { BookLevel, OrderBook } from '../../../ports/market-data.ts';
import { malformed } from './malformed.ts';
import { habitsOf } from './market-habits.ts';
import type { ContractMarket } from './venue-profile.ts';

interface BookCall {
  readonly exchange: Exchange;
  readonly ccxtId: string;
  readonly venue: string;
}

/** The book in base units. ccxt's books are floats whatever it is told; so is the port's. */
export async function fetchOrderBook(
  { exchange, ccxtId, venue }: BookCall,
  market: ContractMarket,
  depth: number,
): Promise<OrderBook> {
  const { depths } = habitsOf(ccxtId);
  const limit = depths.find((each) => each >= depth) ?? depths.at(-1);
  const book = await exchange.fetchOrderBook(market.symbol, limit);
  const size = parseDecimal(market.contractSize)?.toNumber();
  if (size === undefined) throw malformed('contractSize');
  const side = (rows: unknown): BookLevel[] => {
    // Perpetuals have a book; an empty side of the reply is damage or a halt, never a figure.
    if (!Array.isArray(rows) || rows.length === 0) throw malformed('book');
    return rows.map((row: unknown) => levelOf(row, size, market.linear === true));
  };
  return {
    instrument: { venue, symbol: market.symbol },
    bids: side(book.bids),
    asks: side(book.asks),
  };
}

/** Linear: contracts × size are base units. Inverse: they are dollars. */
function levelOf(row: unknown, size: number, isLinear: boolean): BookLevel {
  const [price, contracts] = Array.isArray(row) ? (row as unknown[]) : [];
  if (!isPositive(price) || !isPositive(contracts)) throw malformed('book');
  const amount = contracts * size;
  return { price, quantity: isLinear ? amount : amount / price };
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}
