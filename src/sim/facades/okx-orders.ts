import type { AccountView } from '../engine.ts';
import { figure } from '../facade.ts';
import type { SimOrder, SimPosition } from '../model.ts';
import { numericId } from './numeric-id.ts';
import { okxAlgoId, okxPosSide } from './okx-positions.ts';
import { emptyFields } from './okx-route.ts';

/** A resting order without stops of its own has none of these. */
const NOT_FILLED = emptyFields([
  'algoClOrdId',
  'algoId',
  'avgPx',
  'cancelSource',
  'ccy',
  'fillPx',
  'fillTime',
  'slOrdPx',
  'slTriggerPx',
  'slTriggerPxType',
  'source',
  'tag',
  'tgtCcy',
  'tpOrdPx',
  'tpTriggerPx',
  'tpTriggerPxType',
  'tradeId',
]);

/** A row of `GET /api/v5/trade/orders-pending`: a resting limit order. */
export function okxOrderRow(view: AccountView, order: SimOrder) {
  return {
    ...NOT_FILLED,
    accFillSz: '0',
    attachAlgoOrds: [],
    cTime: String(order.createdAt),
    category: 'normal',
    clOrdId: order.clientId,
    fee: '0',
    feeCcy: order.instrument.settle,
    fillSz: '0',
    instId: order.instrument.symbol,
    instType: 'SWAP',
    lever: order.leverage.toFixed(),
    ordId: numericId(order.id, 19),
    ordType: 'limit',
    pnl: '0',
    posSide: view.account.positionMode === 'hedge' ? order.positionSide : 'net',
    px: order.price.toFixed(),
    rebate: '0',
    rebateCcy: order.instrument.settle,
    reduceOnly: String(order.reduceOnly),
    side: order.side,
    state: 'live',
    sz: order.contracts.toFixed(),
    tdMode: order.marginMode,
    uTime: String(order.createdAt),
  };
}

/** Fields of other kinds of algo orders. */
const NOT_OF_A_STOP = emptyFields([
  'activePx',
  'actualPx',
  'actualSide',
  'algoClOrdId',
  'callbackRatio',
  'callbackSpread',
  'chaseType',
  'chaseVal',
  'clOrdId',
  'isTradeBorrowMode',
  'last',
  'maxChaseType',
  'maxChaseVal',
  'moveTriggerPx',
  'ordId',
  'ordPx',
  'pxLimit',
  'pxSpread',
  'pxVar',
  'quickMgnType',
  'sz',
  'szLimit',
  'tag',
  'tgtCcy',
  'timeInterval',
  'triggerPx',
  'triggerPxType',
  'triggerTime',
]);

/** A row of `GET /api/v5/trade/orders-algo-pending`: the full-size stop of a position, or null. */
export function okxAlgoRow(view: AccountView, position: SimPosition) {
  const { takeProfit, stopLoss } = position;
  if (takeProfit === null && stopLoss === null) return null;
  return {
    ...NOT_OF_A_STOP,
    actualSz: '0',
    algoId: okxAlgoId(position),
    amendPxOnTriggerType: '0',
    attachAlgoOrds: [],
    cTime: String(position.updatedAt),
    ccy: position.instrument.settle,
    closeFraction: '1',
    failCode: '0',
    instId: position.instrument.symbol,
    instType: 'SWAP',
    lever: position.leverage.toFixed(),
    linkedOrd: { ordId: '' },
    ordIdList: [],
    ordType: takeProfit !== null && stopLoss !== null ? 'oco' : 'conditional',
    posSide: okxPosSide(view, position),
    reduceOnly: 'true',
    side: position.side === 'long' ? 'sell' : 'buy',
    slOrdPx: stopLoss ? '-1' : '',
    slTriggerPx: figure(stopLoss),
    slTriggerPxType: stopLoss ? 'mark' : '',
    state: 'live',
    tdMode: position.marginMode,
    tpOrdPx: takeProfit ? '-1' : '',
    tpTriggerPx: figure(takeProfit),
    tpTriggerPxType: takeProfit ? 'mark' : '',
    uTime: String(position.updatedAt),
  };
}
