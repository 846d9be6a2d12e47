import { type Decimal, ZERO } from '../../domain/decimal.ts';
import type { AccountView, CoinView, PositionView } from '../engine.ts';
import type { SimInstrument, SimSide } from '../model.ts';
import { eight } from './binance-route.ts';

/** The venue lists these whether the account holds them or not. */
const LISTED_ASSETS = ['FDUSD', 'BTC', 'BNB', 'ETH', 'USDT', 'USDC'];

/** A side of a symbol as the venue lists it, with or without a position on it. */
interface BinanceLeg {
  readonly instrument: SimInstrument;
  readonly positionSide: 'BOTH' | 'LONG' | 'SHORT';
  readonly view: PositionView | null;
  readonly orderInitialMargin: Decimal;
  readonly bidNotional: Decimal;
  readonly askNotional: Decimal;
}

/**
 * Every leg of every symbol with a position or an order, as v3 lists them: one row in one-way mode,
 * LONG and SHORT in hedge mode, flat ones included.
 */
export function binanceLegs(view: AccountView): BinanceLeg[] {
  const used = [...view.positions.map((each) => each.position), ...view.account.orders];
  const instruments = new Set(used.map((each) => each.instrument));
  const sides: readonly (SimSide | null)[] =
    view.account.positionMode === 'hedge' ? ['long', 'short'] : [null];
  return [...instruments].flatMap((instrument) =>
    sides.map((side) => legOf(view, instrument, side)),
  );
}

function legOf(view: AccountView, instrument: SimInstrument, side: SimSide | null): BinanceLeg {
  const isHere = (each: { instrument: SimInstrument }, its: SimSide) =>
    each.instrument === instrument && (side === null || its === side);
  const orders = view.orders.filter(({ order }) => isHere(order, order.positionSide));
  const value = (bought: 'buy' | 'sell') =>
    orders
      .filter(({ order }) => order.side === bought)
      .reduce((sum, { order }) => sum.plus(order.contracts.times(order.price)), ZERO);
  return {
    instrument,
    positionSide: positionSideOf(side),
    view: view.positions.find(({ position }) => isHere(position, position.side)) ?? null,
    orderInitialMargin: orders.reduce((sum, order) => sum.plus(order.initialMargin), ZERO),
    bidNotional: value('buy'),
    askNotional: value('sell'),
  };
}

/** Null: one-way mode. */
export function positionSideOf(side: SimSide | null): 'BOTH' | 'LONG' | 'SHORT' {
  if (side === null) return 'BOTH';
  return side === 'long' ? 'LONG' : 'SHORT';
}

function signed(view: PositionView, value: Decimal): Decimal {
  return view.position.side === 'long' ? value : value.neg();
}

/** What `positionRisk` and the rows of `account` share. Cross rows print "0" for the isolated fields. */
function legFigures(leg: BinanceLeg) {
  const { view, instrument, orderInitialMargin } = leg;
  const isolated = view?.position.isolatedMargin ?? null;
  const initialMargin = view?.initialMargin ?? ZERO;
  return {
    symbol: instrument.symbol,
    positionSide: leg.positionSide,
    positionAmt: (view ? signed(view, view.position.contracts) : ZERO).toFixed(
      instrument.lotSize.decimalPlaces(),
    ),
    isolatedMargin: view && isolated ? eight(isolated.plus(view.unrealizedPnl)) : '0',
    notional: view ? eight(signed(view, view.notional)) : '0',
    isolatedWallet: isolated ? eight(isolated) : '0',
    initialMargin: eight(initialMargin.plus(orderInitialMargin)),
    maintMargin: eight(view?.maintenanceMargin ?? ZERO),
  };
}

/** A row of `GET /fapi/v3/positionRisk`. It has neither leverage nor margin type: see symbolConfig. */
export function positionRiskRow(leg: BinanceLeg, markPrice: Decimal) {
  const { view, instrument } = leg;
  const entry = view?.position.entryPrice ?? ZERO;
  const fee = view ? signed(view, entry.times(instrument.takerFee)) : ZERO;
  return {
    ...legFigures(leg),
    entryPrice: view ? entry.toFixed() : '0.0',
    breakEvenPrice: view ? entry.plus(fee).toDecimalPlaces(8).toFixed() : '0.0',
    markPrice: eight(markPrice),
    unRealizedProfit: eight(view?.unrealizedPnl ?? ZERO),
    liquidationPrice: view?.liquidationPrice ? eight(view.liquidationPrice) : '0',
    marginAsset: instrument.settle,
    positionInitialMargin: eight(view?.initialMargin ?? ZERO),
    openOrderInitialMargin: eight(leg.orderInitialMargin),
    adl: view ? 2 : 0,
    bidNotional: eight(leg.bidNotional),
    askNotional: eight(leg.askNotional),
    updateTime: view?.position.updatedAt ?? 0,
  };
}

