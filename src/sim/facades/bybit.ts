import {
  type Facade,
  jsonResponse,
  type SimRequest,
  type SimResponse,
  type SimWorld,
} from '../facade.ts';
import { bodyFields } from './body-fields.ts';
import { accountInfo, coinInfo, queryApi, walletBalance } from './bybit-account.ts';
import { authenticate, keyOwner } from './bybit-auth.ts';
import type { BybitWriteCall } from './bybit-leg.ts';
import { addMargin } from './bybit-margin.ts';
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
import { openOrders, orderHistory } from './bybit-orders.ts';
import { positionList } from './bybit-positions.ts';
import {
  type BybitAnswer,
  type BybitCall,
  type BybitPrivateCall,
  envelope,
  refuse,
} from './bybit-route.ts';
import { cancelOrder, createOrder } from './bybit-trade.ts';
import { tradingStop } from './bybit-trading-stop.ts';
import {
  coinsBalance,
  interTransfer,
  interTransferList,
  universalTransfer,
  universalTransferList,
} from './bybit-transfer.ts';

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
  'order/history': { limit: 50, run: orderHistory },
  'asset/coin/query-info': { limit: 5, run: coinInfo },
  'asset/transfer/query-universal-transfer-list': { limit: 5, run: universalTransferList },
  'asset/transfer/query-inter-transfer-list': { limit: 5, run: interTransferList },
  'asset/transfer/query-account-coins-balance': { limit: 5, run: coinsBalance },
};

const WRITES: Readonly<
  Record<string, { readonly limit: number; run(call: BybitWriteCall): BybitAnswer }>
> = {
  'position/add-margin': { limit: 10, run: addMargin },
  'position/trading-stop': { limit: 10, run: tradingStop },
  'order/create': { limit: 20, run: createOrder },
  'order/cancel': { limit: 20, run: cancelOrder },
  'asset/transfer/inter-transfer': { limit: 1, run: interTransfer },
  'asset/transfer/universal-transfer': { limit: 5, run: universalTransfer },
};

/** Bybit v5: REST under `/v5/`, unified account. */
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
    refused: (code, { now }) => envelope(refuse(Number(code), 'Refused.'), now),
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
  const limits = (limit: number) => ({
    'X-Bapi-Limit': String(limit),
    'X-Bapi-Limit-Status': String(limit - 1),
    'X-Bapi-Limit-Reset-Timestamp': String(request.now),
  });
  const closed = request.method === 'GET' ? PRIVATE[route] : undefined;
  if (closed !== undefined) return envelope(closed.run(call), request.now, limits(closed.limit));
  const write = request.method === 'POST' ? WRITES[route] : undefined;
  if (write === undefined) return jsonResponse({ error: 'not found' }, { status: 404 });
  const body = bodyFields(request.body);
  const given = body ? write.run({ ...call, body }) : refuse(10001, 'params error: body invalid');
  return envelope(given, request.now, limits(write.limit));
}
