import { type Decimal, ZERO } from '../../domain/decimal.ts';
import { viewAccount } from '../engine.ts';
import { figure } from '../facade.ts';
import type { SimInstrument, SimSide } from '../model.ts';
import { notionalAt } from '../position-margin.ts';
import type { PositionView } from '../position-view.ts';
import { fullSizeStop, triggersOn } from '../triggers.ts';
import {
  answer,
  BAD_CATEGORY,
  type BybitAnswer,
  type BybitPrivateCall,
  categoryOf,
  marksOf,
  namesNothing,
  pageOf,
  refuse,
  selected,
} from './bybit-route.ts';

/** `GET /v5/position/list`: rows of the category that symbol or settle coin select. */
export function positionList(call: BybitPrivateCall): BybitAnswer {
  const category = categoryOf(call);
  if (category !== 'linear' && category !== 'inverse') return BAD_CATEGORY;
  if (category === 'linear' && namesNothing(call)) {
    return refuse(10001, 'Missing some parameters that must be filled in, symbol or settleCoin');
  }
  const { positions } = viewAccount(call.account, marksOf(call));
  const isNamed = Boolean(call.request.query.get('symbol'));
  const rows = selected(call, category).flatMap((instrument) => {
    const mine = positions.filter((view) => view.position.instrument === instrument);
    return mine.length > 0 || isNamed ? rowsOf(call, instrument, mine) : [];
  });
  return answer({ category, ...pageOf(rows, call.request, { usual: 20, most: 200 }) });
}

/** One row in one-way mode; both legs in hedge mode, the empty one with size 0. */
function rowsOf(call: BybitPrivateCall, instrument: SimInstrument, mine: readonly PositionView[]) {
  if (call.account.positionMode === 'one-way') {
    return mine.length > 0
      ? mine.map((view) => heldRow(call, view, 0))
      : [flatRow(call, instrument, 0)];
  }
  const leg = (side: SimSide, positionIdx: number) => {
    const view = mine.find((each) => each.position.side === side);
    return view ? heldRow(call, view, positionIdx) : flatRow(call, instrument, positionIdx);
  };
  return [leg('long', 1), leg('short', 2)];
}

/** The row of one position by its id, as `add-margin` answers it too. */
export function heldPosition(call: BybitPrivateCall, id: string, positionIdx: number) {
  const { positions } = viewAccount(call.account, marksOf(call));
  const view = positions.find(({ position }) => position.id === id);
  return view ? heldRow(call, view, positionIdx) : {};
}

function heldRow({ account }: BybitPrivateCall, view: PositionView, positionIdx: number) {
  const { position, tier } = view;
  const trailing = fullSizeStop(triggersOn(account, position), 'trailing');
  const { instrument, isolatedMargin } = position;
  const onTick = (price: Decimal | null) => priceOnTick(price, instrument, position.side);
  const opened = notionalAt(instrument, position.contracts, position.entryPrice);
  return {
    ...commonFields(instrument, positionIdx),
    riskId: instrument.tiers.indexOf(tier) + 1,
    riskLimitValue: tier.cap.toFixed(),
    side: position.side === 'long' ? 'Buy' : 'Sell',
    size: position.contracts.toFixed(),
    avgPrice: position.entryPrice.toFixed(),
    // The venue's value is at the entry price, not at mark.
    positionValue: figure(opened),
    leverage: position.leverage.toFixed(),
    positionBalance: figure(isolatedMargin ?? view.initialMargin),
    markPrice: view.markPrice.toFixed(),
    liqPrice: onTick(view.liquidationPrice),
    bustPrice: onTick(view.bankruptcyPrice),
    positionIM: figure(view.initialMargin),
    positionMM: figure(view.maintenanceMargin),
    takeProfit: figure(position.takeProfit),
    stopLoss: figure(position.stopLoss),
    trailingStop: trailing?.trail?.amount.toFixed() ?? '0',
    unrealisedPnl: figure(view.unrealizedPnl),
    curRealisedPnl: figure(opened.times(instrument.takerFee).neg()),
    cumRealisedPnl: figure(opened.times(instrument.takerFee).neg()),
    createdTime: String(position.createdAt),
    updatedTime: String(position.updatedAt),
    seq: position.updatedAt,
  };
}

function flatRow(call: BybitPrivateCall, instrument: SimInstrument, positionIdx: number) {
  const leg = call.account.positions.find((position) => position.instrument === instrument);
  const lowest = instrument.tiers[0];
  return {
    ...commonFields(instrument, positionIdx),
    riskId: 1,
    riskLimitValue: figure(lowest?.cap ?? null),
    side: '',
    size: '0',
    avgPrice: '0',
    positionValue: '',
    leverage: (leg?.leverage ?? instrument.maxLeverage.div(10)).toFixed(),
    positionBalance: '0',
    markPrice: marksOf(call)(instrument.asset).toFixed(),
    liqPrice: '',
    bustPrice: '',
    positionIM: '0',
    positionMM: '0',
    takeProfit: '',
    stopLoss: '',
    unrealisedPnl: '',
    curRealisedPnl: '0',
    cumRealisedPnl: '0',
    createdTime: '0',
    updatedTime: '0',
    seq: -1,
  };
}

function commonFields(instrument: SimInstrument, positionIdx: number) {
  return {
    positionIdx,
    symbol: instrument.symbol,
    // Unified accounts decide cross or isolated for the whole account; the row always says 0.
    tradeMode: 0,
    positionStatus: 'Normal',
    autoAddMargin: 0,
    adlRankIndicator: 2,
    positionIMByMp: '',
    positionMMByMp: '',
    tpslMode: 'Full',
    trailingStop: '0',
    sessionAvgPrice: '',
    delta: '',
    gamma: '',
    vega: '',
    theta: '',
    isReduceOnly: false,
    mmrSysUpdatedTime: '',
    leverageSysUpdatedTime: '',
  };
}

/** Shown against the trader: a long's price rounds up, a short's down. */
function priceOnTick(price: Decimal | null, { tickSize }: SimInstrument, side: SimSide): string {
  if (price === null || price.lte(ZERO)) return '';
  const ticks = price.div(tickSize);
  return (side === 'long' ? ticks.ceil() : ticks.floor()).times(tickSize).toFixed();
}
