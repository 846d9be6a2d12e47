import { type Decimal, dec, ZERO } from '../../../../src/domain/decimal.ts';
import type { WriteFault } from '../../../contracts/account-writer.ts';
import type { StubHandler, StubReply, StubRequest } from '../../../fakes/stub-http.ts';
import { bybitRefusal, standInBybit } from './stand-in-bybit.ts';
import { faulty } from './write-faults.ts';

type Row = Record<string, unknown>;

/** One account of the stand-in, by its API key. */
export interface BybitBooks {
  readonly userId: number;
  readonly isMain: boolean;
  wallet: Decimal;
  leg: Row | null;
  stops: Row[];
  readonly orders: Row[];
}

export interface BybitVenue {
  readonly handler: StubHandler;
  readonly books: Map<string, BybitBooks>;
  readonly transfers: Row[];
  /** Met by the next calls that would change something. */
  readonly faults: WriteFault[];
  /** Makes the n-th change from now fail with this code, the others do not. */
  refuseAt(call: number, code: string): void;
  refuseFrom(call: number, code: string): void;
}

const MAIN_ID = 1001;

/** A venue that keeps books, for acts to be seen in. `positionIdx` 1 or 2: hedge mode. */
export function bybitVenue(positionIdx = 0): BybitVenue {
  const books = new Map<string, BybitBooks>();
  const transfers: Row[] = [];
  const faults: WriteFault[] = [];
  let calls = 0;
  let refusals: (call: number) => string | null = () => null;
  const at = (from: number) => {
    const first = calls + from;
    return { first };
  };
  const handler: StubHandler = (request) => {
    const own = books.get(String(request.headers['x-bapi-api-key'])) ?? null;
    if (request.method === 'GET' || own === null)
      return look(request, own, { transfers, positionIdx });
    calls += 1;
    const act = () => change(request, own, { books, transfers });
    const code = refusals(calls);
    if (code !== null) return bybitRefusal(code);
    const fault = faults.shift();
    return fault === undefined
      ? act()
      : faulty(fault, act, {
          'unknown-outcome-code': bybitRefusal(10016),
          'unheard-of-code': bybitRefusal(987654),
          'too-fast': bybitRefusal(10006),
        });
  };
  return {
    ...{ handler, books, transfers, faults },
    refuseAt(call, code) {
      const { first } = at(call);
      refusals = (now) => (now === first ? code : null);
    },
    refuseFrom(call, code) {
      const { first } = at(call);
      refusals = (now) => (now >= first ? code : null);
    },
  };
}

export function bybitBooks(isMain: boolean, userId: number, positionIdx = 0): BybitBooks {
  const leg = {
    ...{ symbol: 'BTCUSDT', side: 'Buy', positionIdx, size: '2', avgPrice: '60000' },
    ...{ markPrice: '60000', leverage: '10', liqPrice: '50000', positionBalance: '1000' },
    ...{ positionIM: '1000', positionMM: '600', unrealisedPnl: '0', takeProfit: '', stopLoss: '' },
    ...{ trailingStop: '', tradeMode: 0, updatedTime: '1700000000123' },
  };
  return { userId, isMain, wallet: dec('6000'), leg, stops: [], orders: [] };
}

function answer(result: unknown): StubReply {
  return { body: { retCode: 0, retMsg: 'OK', result, retExtInfo: {}, time: 1 } };
}

interface Ground {
  readonly transfers: readonly Row[];
  readonly positionIdx: number;
}

function look(request: StubRequest, own: BybitBooks | null, { transfers, positionIdx }: Ground) {
  const { query, path } = request;
  if (own === null) return standInBybit()(request);
  switch (path) {
    case '/v5/position/list': {
      const flat = { symbol: 'BTCUSDT', side: '', size: '0', positionIdx };
      const isAsked = query.get('symbol') === 'BTCUSDT' || query.get('settleCoin') === 'USDT';
      return answer({ list: isAsked ? [own.leg ?? flat] : [], nextPageCursor: '' });
    }
    case '/v5/order/realtime':
    case '/v5/order/history': {
      const link = query.get('orderLinkId');
      if (link === null) return answer({ list: own.stops, nextPageCursor: '' });
      const isHistory = path.endsWith('history');
      return answer({
        list: isHistory ? own.orders.filter((row) => row['orderLinkId'] === link) : [],
      });
    }
    case '/v5/account/wallet-balance': {
      const walletBalance = own.wallet.toString();
      const totalPositionIM = own.leg === null ? '0' : String(own.leg['positionBalance']);
      const coin = { coin: 'USDT', walletBalance, equity: walletBalance, usdValue: walletBalance };
      const held = { totalPositionIM, totalOrderIM: '0', locked: '0' };
      // Under isolated margin the account as a whole has no such figure.
      return answer({ list: [{ totalAvailableBalance: '', coin: [{ ...coin, ...held }] }] });
    }
    case '/v5/user/query-api':
      return answer({
        ...{ userID: own.userId, isMaster: own.isMain },
        parentUid: own.isMain ? '0' : String(MAIN_ID),
      });
    case '/v5/asset/transfer/query-universal-transfer-list':
      return answer({
        list: transfers.filter((row) => row['transferId'] === query.get('transferId')),
      });
    default:
      return standInBybit()(request);
  }
}

