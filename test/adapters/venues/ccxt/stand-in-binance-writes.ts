import { type Decimal, Decimal as Digits, dec, ZERO } from '../../../../src/domain/decimal.ts';
import type { WriteFault } from '../../../contracts/account-writer.ts';
import type { StubHandler, StubReply, StubRequest } from '../../../fakes/stub-http.ts';
import { binanceRefusal, standInBinance } from './stand-in-binance.ts';
import { faulty } from './write-faults.ts';

type Row = Record<string, unknown>;
export type BinanceProduct = 'um' | 'cm' | 'pm-um' | 'pm-cm';

/** One account of the stand-in, by its API key. */
export interface BinanceBooks {
  /** Null: the main account. */
  readonly email: string | null;
  readonly isHedged: boolean;
  free: Decimal;
  side: 'long' | 'short';
  size: Decimal;
  /** Null: a cross position. */
  collateral: Decimal | null;
  stops: Row[];
  readonly orders: Row[];
}

export interface BinanceVenue {
  readonly handler: StubHandler;
  readonly books: Map<string, BinanceBooks>;
  readonly transfers: Row[];
  /** Met by the next calls that would change something. */
  readonly faults: WriteFault[];
  /** What the n-th change from now is answered instead of being made; null: it is made. */
  readonly replies: (StubReply | null)[];
}

export const SYMBOLS = {
  um: 'BTCUSDT',
  cm: 'BTCUSD_PERP',
  'pm-um': 'BTCUSDT',
  'pm-cm': 'BTCUSD_PERP',
};
const COINS = { um: 'USDT', cm: 'BTC', 'pm-um': 'USDT', 'pm-cm': 'BTC' };

const LISTS = ['/openAlgoOrders', '/conditional/openOrders'];
const STOPS = ['/algoOrder', '/algo/order', '/conditional/order'];

export function binanceBooks(changes: Partial<BinanceBooks> = {}): BinanceBooks {
  return {
    ...{ email: 'a@desk.invalid', isHedged: false, free: dec('5000'), side: 'long' },
    ...{ size: dec('2'), collateral: dec('1000'), stops: [], orders: [] },
    ...changes,
  };
}

/** A venue that keeps books and refuses what the real one does, for acts to be seen in. */
export function binanceVenue(product: BinanceProduct): BinanceVenue {
  const books = new Map<string, BinanceBooks>();
  const transfers: Row[] = [];
  const faults: WriteFault[] = [];
  const replies: (StubReply | null)[] = [];
  const handler: StubHandler = (request) => {
    const own = books.get(String(request.headers['x-mbx-apikey']));
    if (own === undefined) return standInBinance(FINE_STEPS)(request);
    const ground = { own, books, transfers, product };
    if (request.method === 'GET') return look(request, ground);
    const act = () => change(request, ground);
    const reply = replies.shift() ?? null;
    if (reply !== null) return reply;
    const fault = faults.shift();
    return fault === undefined
      ? act()
      : faulty(fault, act, {
          'unknown-outcome-code': binanceRefusal(-1007),
          'unheard-of-code': binanceRefusal(-98765),
          'too-fast': binanceRefusal(-1003, 429),
        });
  };
  return { handler, books, transfers, faults, replies };
}

interface Ground {
  readonly own: BinanceBooks;
  readonly books: ReadonlyMap<string, BinanceBooks>;
  readonly transfers: Row[];
  readonly product: BinanceProduct;
}

const done = (body: unknown): StubReply => ({ body });