function accountPositionRow(leg: BinanceLeg) {
  return {
    ...legFigures(leg),
    unrealizedProfit: eight(leg.view?.unrealizedPnl ?? ZERO),
    updateTime: leg.view?.position.updatedAt ?? 0,
  };
}

function assetRow(asset: string, coin: CoinView | null, updateTime: number) {
  const of = (pick: (coin: CoinView) => Decimal) => eight(coin ? pick(coin) : ZERO);
  const crossWallet = of((each) => each.wallet.minus(each.isolatedMargin));
  return {
    asset,
    walletBalance: of((each) => each.wallet),
    unrealizedProfit: of((each) => each.unrealizedPnl),
    marginBalance: of((each) => each.equity),
    maintMargin: of((each) => each.maintenanceMargin),
    initialMargin: of((each) => each.positionInitialMargin.plus(each.orderInitialMargin)),
    positionInitialMargin: of((each) => each.positionInitialMargin),
    openOrderInitialMargin: of((each) => each.orderInitialMargin),
    crossWalletBalance: crossWallet,
    crossUnPnl: of((each) => each.unrealizedPnl.minus(each.isolatedPnl)),
    availableBalance: of((each) => each.available),
    maxWithdrawAmount: of((each) => each.available),
    updateTime,
  };
}

/** Account totals: dollars in multi-assets mode, USDT alone without it (the venue's rule). */
function totals(view: AccountView) {
  const usdt = view.coins.find(({ coin }) => coin === 'USDT');
  const isMulti = view.account.pool === 'usd';
  const pick = (usd: Decimal, coin: Decimal | undefined) => (isMulti ? usd : (coin ?? ZERO));
  const isolatedUsd = sumUsd(view, (coin) => coin.isolatedMargin);
  const isolatedPnlUsd = sumUsd(view, (coin) => coin.isolatedPnl);
  // After haircuts: in multi-assets mode a coin counts at its collateral value.
  const wallet = pick(view.marginBalanceUsd.minus(view.unrealizedPnlUsd), usdt?.wallet);
  const pnl = pick(view.unrealizedPnlUsd, usdt?.unrealizedPnl);
  const position = pick(view.positionInitialMarginUsd, usdt?.positionInitialMargin);
  const order = pick(view.orderInitialMarginUsd, usdt?.orderInitialMargin);
  const available = eight(pick(view.availableUsd, usdt?.available));
  return {
    totalInitialMargin: eight(position.plus(order)),
    totalMaintMargin: eight(pick(view.maintenanceMarginUsd, usdt?.maintenanceMargin)),
    totalWalletBalance: eight(wallet),
    totalUnrealizedProfit: eight(pnl),
    totalMarginBalance: eight(wallet.plus(pnl)),
    totalPositionInitialMargin: eight(position),
    totalOpenOrderInitialMargin: eight(order),
    totalCrossWalletBalance: eight(wallet.minus(pick(isolatedUsd, usdt?.isolatedMargin))),
    totalCrossUnPnl: eight(pnl.minus(pick(isolatedPnlUsd, usdt?.isolatedPnl))),
    availableBalance: available,
    maxWithdrawAmount: available,
  };
}

function sumUsd(view: AccountView, pick: (coin: CoinView) => Decimal): Decimal {
  return view.coins.reduce((sum, coin) => sum.plus(pick(coin).times(coin.usdPrice)), ZERO);
}

/** `GET /fapi/v3/account`. Assets never touched carry updateTime 0. */
export function accountBody(view: AccountView, now: number) {
  const held = new Map(view.coins.map((coin) => [coin.coin, coin]));
  const names = new Set([...LISTED_ASSETS, ...held.keys()]);
  return {
    ...totals(view),
    assets: [...names].map((asset) => {
      const coin = held.get(asset) ?? null;
      return assetRow(asset, coin, coin ? now : 0);
    }),
    positions: binanceLegs(view).map(accountPositionRow),
  };
}
