import { err, ok } from '../../domain/result.ts';
import { historyOf } from '../history.ts';
import type { SimAccount, SimExecution } from '../model.ts';
import { closePart } from '../operations/close-part.ts';
import { filledOf } from '../operations/filled-of.ts';
import { positionSideOf } from './binance-account.ts';
import type { BinanceAnswer, BinanceSignedCall } from './binance-route.ts';
import {
  accepted,
  type BinanceWriteCall,
  clientIdOf,
  closedBy,
  flagOf,
  marksOf,
  mbx,
  missing,
  quantityOf,
  symbolOf,
  unread,
} from './binance-write.ts';
import { numericId } from './numeric-id.ts';

const KNOWN = [
  ...['symbol', 'side', 'positionSide', 'type', 'timeInForce', 'quantity', 'reduceOnly', 'price'],
  ...['newClientOrderId', 'newOrderRespType', 'priceMatch', 'selfTradePreventionMode'],
  'goodTillDate',
];
const MOVED_TYPES = [
  'STOP',
  'STOP_MARKET',
  'TAKE_PROFIT',
  'TAKE_PROFIT_MARKET',
  'TRAILING_STOP_MARKET',
];
const REJECTED = mbx(-2022, 'ReduceOnly Order is rejected.');

/**
 * `POST /fapi/v1/order`, of which the simulator has what closes at once. An own id must be unique among
 * open orders only: a market order is over at once, so the same id sent again is executed again.
 */
export function newOrder(call: BinanceWriteCall): BinanceAnswer {
  const refusal = unread(call, KNOWN) ?? wrongType(call);
  if (refusal !== null) return err(refusal);
  const { params, account, request } = call;
  const instrument = symbolOf(call);
  if (!instrument.ok) return instrument;
  const position = closedBy(call, instrument.value);
  if (!position.ok) return position;
  const reduceOnly = flagOf(call, 'reduceOnly');
  if (!reduceOnly.ok) return reduceOnly;
  const isHedged = account.positionMode === 'hedge';
  if (isHedged && params.has('reduceOnly')) {
    return err(mbx(-1106, "Parameter 'reduceonly' sent when not required."));
  }
  if (!isHedged && !reduceOnly.value) return err(mbx(-1020, 'This operation is not supported.'));
  const quantity = quantityOf(call, instrument.value);
  if (!quantity.ok) return quantity;
  const clientId = clientIdOf(call, 'newClientOrderId');
  if (!clientId.ok) return clientId;
  const held = position.value;
  const isTooMuch = held?.contracts.lt(quantity.value) ?? true;
  if (held === null || (isHedged && isTooMuch)) return err(REJECTED);
  const asked = isTooMuch ? held.contracts : quantity.value;
  const closed = closePart(account, {
    ...{ position: held, asked, clientId: clientId.value, cause: 'user', now: request.now },
    contracts: filledOf(asked, { request, instrument: instrument.value }),
    price: marksOf(call)(instrument.value.asset),
  });
  accepted(call, closed.account, { kind: 'close', clientId: clientId.value });
  const row = executionRow(account, closed.execution);
  const isAck = (params.get('newOrderRespType') ?? 'ACK') === 'ACK';
  return ok(isAck ? { ...row, ...NOT_YET } : row);
}

const NOT_YET = { status: 'NEW', executedQty: '0', cumQuote: '0', avgPrice: '0.00' };

function wrongType({ params }: BinanceWriteCall) {
  const type = params.get('type');
  if (type === null) return missing('type');
  if (MOVED_TYPES.includes(type)) {
    const msg =
      'Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.';
    return mbx(-4120, msg);
  }
  if (type !== 'MARKET') return mbx(-1116, 'Invalid orderType.');
  for (const name of ['price', 'timeInForce']) {
    if (params.has(name)) return mbx(-1106, `Parameter '${name}' sent when not required.`);
  }
  return null;
}

function executionRow(account: SimAccount, each: SimExecution) {
  const { instrument, asked, filled, price } = each;
  return {
    orderId: Number(numericId(each.id, 12)),
    symbol: instrument.symbol,
    status: filled.eq(asked) ? 'FILLED' : 'EXPIRED',
    clientOrderId: each.clientId || `sim-${numericId(`client:${each.id}`, 18)}`,
    price: '0.00',
    avgPrice: price.toFixed(),
    origQty: asked.toFixed(),
    executedQty: filled.toFixed(),
    cumQuote: filled.times(price).toFixed(),
    timeInForce: 'GTC',
    type: 'MARKET',
    reduceOnly: true,
    closePosition: false,
    side: each.side.toUpperCase(),
    positionSide: positionSideOf(account.positionMode === 'hedge' ? each.positionSide : null),
    stopPrice: '0.00',
    workingType: 'CONTRACT_PRICE',
    priceProtect: false,
    origType: 'MARKET',
    priceMatch: 'NONE',
    selfTradePreventionMode: 'EXPIRE_MAKER',
    goodTillDate: 0,
    time: each.at,
    updateTime: each.at,
  };
}

/** `GET /fapi/v1/order` of what was executed; of an own id used again the last. */
export function queryOrder({ account, request }: BinanceSignedCall): BinanceAnswer {
  const { query } = request;
  const symbol = query.get('symbol');
  if (symbol === null) return err(missing('symbol'));
  const [id, clientId] = [query.get('orderId'), query.get('origClientOrderId')];
  if (id === null && clientId === null) return err(missing('orderId'));
  const found = [...historyOf(account).executions]
    .reverse()
    .map((each) => executionRow(account, each))
    .filter((row) => row.symbol === symbol)
    .find((row) => (id === null ? row.clientOrderId === clientId : String(row.orderId) === id));
  return found ? ok(found) : err(mbx(-2013, 'Order does not exist.'));
}