interface Books {
  readonly books: ReadonlyMap<string, BybitBooks>;
  readonly transfers: Row[];
}

function change(request: StubRequest, own: BybitBooks, all: Books): StubReply {
  const body = JSON.parse(request.body) as Row;
  switch (request.path) {
    case '/v5/position/add-margin':
      return addMargin(own, dec(String(body['margin'])));
    case '/v5/position/trading-stop':
      return tradingStop(own, body);
    case '/v5/order/cancel': {
      const before = own.stops.length;
      own.stops = own.stops.filter(({ orderId }) => orderId !== body['orderId']);
      return own.stops.length < before
        ? answer({ orderId: body['orderId'] })
        : bybitRefusal(110001);
    }
    case '/v5/order/create':
      return marketOrder(own, body);
    case '/v5/asset/transfer/universal-transfer':
      return transfer(body, all);
    default:
      return bybitRefusal(10017);
  }
}

function addMargin(own: BybitBooks, margin: Decimal): StubReply {
  if (own.leg === null) return bybitRefusal(110033);
  const balance = dec(String(own.leg['positionBalance']));
  if (margin.gt(own.wallet.minus(balance))) return bybitRefusal(110014);
  const after = balance.plus(margin);
  if (after.lte(0)) return bybitRefusal(110046);
  own.leg = { ...own.leg, positionBalance: after.toString() };
  return answer({ ...own.leg });
}

let orders = 0;

function tradingStop(own: BybitBooks, body: Row): StubReply {
  if (own.leg === null) return bybitRefusal(10001);
  for (const [kind, size, name] of [
    ['takeProfit', 'tpSize', 'TakeProfit'],
    ['stopLoss', 'slSize', 'StopLoss'],
  ] as const) {
    if (body[kind] === undefined) continue;
    if (body['tpslMode'] === 'Full') {
      own.leg = { ...own.leg, [kind]: body[kind] === '0' ? '' : body[kind] };
      continue;
    }
    orders += 1;
    own.stops.push({
      ...{ orderId: `stop-${orders}`, symbol: 'BTCUSDT', side: 'Sell', reduceOnly: true },
      ...{ stopOrderType: `Partial${name}`, triggerPrice: body[kind], qty: body[size] },
      positionIdx: body['positionIdx'],
    });
  }
  const { trailingStop } = body;
  if (trailingStop !== undefined)
    own.leg = { ...own.leg, trailingStop: trailingStop === '0' ? '' : trailingStop };
  return answer({});
}

function marketOrder(own: BybitBooks, body: Row): StubReply {
  if (own.leg === null || body['reduceOnly'] !== true) return bybitRefusal(110017);
  if (own.orders.some((row) => row['orderLinkId'] === body['orderLinkId']))
    return bybitRefusal(110072);
  const size = dec(String(own.leg['size']));
  const rest = size.minus(dec(String(body['qty'])));
  const margin = dec(String(own.leg['positionBalance'])).times(rest).div(size);
  own.leg = rest.lte(ZERO)
    ? null
    : { ...own.leg, size: rest.toString(), positionBalance: margin.toString() };
  own.orders.push({ ...body, orderStatus: 'Filled', cumExecQty: body['qty'] });
  return answer({ orderId: 'order-1', orderLinkId: body['orderLinkId'] });
}

function transfer(body: Row, { books, transfers }: Books): StubReply {
  const by = (id: unknown) => [...books.values()].find(({ userId }) => userId === id);
  const [from, to] = [by(body['fromMemberId']), by(body['toMemberId'])];
  if (from === undefined || to === undefined) return bybitRefusal(131202);
  const amount = dec(String(body['amount']));
  if (amount.gt(from.wallet)) return bybitRefusal(131212);
  from.wallet = from.wallet.minus(amount);
  to.wallet = to.wallet.plus(amount);
  transfers.push({ ...body, status: 'SUCCESS' });
  return answer({ transferId: body['transferId'], status: 'SUCCESS' });
}
