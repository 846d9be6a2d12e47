import { type Decimal, ONE, ratioOf } from '../../domain/decimal.ts';
import type { AccountView, PositionView } from '../engine.ts';
import { figure } from '../facade.ts';
import type { Quote } from '../market.ts';
import type { SimPosition } from '../model.ts';
import { notionalAt, signOf } from '../position-margin.ts';
import { numericId } from './numeric-id.ts';
import { okxPool } from './okx-account.ts';
import { algosOf } from './okx-algo-rows.ts';
import { emptyFields } from './okx-route.ts';

/** Fields of spot, option and borrowed positions. */
const NOT_OF_A_SWAP = emptyFields([
  'baseBal',
  'baseBorrowed',
  'baseInterest',
  'bizRefId',
  'bizRefType',
  'clSpotInUseAmt',
  'deltaBS',
  'deltaPA',
  'gammaBS',
  'gammaPA',
  'hedgedPos',
  'interest',
  'liab',
  'liabCcy',
  'maxSpotInUseAmt',
  'nonSettleAvgPx',
  'optVal',
  'pendingCloseOrdLiabVal',
  'posCcy',
  'quoteBal',
  'quoteBorrowed',
  'quoteInterest',
  'settledPnl',
  'spotInUseAmt',
  'spotInUseCcy',
  'thetaBS',
  'thetaPA',
  'tradeId',
  'vegaBS',
  'vegaPA',
]);

const NOTHING_REALIZED = { fee: '0', fundingFee: '0', liqPenalty: '0', pnl: '0', realizedPnl: '0' };

function okxPosSide(view: AccountView, position: SimPosition): 'net' | 'long' | 'short' {
  return view.account.positionMode === 'hedge' ? position.side : 'net';
}

/** An order for the whole position shows twice: here, and in the list of pending algo orders. */
function closeOrders({ account }: AccountView, position: SimPosition) {
  return algosOf(account)
    .filter(({ triggers }) => triggers[0]?.positionId === position.id)
    .filter(({ row }) => row.closeFraction === '1')
    .map(({ row }) => ({
      algoId: row.algoId,
      closeFraction: '1',
      slTriggerPx: row.slTriggerPx,
      slTriggerPxType: row.slTriggerPxType,
      tpTriggerPx: row.tpTriggerPx,
      tpTriggerPxType: row.tpTriggerPxType,
    }));
}

/** Of an isolated position its own; of a cross one the pool's. */
function marginRatio(view: AccountView, each: PositionView): Decimal | null {
  const { position, unrealizedPnl, maintenanceMargin, liquidationFee } = each;
  if (position.isolatedMargin === null) {
    return okxPool(view, position.instrument.settle)?.marginRatio ?? null;
  }
  const equity = position.isolatedMargin.plus(unrealizedPnl);
  return ratioOf(equity, maintenanceMargin.plus(liquidationFee));
}

/** PnL over the initial margin at entry, as the venue shows the return. */
function returnOf(each: PositionView, pnl: Decimal): Decimal | null {
  const { instrument, contracts, entryPrice, leverage } = each.position;
  return ratioOf(pnl, notionalAt(instrument, contracts, entryPrice).div(leverage));
}

/** A row of `GET /api/v5/account/positions`. Sizes are contracts, signed in net mode only. */
export function okxPositionRow(view: AccountView, each: PositionView, quote: Quote) {
  const { position } = each;
  const { instrument, contracts, side, entryPrice } = position;
  const posSide = okxPosSide(view, position);
  const isCross = position.marginMode === 'cross';
  const fee = side === 'long' ? ONE.plus(instrument.takerFee) : ONE.minus(instrument.takerFee);
  const pos = posSide === 'net' && side === 'short' ? contracts.neg() : contracts;
  return {
    ...NOT_OF_A_SWAP,
    ...NOTHING_REALIZED,
    adl: '1',
    availPos: pos.toFixed(),
    avgPx: entryPrice.toFixed(),
    bePx: figure(entryPrice.times(fee), 10),
    cTime: String(position.createdAt),
    ccy: instrument.settle,
    closeOrderAlgo: closeOrders(view, position),
    idxPx: quote.index.toFixed(),
    imr: isCross ? figure(each.initialMargin, 16) : '',
    instId: instrument.symbol,
    instType: 'SWAP',
    last: quote.last.toFixed(),
    lever: position.leverage.toFixed(),
    liqPx: figure(printed(each), 10),
    margin: figure(position.isolatedMargin, 16),
    markPx: each.markPrice.toFixed(),
    mgnMode: position.marginMode,
    mgnRatio: figure(marginRatio(view, each), 16),
    mmr: figure(each.maintenanceMargin, 16),
    notionalUsd: figure(each.notionalUsd, 16),
    pos: pos.toFixed(),
    posId: numericId(position.id, 19),
    posSide,
    uTime: String(position.updatedAt),
    upl: figure(each.unrealizedPnl, 16),
    uplLastPx: figure(each.unrealizedPnl, 16),
    uplRatio: figure(returnOf(each, each.unrealizedPnl), 16),
    uplRatioLastPx: figure(returnOf(each, each.unrealizedPnl), 16),
    usdPx: quote.index.toFixed(),
  };
}

/** One tick nearer to the mark than the exact price: seen 2352.8497 for 2352.8397. */
function printed({ liquidationPrice, position }: PositionView): Decimal | null {
  const { tickSize } = position.instrument;
  return liquidationPrice?.plus(tickSize.times(signOf(position.side))) ?? null;
}