function look(request: StubRequest, ground: Ground) {
  const { path, query } = request;
  const { own, transfers, product } = ground;
  if (path.endsWith('/positionRisk')) return done(own.size.isZero() ? [] : [positionRow(ground)]);
  if (LISTS.some((list) => path.endsWith(list))) return done(own.stops);
  if (path.endsWith('/order')) {
    const order = own.orders.find(
      (each) => each['clientOrderId'] === query.get('origClientOrderId'),
    );
    return order === undefined ? binanceRefusal(-2013) : done(order);
  }
  if (path.endsWith('/universalTransfer')) {
    const id = query.get('clientTranId');
    return done({ result: transfers.filter((each) => each['clientTranId'] === id) });
  }
  const wallet = own.free.plus(own.collateral ?? ZERO).toFixed();
  const free = own.free.toFixed();
  if (path === '/papi/v1/balance') {
    return done([{ asset: COINS[product], totalWalletBalance: wallet }]);
  }
  if (path === '/papi/v1/account') {
    return done({ totalAvailableBalance: free, virtualMaxWithdrawAmount: free });
  }
  if (path.endsWith('/account')) {
    const funds = { walletBalance: wallet, availableBalance: free, maxWithdrawAmount: free };
    return done({ assets: [{ asset: COINS[product], ...funds }] });
  }
  return standInBinance(FINE_STEPS)(request);
}

/** COIN-M counts in whole contracts; here in thousandths, for the same acts to be tried on both. */
const FINE_STEPS = {
  '/dapi/v1/exchangeInfo': {
    symbols: [
      {
        ...{ symbol: 'BTCUSD_PERP', pair: 'BTCUSD', baseAsset: 'BTC', quoteAsset: 'USD' },
        ...{ marginAsset: 'BTC', contractType: 'PERPETUAL', contractStatus: 'TRADING' },
        ...{ deliveryDate: 4133404800000, contractSize: 100, pricePrecision: 1 },
        quantityPrecision: 3,
        filters: [
          { filterType: 'PRICE_FILTER', minPrice: '0.1', maxPrice: '1000000', tickSize: '0.1' },
          { filterType: 'LOT_SIZE', minQty: '0.001', maxQty: '1000000', stepSize: '0.001' },
        ],
      },
    ],
  },
};

function positionRow({ own, product }: Ground): Row {
  const isLong = own.side === 'long';
  const signed = isLong ? own.size : own.size.neg();
  return {
    symbol: SYMBOLS[product],
    positionSide: own.isHedged ? (isLong ? 'LONG' : 'SHORT') : 'BOTH',
    ...{ positionAmt: signed.toFixed(), markPrice: '60000', entryPrice: '60000' },
    isolatedWallet: (own.collateral ?? ZERO).toFixed(),
    marginType: own.collateral === null ? 'cross' : 'isolated',
  };
}

function change(request: StubRequest, ground: Ground): StubReply {
  const { path, method, body, query } = request;
  const params = Object.fromEntries(body === '' ? query : new URLSearchParams(body));
  if (path.endsWith('/universalTransfer')) return move(params, ground);
  if (path.endsWith('/positionMargin')) return changeMargin(params, ground);
  if (!STOPS.some((stop) => path.endsWith(stop))) return close(params, ground);
  return method === 'DELETE' ? cancel(params, ground.own) : place(params, ground);
}

type Params = Readonly<Record<string, string>>;

function changeMargin({ amount, type, positionSide }: Params, { own }: Ground): StubReply {
  if (own.collateral === null) return binanceRefusal(-4049);
  if (own.isHedged !== (positionSide !== undefined)) return binanceRefusal(-4061);
  const asked = dec(String(amount));
  if (type === '1' && asked.gt(own.free)) return binanceRefusal(-4050);
  if (type === '2' && asked.gte(own.collateral)) return binanceRefusal(-4051);
  const added = type === '1' ? asked : asked.neg();
  own.collateral = own.collateral.plus(added);
  own.free = own.free.minus(added);
  return done({ amount: Number(amount), code: 200, msg: 'Successfully modify position margin.' });
}

/** What both kinds of orders are refused for. */
function faultOf({ positionSide, reduceOnly }: Params, { isHedged }: BinanceBooks): number | null {
  if (isHedged && reduceOnly !== undefined) return -1106;
  return isHedged === (positionSide !== undefined) ? null : -4061;
}

