import { ZERO } from '../../domain/decimal.ts';
import { figure } from '../facade.ts';
import { historyOf } from '../history.ts';
import type { SimAccount, SimExecution, SimOrder, SimTrigger } from '../model.ts';
import { notionalAt } from '../position-margin.ts';
import { triggersOf } from '../triggers.ts';
import { indexOf } from './bybit-leg.ts';
import {
  answer,
  BAD_CATEGORY,
  type BybitAnswer,
  type BybitPrivateCall,
  categoryOf,
  namesNothing,
  pageOf,
  refuse,
  selected,
} from './bybit-route.ts';

/**
 * `GET /v5/order/realtime`: resting orders, and the stops attached to positions as orders. Asked by id it
 * also knows what is over.
 */
export function openOrders(call: BybitPrivateCall): BybitAnswer {
  const isNamed = ['orderId', 'orderLinkId'].some((name) => call.request.query.get(name));
  const { account } = call;
  const open = [
    ...account.orders.map((order) => orderRow(account, order)),
    ...triggersOf(account).map((trigger) => stopRow(account, trigger)),
  ];
  return listed(call, isNamed ? [...open, ...pastRows(account)] : open);
}

/** `GET /v5/order/history`: what is over, newest first. */
export function orderHistory(call: BybitPrivateCall): BybitAnswer {
  return listed(call, pastRows(call.account));
}

type OrderRow = ReturnType<typeof emptyOrder> & {
  readonly symbol: string;
  readonly orderId: string;
};

function listed(call: BybitPrivateCall, rows: readonly OrderRow[]): BybitAnswer {
  const category = categoryOf(call);
  if (category === null) return BAD_CATEGORY;
  const { query } = call.request;
  const { orderId, orderLinkId, orderFilter } = Object.fromEntries(query);
  if (category === 'linear' && namesNothing(call) && !orderId && !orderLinkId) {
    return refuse(10001, 'Missing some parameters that must be filled in, symbol or settleCoin');
  }
  const symbols = selected(call, category).map(({ symbol }) => symbol);
  const isStop = (row: OrderRow) => row.stopOrderType !== '';
  const shown = rows
    .filter(({ symbol }) => symbols.includes(symbol))
    .filter((row) => !orderId || row.orderId === orderId)
    .filter((row) => !orderLinkId || row.orderLinkId === orderLinkId)
    .filter((row) => !orderFilter || isStop(row) === (orderFilter === 'StopOrder'));
  return answer({ category, ...pageOf(shown, call.request, { usual: 20, most: 50 }) });
}

/** Executed orders, and stops that were cancelled before they became one. */
function pastRows(account: SimAccount): OrderRow[] {
  const { executions, triggers } = historyOf(account);
  const cancelled = triggers.filter(({ end }) => end === 'cancelled');
  return [
    ...executions.map((each) => ({ at: each.at, row: executionRow(account, each) })),
    ...cancelled.map(({ trigger, at }) => ({
      at,
      row: {
        ...stopRow(account, trigger),
        orderStatus: 'Deactivated',
        cancelType: 'CancelByUser',
        updatedTime: String(at),
      },
    })),
  ]
    .reverse()
    .sort((a, b) => b.at - a.at)
    .map(({ row }) => row);
}

function executionRow(account: SimAccount, each: SimExecution) {
  const { instrument, filled, price } = each;
  const stopOrderType = each.cause === 'user' ? '' : STOP_TYPES[each.cause];
  return {
    ...emptyOrder(),
    symbol: instrument.symbol,
    orderId: each.id,
    orderLinkId: each.clientId,
    orderType: 'Market',
    orderStatus: filled.eq(each.asked) ? 'Filled' : 'PartiallyFilledCanceled',
    side: each.side === 'buy' ? 'Buy' : 'Sell',
    price: price.toFixed(),
    avgPrice: filled.isZero() ? '' : price.toFixed(),
    qty: each.asked.toFixed(),
    leavesQty: '0',
    leavesValue: '0',
    cumExecQty: filled.toFixed(),
    cumExecValue: figure(notionalAt(instrument, filled, price)),
    cumExecFee: figure(each.fee),
    closedPnl: figure(each.realizedPnl.minus(each.fee)),
    timeInForce: 'IOC',
    stopOrderType,
    createType: stopOrderType === '' ? 'CreateByUser' : `CreateBy${stopOrderType}`,
    positionIdx: indexOf(account, each.positionSide),
    reduceOnly: true,
    closeOnTrigger: stopOrderType !== '',
    createdTime: String(each.at),
    updatedTime: String(each.at),
  };
}

