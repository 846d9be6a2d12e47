import type { StubHandler, StubReply, StubRequest } from '../../../fakes/stub-http.ts';

type Row = Readonly<Record<string, unknown>>;

/** What the stand-in's account holds. Lists are by `category settleCoin` (`inverse`: by category). */
export interface BybitState {
  readonly positions?: Readonly<Record<string, readonly Row[]>>;
  readonly stops?: Readonly<Record<string, readonly Row[]>>;
  readonly wallet?: Row;
  readonly marginMode?: string;
  readonly key?: Row;
  /** Rows per page whatever was asked, to see cursors followed. */
  readonly pageSize?: number;
}

function bybitAnswer(result: unknown): StubReply {
  return { body: { retCode: 0, retMsg: 'OK', result, retExtInfo: {}, time: Date.now() } };
}

export function bybitRefusal(code: number | string): StubReply {
  return {
    body: { retCode: code, retMsg: 'refused', result: {}, retExtInfo: {}, time: Date.now() },
  };
}

/** Symbols of every list, with the names that need care: PERP, and a thousand of a coin. */
const BYBIT_MARKETS = [
  market('BTCUSDT', 'BTC', 'USDT', 'USDT'),
  market('ETHUSDT', 'ETH', 'USDT', 'USDT'),
  market('LTCUSDT', 'LTC', 'USDT', 'USDT'),
  market('1000PEPEUSDT', '1000PEPE', 'USDT', 'USDT'),
  market('BTCPERP', 'BTC', 'USDC', 'USDC'),
  { ...market('BTCUSD', 'BTC', 'USD', 'BTC'), contractType: 'InversePerpetual' },
];

function market(symbol: string, baseCoin: string, quoteCoin: string, settleCoin: string) {
  return {
    symbol,
    contractType: 'LinearPerpetual',
    status: 'Trading',
    baseCoin,
    quoteCoin,
    settleCoin,
    launchTime: '1585526400000',
    deliveryTime: '0',
    priceScale: '2',
    leverageFilter: { minLeverage: '1', maxLeverage: '100.00', leverageStep: '0.01' },
    priceFilter: { minPrice: '0.10', maxPrice: '199999.80', tickSize: '0.10' },
    lotSizeFilter: { maxOrderQty: '100', minOrderQty: '0.001', qtyStep: '0.001' },
    unifiedMarginTrade: true,
    fundingInterval: 480,
  };
}

const BYBIT_WALLET: Row = {
  accountType: 'UNIFIED',
  accountIMRate: '0.3',
  accountMMRate: '0.0123',
  totalEquity: '10000.5',
  totalWalletBalance: '9900',
  totalMarginBalance: '10000.5',
  totalAvailableBalance: '7000.25',
  totalPerpUPL: '100.5',
  totalInitialMargin: '3000.25',
  totalMaintenanceMargin: '120.75',
  coin: [
    {
      coin: 'USDT',
      equity: '10000.5',
      usdValue: '10000.5',
      walletBalance: '9900',
      totalOrderIM: '250.25',
      totalPositionIM: '2750',
      totalPositionMM: '120.75',
    },
  ],
};

// Not what continuity gives (1200): only the venue's own figure is.
const RISK_LIMIT = [
  { cap: '2000000', rate: '0.005', deduction: '' },
  { cap: '2600000', rate: '0.0056', deduction: '1199.5' },
];

export function standInBybit(state: BybitState = {}): StubHandler {
  return (request) => {
    const { query } = request;
    switch (request.path) {
      case '/v5/market/instruments-info':
        return bybitAnswer({ category: query.get('category'), list: instruments(request) });
      case '/v5/market/risk-limit':
        return bybitAnswer({ list: riskLimit(query.get('symbol') ?? '') });
      case '/v5/market/time':
        return { body: { retCode: 0, result: {}, time: Date.now() + 250 } };
      case '/v5/position/list':
        return page(request, state.positions?.[listOf(query)] ?? [], state.pageSize);
      case '/v5/order/realtime':
        return page(request, state.stops?.[listOf(query)] ?? [], state.pageSize);
      case '/v5/account/wallet-balance':
        return bybitAnswer({ list: [state.wallet ?? BYBIT_WALLET] });
      case '/v5/account/info':
        return bybitAnswer({
          unifiedMarginStatus: 5,
          marginMode: state.marginMode ?? 'REGULAR_MARGIN',
        });
      case '/v5/user/query-api':
        return bybitAnswer(state.key ?? {});
      default:
        return bybitRefusal(10001);
    }
  };
}

function instruments({ query }: StubRequest): readonly Row[] {
  if (query.get('status') !== null && query.get('status') !== 'Trading') return [];
  const isInverse = query.get('category') === 'inverse';
  return BYBIT_MARKETS.filter(
    ({ contractType }) => (contractType === 'InversePerpetual') === isInverse,
  );
}

function riskLimit(symbol: string): readonly Row[] {
  return RISK_LIMIT.map(({ cap, rate, deduction }, i) => ({
    id: i + 1,
    symbol,
    riskLimitValue: cap,
    maintenanceMargin: rate,
    mmDeduction: deduction,
  }));
}

function listOf(query: URLSearchParams): string {
  const category = query.get('category') ?? '';
  return category === 'inverse' ? category : `${category} ${query.get('settleCoin')}`;
}

/** Bybit gives a cursor with the last page too. */
function page(request: StubRequest, rows: readonly Row[], pageSize?: number): StubReply {
  const limit = pageSize ?? Number(request.query.get('limit') ?? '20');
  const from = Number(request.query.get('cursor') ?? '0');
  const list = rows.slice(from, from + limit);
  const nextPageCursor = list.length > 0 ? String(from + list.length) : '';
  return bybitAnswer({ category: request.query.get('category'), nextPageCursor, list });
}

/** An open long of 0.5 BTC at cross margin, as v5/position/list writes it. */
export const BTC_LONG: Row = {
  symbol: 'BTCUSDT',
  side: 'Buy',
  positionIdx: 0,
  size: '0.5',
  avgPrice: '65000.123456789012345678901',
  markPrice: '65500.10',
  positionValue: '32500.06',
  leverage: '10',
  liqPrice: '',
  bustPrice: '',
  positionIM: '3275.1',
  positionMM: '163.750251',
  positionBalance: '3250.01',
  unrealisedPnl: '249.98827160549382',
  takeProfit: '70000',
  stopLoss: '60000',
  tradeMode: 0,
  updatedTime: '1700000000123',
  createdTime: '1690000000000',
};
