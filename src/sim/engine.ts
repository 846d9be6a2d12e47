import { type Decimal, ZERO } from '../domain/decimal.ts';
import { afterHaircut, usdPriceOf } from './margin-pool.ts';
import type { Marks, SimAccount, SimOrder } from './model.ts';
import { notionalAt } from './position-margin.ts';
import { type PositionView, viewPosition } from './position-view.ts';
import { coinNames, collateralRate, lockedMargin, walletOf } from './wallet.ts';

export type { PositionView } from './position-view.ts';

interface OrderView {
  readonly order: SimOrder;
  /** At the order's price, in settle; zero for reduce-only. */
  readonly initialMargin: Decimal;
}

/** One coin of the wallet. Money is in the coin. Coins with neither balance nor positions are left out. */
export interface CoinView {
  readonly coin: string;
  readonly usdPrice: Decimal;
  readonly wallet: Decimal;
  readonly unrealizedPnl: Decimal;
  /** wallet + unrealizedPnl */
  readonly equity: Decimal;
  readonly positionInitialMargin: Decimal;
  /** The part of it that cross positions hold. */
  readonly crossInitialMargin: Decimal;
  readonly orderInitialMargin: Decimal;
  readonly maintenanceMargin: Decimal;
  readonly liquidationFee: Decimal;
  /** Margin locked in isolated positions, without PnL. */
  readonly isolatedMargin: Decimal;
  readonly isolatedPnl: Decimal;
  /** Share of a positive equity that counts as margin in a USD pool. */
  readonly collateralRate: Decimal;
  /** Free in this coin, not below zero. */
  readonly available: Decimal;
}

/** The account in US dollars, dollar coins at par. */
export interface AccountView {
  readonly account: SimAccount;
  readonly positions: readonly PositionView[];
  readonly orders: readonly OrderView[];
  readonly coins: readonly CoinView[];
  readonly walletUsd: Decimal;
  readonly unrealizedPnlUsd: Decimal;
  /** Net asset value at mark, before haircuts. */
  readonly equityUsd: Decimal;
  /** Equity after haircuts: what the venue's own ratio divides by. */
  readonly marginBalanceUsd: Decimal;
  readonly positionInitialMarginUsd: Decimal;
  readonly orderInitialMarginUsd: Decimal;
  /** Positions and orders. */
  readonly initialMarginUsd: Decimal;
  readonly maintenanceMarginUsd: Decimal;
  readonly liquidationFeeUsd: Decimal;
  /** Free to open or withdraw, not below zero. */
  readonly availableUsd: Decimal;
}

/** The account as its venue would compute it at these marks. */
export function viewAccount(account: SimAccount, marks: Marks): AccountView {
  const positions = account.positions.map((position) => viewPosition(account, position, marks));
  const orders = account.orders.map(viewOrder);
  const coins = coinNames(account).map((coin) =>
    viewCoin({ account, positions, orders, coin, marks }),
  );
  const total = (pick: (coin: CoinView) => Decimal) =>
    coins.reduce((sum, coin) => sum.plus(pick(coin).times(coin.usdPrice)), ZERO);
  const positionInitialMarginUsd = total((coin) => coin.positionInitialMargin);
  const orderInitialMarginUsd = total((coin) => coin.orderInitialMargin);
  return {
    account,
    positions,
    orders,
    coins,
    walletUsd: total((coin) => coin.wallet),
    unrealizedPnlUsd: total((coin) => coin.unrealizedPnl),
    equityUsd: total((coin) => coin.equity),
    marginBalanceUsd: coins.reduce(
      (sum, coin) => sum.plus(afterHaircut(coin.equity.times(coin.usdPrice), coin.collateralRate)),
      ZERO,
    ),
    positionInitialMarginUsd,
    orderInitialMarginUsd,
    initialMarginUsd: positionInitialMarginUsd.plus(orderInitialMarginUsd),
    maintenanceMarginUsd: total((coin) => coin.maintenanceMargin),
    liquidationFeeUsd: total((coin) => coin.liquidationFee),
    availableUsd: availableUsd(account, coins),
  };
}

function viewOrder(order: SimOrder): OrderView {
  const value = notionalAt(order.instrument, order.contracts, order.price);
  return { order, initialMargin: order.reduceOnly ? ZERO : value.div(order.leverage) };
}

function viewCoin(of: {
  account: SimAccount;
  positions: readonly PositionView[];
  orders: readonly OrderView[];
  coin: string;
  marks: Marks;
}): CoinView {
  const { account, coin } = of;
  const mine = of.positions.filter((view) => view.position.instrument.settle === coin);
  const cross = mine.filter((view) => view.position.marginMode === 'cross');
  const orderInitialMargin = sum(
    of.orders.filter((view) => view.order.instrument.settle === coin),
    (view) => view.initialMargin,
  );
  const wallet = walletOf(account, coin);
  const isolatedMargin = lockedMargin(account, coin);
  const unrealizedPnl = sum(mine, (view) => view.unrealizedPnl);
  const crossPnl = sum(cross, (view) => view.unrealizedPnl);
  const crossInitialMargin = sum(cross, (view) => view.initialMargin);
  const free = wallet
    .minus(isolatedMargin)
    .plus(crossPnl)
    .minus(crossInitialMargin)
    .minus(orderInitialMargin);
  return {
    coin,
    usdPrice: usdPriceOf(coin, of.marks),
    wallet,
    unrealizedPnl,
    equity: wallet.plus(unrealizedPnl),
    positionInitialMargin: sum(mine, (view) => view.initialMargin),
    crossInitialMargin,
    orderInitialMargin,
    maintenanceMargin: sum(mine, (view) => view.maintenanceMargin),
    liquidationFee: sum(mine, (view) => view.liquidationFee),
    isolatedMargin,
    isolatedPnl: unrealizedPnl.minus(crossPnl),
    collateralRate: collateralRate(account, coin),
    available: atLeastZero(free),
  };
}

/** In a USD pool coins stand in for each other after haircut; per coin each stands alone. */
function availableUsd(account: SimAccount, coins: readonly CoinView[]): Decimal {
  if (account.pool === 'coin') return sum(coins, (coin) => coin.available.times(coin.usdPrice));
  const free = sum(coins, (coin) => {
    const crossEquity = coin.equity.minus(coin.isolatedMargin).minus(coin.isolatedPnl);
    return afterHaircut(crossEquity.times(coin.usdPrice), coin.collateralRate);
  });
  const used = sum(coins, (coin) =>
    coin.crossInitialMargin.plus(coin.orderInitialMargin).times(coin.usdPrice),
  );
  return atLeastZero(free.minus(used));
}

function atLeastZero(value: Decimal): Decimal {
  return value.isNegative() ? ZERO : value;
}

function sum<T>(items: readonly T[], pick: (item: T) => Decimal): Decimal {
  return items.reduce((total, item) => total.plus(pick(item)), ZERO);
}
