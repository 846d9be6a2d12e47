import type { InstrumentRef } from '../../ports/market-data.ts';

/** A contract under the feed's names: its own exchange ids, the venue's own symbols. */
export interface FeedSymbol {
  readonly exchange: string;
  readonly symbol: string;
  /** Sizes in its books are base units. Elsewhere they are contracts, of a size the feed does not tell. */
  readonly isBookInBase: boolean;
}

interface Parts {
  readonly base: string;
  readonly quote: string;
  readonly isLinear: boolean;
}

/** Perpetuals per venue of the desk file; null: the feed has none such. */
const NAMES: Readonly<Record<string, (parts: Parts) => FeedSymbol | null>> = {
  bybit: ({ base, quote, isLinear }) => ({
    exchange: 'bybit',
    symbol: quote === 'USDC' ? `${base}PERP` : `${base}${quote}`,
    isBookInBase: isLinear,
  }),
  binanceusdm: binanceUsdm,
  binancecoinm: binanceCoinm,
  binancepm: (parts) => (parts.isLinear ? binanceUsdm(parts) : binanceCoinm(parts)),
  okx: ({ base, quote }) => ({
    exchange: 'okex-swap',
    symbol: `${base}-${quote}-SWAP`,
    isBookInBase: false,
  }),
  deribit: ({ base, quote, isLinear }) => ({
    exchange: 'deribit',
    symbol: isLinear ? `${base}_${quote}-PERPETUAL` : `${base}-PERPETUAL`,
    isBookInBase: isLinear,
  }),
};

function binanceUsdm({ base, quote, isLinear }: Parts): FeedSymbol | null {
  if (!isLinear) return null;
  return { exchange: 'binance-futures', symbol: `${base}${quote}`, isBookInBase: true };
}

function binanceCoinm({ base, quote, isLinear }: Parts): FeedSymbol | null {
  if (isLinear) return null;
  return { exchange: 'binance-delivery', symbol: `${base}${quote}_PERP`, isBookInBase: false };
}

export const FEED_VENUES: readonly string[] = Object.keys(NAMES);

/** Null: not a perpetual, or of a venue that the feed does not know. */
export function feedSymbol({ venue, symbol }: InstrumentRef): FeedSymbol | null {
  const match = /^([A-Z0-9]+)\/([A-Z]+):([A-Z0-9]+)$/.exec(symbol);
  const [, base, quote, settle] = match ?? [];
  const name = NAMES[venue];
  if (!base || !quote || !settle || name === undefined) return null;
  return name({ base, quote, isLinear: settle === quote });
}
