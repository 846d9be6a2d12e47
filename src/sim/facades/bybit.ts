import {
  type Facade,
  jsonResponse,
  type SimRequest,
  type SimResponse,
  type SimWorld,
} from '../facade.ts';
import { accountInfo, coinInfo, queryApi, walletBalance } from './bybit-account.ts';
import { authenticate, keyOwner } from './bybit-auth.ts';
import {
  fundingHistory,
  instrumentsInfo,
  kline,
  markPriceKline,
  orderBook,
  riskLimit,
  serverTime,
  tickers,
} from './bybit-market.ts';
import { openOrders } from './bybit-orders.ts';
import { positionList } from './bybit-positions.ts';
import {
  type BybitAnswer,
  type BybitCall,
  type BybitPrivateCall,
  envelope,
  refuse,
} from './bybit-route.ts';

const PUBLIC: Readonly<Record<string, (call: BybitCall) => BybitAnswer>> = {
  'market/time': serverTime,
  'market/instruments-info': instrumentsInfo,
  'market/risk-limit': riskLimit,
  'market/tickers': tickers,
  'market/orderbook': orderBook,
  'market/kline': kline,
  'market/mark-price-kline': markPriceKline,
  'market/funding/history': fundingHistory,
};

/** With the calls per second the venue allows a user. */
const PRIVATE: Readonly<
  Record<string, { readonly limit: number; run(call: BybitPrivateCall): BybitAnswer }>
> = {
  'position/list': { limit: 50, run: positionList },
  'account/wallet-balance': { limit: 50, run: walletBalance },
  'account/info': { limit: 50, run: accountInfo },
  'user/query-api': { limit: 10, run: queryApi },
  'order/realtime': { limit: 50, run: openOrders },
  'asset/coin/query-info': { limit: 5, run: coinInfo },
};

/** Bybit v5: REST under `/v5/`, unified account. Calls that change something are refused for now. */
export function createBybitFacade(world: SimWorld): Facade {
  return {
    identify: (request) => (isMine(request) ? keyOwner(request, world) : null),
    respond: (request) => (isMine(request) ? respond(request, world) : null),
    rateLimited: ({ now }) =>
      envelope(refuse(10006, 'Too many visits. Exceeded the API Rate Limit.'), now, {
        'X-Bapi-Limit': '50',
        'X-Bapi-Limit-Status': '0',
        'X-Bapi-Limit-Reset-Timestamp': String(now + 1000),
      }),
  };
}

function isMine({ path }: SimRequest): boolean {
  return path.startsWith('/v5/');
}

function respond(request: SimRequest, world: SimWorld): SimResponse {
  const route = request.path.slice('/v5/'.length);
  const open = request.method === 'GET' ? PUBLIC[route] : undefined;
  if (open !== undefined) return envelope(open({ world, request }), request.now);
  const who = authenticate(request, world);
  if (!who.ok) return envelope({ refusal: who.error }, request.now);
  const call = { world, request, account: who.value };
  const closed = request.method === 'GET' ? PRIVATE[route] : undefined;
  if (closed !== undefined) {
    return envelope(closed.run(call), request.now, {
      'X-Bapi-Limit': String(closed.limit),
      'X-Bapi-Limit-Status': String(closed.limit - 1),
      'X-Bapi-Limit-Reset-Timestamp': String(request.now),
    });
  }
  return request.method === 'POST'
    ? envelope(refuse(10032, 'Demo trading are not supported.'), request.now)
    : jsonResponse({ error: 'not found' }, { status: 404 });
}
