import type { Decimal } from '../../domain/decimal.ts';
import { figure } from '../facade.ts';
import type { SimAccount, SimInstrument, SimOrder, SimPosition, SimSide } from '../model.ts';
import { notionalAt } from '../position-margin.ts';
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

/** `GET /v5/order/realtime`: resting orders, and the stops attached to positions as orders. */
export function openOrders(call: BybitPrivateCall): BybitAnswer {
  const category = categoryOf(call);
  if (category === null) return BAD_CATEGORY;
  if (category === 'linear' && namesNothing(call)) {
    return refuse(10001, 'Missing some parameters that must be filled in, symbol or settleCoin');
  }
  const filter = call.request.query.get('orderFilter');
  const instruments = selected(call, category);
  const isMine = ({ instrument }: { readonly instrument: SimInstrument }) =>
    instruments.includes(instrument);
  const { account } = call;
  const plain = account.orders.filter(isMine).map((order) => orderRow(account, order));
  const stops = account.positions.filter(isMine).flatMap((each) => stopRows(account, each));
  const rows = [...(filter === 'StopOrder' ? [] : plain), ...(filter === 'Order' ? [] : stops)];
  return answer({ category, ...pageOf(rows, call.request, { usual: 20, most: 50 }) });
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

/** The full-size take-profit and stop-loss of a position: untriggered market orders. */
function stopRows(account: SimAccount, position: SimPosition) {
  const stop = (kind: 'TakeProfit' | 'StopLoss', triggerPrice: Decimal | null) => {
    if (triggerPrice === null) return [];
    const isRise = (kind === 'TakeProfit') === (position.side === 'long');
    return [
      {
        ...emptyOrder(),
        symbol: position.instrument.symbol,
        orderId: stopId(position, kind),
        orderType: 'Market',
        orderStatus: 'Untriggered',
        stopOrderType: kind,
        createType: `CreateBy${kind}`,
        side: position.side === 'long' ? 'Sell' : 'Buy',
        price: '0',
        qty: position.contracts.toFixed(),
        leavesQty: position.contracts.toFixed(),
        leavesValue: '0',
        timeInForce: 'IOC',
        triggerPrice: triggerPrice.toFixed(),
        triggerBy: 'MarkPrice',
        triggerDirection: isRise ? 1 : 2,
        tpslMode: 'Full',
        positionIdx: indexOf(account, position.side),
        reduceOnly: true,
        closeOnTrigger: true,
        createdTime: String(position.createdAt),
        updatedTime: String(position.createdAt),
      },
    ];
  };
  return [...stop('TakeProfit', position.takeProfit), ...stop('StopLoss', position.stopLoss)];
}

/** The position's uuid with another last figure: distinct, stable, of the venue's shape. */
function stopId(position: SimPosition, kind: 'TakeProfit' | 'StopLoss'): string {
  return `${kind === 'TakeProfit' ? '1' : '2'}${position.id.slice(1)}`;
}

function indexOf({ positionMode }: SimAccount, side: SimSide): number {
  if (positionMode === 'one-way') return 0;
  return side === 'long' ? 1 : 2;
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
