import type { StubHandler, StubReply, StubRequest } from '../../../fakes/stub-http.ts';

type Row = Readonly<Record<string, unknown>>;

/** What the stand-in answers by path, over its own answers. */
export type BinanceAnswers = Readonly<Record<string, unknown>>;

export function binanceRefusal(code: number | string, status = 400): StubReply {
  return { status, body: { code: Number(code), msg: 'refused' } };
}

/** Synthetic, after the documentation: one symbol of each kind, a flat account with a balance. */
const ANSWERS: BinanceAnswers = {
  '/fapi/v1/exchangeInfo': {
    symbols: [linear('BTCUSDT', 'BTC', 'USDT'), linear('ETHUSDT', 'ETH', 'USDT')],
  },
  '/dapi/v1/exchangeInfo': {
    symbols: [inverse('BTCUSD_PERP', 'BTC', 100), inverse('ETHUSD_PERP', 'ETH', 10)],
  },
  '/fapi/v1/premiumIndex': [{ symbol: 'BTCUSDT', markPrice: '60000.5' }],
  '/dapi/v1/premiumIndex': [
    { symbol: 'BTCUSD_PERP', markPrice: '60000' },
    { symbol: 'ETHUSD_PERP', markPrice: '3000' },
  ],
  '/fapi/v3/positionRisk': [],
  '/dapi/v1/positionRisk': [],
  '/papi/v1/um/positionRisk': [],
  '/papi/v1/cm/positionRisk': [],
  '/fapi/v3/account': {
    totalInitialMargin: '0.00',
    totalMaintMargin: '0.00',
    totalMarginBalance: '1000.25',
    totalOpenOrderInitialMargin: '0.00',
    availableBalance: '1000.25',
    assets: [asset('USDT', '1000.25')],
    positions: [],
  },
  '/dapi/v1/account': { assets: [asset('BTC', '0.5')], positions: [] },
  '/papi/v1/account': {
    uniMMR: '99999999',
    accountEquity: '900',
    actualEquity: '1000.25',
    accountInitialMargin: '0',
    accountMaintMargin: '0',
    accountStatus: 'NORMAL',
    totalAvailableBalance: '800',
    updateTime: 1657707212154,
  },
  '/papi/v1/balance': [
    {
      asset: 'USDT',
      totalWalletBalance: '1000.25',
      umUnrealizedPNL: '0',
      cmUnrealizedPNL: '0',
      crossMarginBorrowed: '0',
      crossMarginInterest: '0',
    },
  ],
  '/fapi/v1/symbolConfig': [{ symbol: 'BTCUSDT', marginType: 'CROSSED', leverage: 20 }],
  '/fapi/v1/leverageBracket': [{ symbol: 'BTCUSDT', brackets: brackets('notional') }],
  '/papi/v1/um/leverageBracket': [{ symbol: 'BTCUSDT', brackets: brackets('notional') }],
  '/dapi/v2/leverageBracket': [{ symbol: 'BTCUSD_PERP', brackets: brackets('qty') }],
  '/papi/v1/cm/leverageBracket': [{ symbol: 'BTCUSD_PERP', brackets: brackets('qty') }],
  '/fapi/v1/openAlgoOrders': [],
  '/dapi/v1/openAlgoOrders': [],
  '/papi/v1/um/algo/openAlgoOrders': [],
  '/papi/v1/cm/conditional/openOrders': [],
  '/fapi/v1/accountConfig': { canTrade: true, dualSidePosition: true, multiAssetsMargin: true },
  '/papi/v1/um/accountConfig': { canTrade: true, dualSidePosition: false },
  '/dapi/v1/positionSide/dual': { dualSidePosition: false },
  '/sapi/v1/account/apiRestrictions': {
    ipRestrict: false,
    enableReading: true,
    enableWithdrawals: true,
    enableFutures: true,
    enablePortfolioMarginTrading: false,
  },
};

export function standInBinance(answers: BinanceAnswers = {}): StubHandler {
  return (request: StubRequest) => {
    if (request.path.endsWith('/time')) return { body: { serverTime: Date.now() + 250 } };
    const body = answers[request.path] ?? ANSWERS[request.path];
    return body === undefined ? { status: 404, body: '' } : { body };
  };
}

function linear(symbol: string, baseAsset: string, quoteAsset: string): Row {
  return {
    ...{ symbol, pair: symbol, baseAsset, quoteAsset, marginAsset: quoteAsset },
    ...{ contractType: 'PERPETUAL', deliveryDate: 4133404800000, status: 'TRADING' },
    ...{ pricePrecision: 2, quantityPrecision: 3, filters: [tick('0.10')] },
  };
}

function inverse(symbol: string, baseAsset: string, contractSize: number): Row {
  return {
    ...{ symbol, pair: `${baseAsset}USD`, baseAsset, quoteAsset: 'USD', marginAsset: baseAsset },
    ...{ contractType: 'PERPETUAL', deliveryDate: 4133404800000, contractStatus: 'TRADING' },
    ...{ contractSize, pricePrecision: 1, quantityPrecision: 0, filters: [tick('0.1')] },
  };
}

function tick(tickSize: string): Row {
  return { filterType: 'PRICE_FILTER', minPrice: tickSize, maxPrice: '1000000', tickSize };
}

function brackets(unit: 'notional' | 'qty'): Row[] {
  return [
    { [`${unit}Floor`]: 0, [`${unit}Cap`]: 50, maintMarginRatio: 0.004, cum: 0 },
    { [`${unit}Floor`]: 50, [`${unit}Cap`]: 250, maintMarginRatio: 0.005, cum: 0.05 },
  ];
}

function asset(name: string, marginBalance: string): Row {
  return {
    ...{
      asset: name,
      walletBalance: marginBalance,
      marginBalance,
      availableBalance: marginBalance,
    },
    ...{ maintMargin: '0', initialMargin: '0', openOrderInitialMargin: '0', updateTime: 0 },
  };
}

/** An open long on each of Binance's three position lists, and where it stands. */
export const BINANCE_ROWS = {
  binanceusdm: {
    path: '/fapi/v3/positionRisk',
    symbol: 'BTCUSDT',
    row: {
      ...{ symbol: 'BTCUSDT', positionSide: 'BOTH', positionAmt: '0.009', entryPrice: '67445.9' },
      ...{ markPrice: '67502.68519858', unRealizedProfit: '0.51106678', liquidationPrice: '0' },
      ...{
        notional: '607.52416678',
        marginAsset: 'USDT',
        isolatedMargin: '0',
        isolatedWallet: '0',
      },
      ...{ initialMargin: '7.59405208', maintMargin: '2.43009666', updateTime: 1722161166529 },
    },
  },
  binancecoinm: {
    path: '/dapi/v1/positionRisk',
    symbol: 'BTCUSD_PERP',
    row: {
      ...{ symbol: 'BTCUSD_PERP', positionSide: 'BOTH', positionAmt: '3', entryPrice: '60000' },
      ...{ markPrice: '60000', unRealizedProfit: '0', liquidationPrice: '30000', leverage: '20' },
      ...{ marginType: 'cross', isolatedMargin: '0', isolatedWallet: '0', notionalValue: '0.005' },
    },
  },
  binancepm: {
    path: '/papi/v1/cm/positionRisk',
    symbol: 'BTCUSD_PERP',
    row: {
      ...{ symbol: 'BTCUSD_PERP', positionSide: 'LONG', positionAmt: '3', entryPrice: '60000' },
      ...{ markPrice: '60000', unRealizedProfit: '0', liquidationPrice: '0', leverage: '0' },
    },
  },
} as const;