function orderRow(account: SimAccount, order: SimOrder) {
  const { instrument, contracts, price } = order;
  return {
    ...emptyOrder(),
    symbol: instrument.symbol,
    orderId: order.id,
    orderLinkId: order.clientId,
    orderType: 'Limit',
    orderStatus: 'New',
    side: order.side === 'buy' ? 'Buy' : 'Sell',
    price: price.toFixed(),
    qty: contracts.toFixed(),
    leavesQty: contracts.toFixed(),
    leavesValue: figure(notionalAt(instrument, contracts, price)),
    timeInForce: 'GTC',
    positionIdx: indexOf(account, order.positionSide),
    reduceOnly: order.reduceOnly,
    createdTime: String(order.createdAt),
    updatedTime: String(order.createdAt),
  };
}

const STOP_TYPES = {
  takeProfit: 'TakeProfit',
  stopLoss: 'StopLoss',
  trailing: 'TrailingStop',
} as const;

/** A trigger as an untriggered market order; a full-size one tells the position's size now. */
function stopRow(account: SimAccount, trigger: SimTrigger) {
  const { kind, price, contracts, side, instrument } = trigger;
  const isRise = (kind === 'takeProfit') === (side === 'long');
  const position = account.positions.find(({ id }) => id === trigger.positionId);
  const size = (contracts ?? position?.contracts ?? ZERO).toFixed();
  const type = contracts === null ? STOP_TYPES[kind] : `Partial${STOP_TYPES[kind]}`;
  return {
    ...emptyOrder(),
    symbol: instrument.symbol,
    orderId: trigger.id,
    orderLinkId: trigger.clientId,
    orderType: 'Market',
    orderStatus: 'Untriggered',
    stopOrderType: type,
    createType: `CreateBy${type}`,
    side: side === 'long' ? 'Sell' : 'Buy',
    price: '0',
    qty: size,
    leavesQty: size,
    leavesValue: '0',
    timeInForce: 'IOC',
    triggerPrice: price?.toFixed() ?? '0',
    triggerBy: 'MarkPrice',
    triggerDirection: isRise ? 1 : 2,
    tpslMode: contracts === null ? 'Full' : 'Partial',
    positionIdx: indexOf(account, side),
    reduceOnly: true,
    closeOnTrigger: true,
    createdTime: String(trigger.createdAt),
    updatedTime: String(trigger.updatedAt),
  };
}

function emptyOrder() {
  return {
    orderLinkId: '',
    blockTradeId: '',
    isLeverage: '',
    cancelType: 'UNKNOWN',
    rejectReason: 'EC_NoError',
    avgPrice: '',
    cumExecQty: '0',
    cumExecValue: '0',
    cumExecFee: '0',
    stopOrderType: '',
    orderIv: '',
    triggerPrice: '',
    takeProfit: '',
    stopLoss: '',
    tpslMode: '',
    tpTriggerBy: '',
    slTriggerBy: '',
    tpLimitPrice: '',
    slLimitPrice: '',
    triggerDirection: 0,
    triggerBy: '',
    lastPriceOnCreated: '',
    closeOnTrigger: false,
    createType: 'CreateByUser',
    placeType: '',
    smpType: 'None',
    smpGroup: 0,
    smpOrderId: '',
  };
}
