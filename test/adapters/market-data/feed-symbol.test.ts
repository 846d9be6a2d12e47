import { expect, test } from 'vitest';
import { feedSymbol } from '../../../src/adapters/market-data/feed-symbol.ts';

test.each([
  { venue: 'bybit', symbol: 'BTC/USDT:USDT', is: ['bybit', 'BTCUSDT', true] },
  { venue: 'bybit', symbol: '1000PEPE/USDT:USDT', is: ['bybit', '1000PEPEUSDT', true] },
  { venue: 'bybit', symbol: 'BTC/USDC:USDC', is: ['bybit', 'BTCPERP', true] },
  { venue: 'bybit', symbol: 'BTC/USD:BTC', is: ['bybit', 'BTCUSD', false] },
  { venue: 'binanceusdm', symbol: 'ETH/USDC:USDC', is: ['binance-futures', 'ETHUSDC', true] },
  { venue: 'binanceusdm', symbol: 'BTC/USD:BTC', is: null },
  { venue: 'binancecoinm', symbol: 'BTC/USD:BTC', is: ['binance-delivery', 'BTCUSD_PERP', false] },
  { venue: 'binancepm', symbol: 'BTC/USD:BTC', is: ['binance-delivery', 'BTCUSD_PERP', false] },
  { venue: 'binancepm', symbol: 'BTC/USDT:USDT', is: ['binance-futures', 'BTCUSDT', true] },
  { venue: 'okx', symbol: 'BTC/USDT:USDT', is: ['okex-swap', 'BTC-USDT-SWAP', false] },
  { venue: 'okx', symbol: 'BTC/USD:BTC', is: ['okex-swap', 'BTC-USD-SWAP', false] },
  { venue: 'deribit', symbol: 'BTC/USD:BTC', is: ['deribit', 'BTC-PERPETUAL', false] },
  { venue: 'deribit', symbol: 'SOL/USDC:USDC', is: ['deribit', 'SOL_USDC-PERPETUAL', true] },
  // A dated future, a spot pair, a venue the feed does not carry.
  { venue: 'okx', symbol: 'BTC/USD:BTC-261225', is: null },
  { venue: 'bybit', symbol: 'BTC/USDT', is: null },
  { venue: 'ztdx', symbol: 'BTC/USDT:USDT', is: null },
])('$venue $symbol', ({ venue, symbol, is }) => {
  const [exchange, name, isBookInBase] = is ?? [];
  expect(feedSymbol({ venue, symbol })).toEqual(is && { exchange, symbol: name, isBookInBase });
});
