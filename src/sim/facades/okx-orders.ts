import type { AccountView } from '../engine.ts';
import type { SimOrder } from '../model.ts';
import { numericId } from './numeric-id.ts';
import { emptyFields } from './okx-route.ts';

/** A resting order without stops of its own has none of these. */
export const NOT_FILLED = emptyFields([
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