function close(params: Params, { own }: Ground): StubReply {
  const fault = faultOf(params, own);
  if (fault !== null) return binanceRefusal(fault);
  const closes = params['side'] === 'SELL' ? 'long' : 'short';
  if (closes !== own.side || own.size.isZero()) return binanceRefusal(-2022);
  const quantity = dec(String(params['quantity']));
  const rest = Digits.max(ZERO, own.size.minus(quantity));
  const kept = own.collateral?.times(rest).div(own.size) ?? null;
  own.free = own.free.plus(own.collateral?.minus(kept ?? ZERO) ?? ZERO);
  Object.assign(own, { size: rest, collateral: kept });
  const order = { clientOrderId: params['newClientOrderId'], orderId: own.orders.length + 1 };
  own.orders.push({ ...order, status: 'FILLED', executedQty: quantity.toFixed() });
  return done({ ...order, status: 'NEW', executedQty: '0' });
}

function place(params: Params, { own, product }: Ground): StubReply {
  const fault = faultOf(params, own);
  if (fault !== null) return binanceRefusal(fault);
  const isWhole = params['closePosition'] === 'true';
  const isPortfolio = product.startsWith('pm');
  if (isWhole && (isPortfolio || params['quantity'] !== undefined)) return binanceRefusal(-4137);
  if (!isWhole && params['quantity'] === undefined) return binanceRefusal(-1102);
  const type = params['type'] ?? params['strategyType'];
  const twin = own.stops.some((row) => row['closePosition'] === true && row['orderType'] === type);
  if (isWhole && twin) return binanceRefusal(-4130);
  const id = 1000 + own.stops.length + own.orders.length * 100;
  const row = product === 'pm-cm' ? strategyRow(params, id) : algoRow(params, id);
  own.stops.push(row);
  return done(row);
}

function algoRow(params: Params, algoId: number): Row {
  const { type, clientAlgoId, quantity = '0.000', triggerPrice = '0.00' } = params;
  const { symbol, side, positionSide = 'BOTH', workingType, callbackRate = null } = params;
  return {
    ...{ algoId, clientAlgoId, orderType: type, quantity, triggerPrice, callbackRate },
    ...{ symbol, side, positionSide, workingType, price: '0.00', algoStatus: 'NEW' },
    closePosition: params['closePosition'] === 'true',
    reduceOnly: params['reduceOnly'] === 'true',
  };
}

function strategyRow(params: Params, strategyId: number): Row {
  const { strategyType, newClientStrategyId, quantity, stopPrice = '0.00' } = params;
  const { symbol, side, positionSide = 'BOTH', workingType, callbackRate = null } = params;
  return {
    ...{ strategyId, newClientStrategyId, strategyType, origQty: quantity, stopPrice },
    ...{ symbol, side, positionSide, workingType, priceRate: callbackRate, price: '0' },
    reduceOnly: params['reduceOnly'] === 'true',
  };
}

function cancel(params: Params, own: BinanceBooks): StubReply {
  const isMeant = (row: Row) =>
    ['algoId', 'clientAlgoId', 'strategyId', 'newClientStrategyId'].some(
      (name) => params[name] !== undefined && String(row[name]) === params[name],
    );
  const rest = own.stops.filter((row) => !isMeant(row));
  if (rest.length === own.stops.length) return binanceRefusal(-2011);
  own.stops = rest;
  return done({ code: '200', msg: 'success' });
}

function move(params: Params, { books, transfers }: Ground): StubReply {
  const find = (email: string | undefined) =>
    [...books.values()].find((each) => each.email === (email ?? null));
  const from = find(params['fromEmail']);
  const to = find(params['toEmail']);
  const amount = dec(String(params['amount']));
  if (from === undefined || to === undefined) return binanceRefusal(-12022);
  if (amount.gt(from.free)) return binanceRefusal(-9000);
  from.free = from.free.minus(amount);
  to.free = to.free.plus(amount);
  const { clientTranId } = params;
  transfers.push({ clientTranId, status: 'SUCCESS' });
  return done({ tranId: transfers.length, clientTranId });
}
