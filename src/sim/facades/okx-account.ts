import { type Decimal, ratioOf, ZERO } from '../../domain/decimal.ts';
import type { AccountView, CoinView } from '../engine.ts';
import { figure } from '../facade.ts';
import { afterHaircut } from '../margin-pool.ts';
import { emptyFields } from './okx-route.ts';

/** Not offered in this account mode, or not this kind of account: the venue prints an empty text. */
const NONE = '';

/** Of a coin's spot holdings, and of copy trading. */
const NOT_OF_A_SWAP = emptyFields([
  'accAvgPx',
  'clSpotInUseAmt',
  'maxSpotInUse',
  'openAvgPx',
  'spotBal',
  'spotInUseAmt',
  'spotUpl',
  'spotUplRatio',
  'totalPnl',
  'totalPnlRatio',
]);

/** Nobody borrows, stakes or copies here. */
const NOTHING_OWED = Object.fromEntries(
  [
    'borrowFroz',
    'crossLiab',
    'interest',
    'isoLiab',
    'liab',
    'rewardBal',
    'spotIsoBal',
    'stgyEq',
    'twap',
    'uplLiab',
    'smtSyncEq',
    'spotCopyTradingEq',
    'colBorrAutoConversion',
    'fixedBal',
  ].map((name) => [name, '0']),
);

/** What one cross pool stands on, in its own unit: a coin, or US dollars in multi-currency mode. */
interface OkxPool {
  readonly equity: Decimal;
  readonly initialMargin: Decimal;
  readonly maintenanceMargin: Decimal;
  /** Equity over maintenance and the fee of a liquidation: danger is downward, 1 is the end. */
  readonly marginRatio: Decimal | null;
}

interface Sums {
  readonly maintenanceMargin: Decimal;
  readonly liquidationFee: Decimal;
  readonly notionalUsd: Decimal;
}

function crossSums(view: AccountView, coin: CoinView): Sums {
  const cross = view.positions.filter(
    ({ position }) => position.marginMode === 'cross' && position.instrument.settle === coin.coin,
  );
  const sum = (pick: (each: (typeof cross)[number]) => Decimal) =>
    cross.reduce((total, each) => total.plus(pick(each)), ZERO);
  return {
    maintenanceMargin: sum((each) => each.maintenanceMargin),
    liquidationFee: sum((each) => each.liquidationFee),
    notionalUsd: sum((each) => each.notionalUsd),
  };
}

function crossEquity(coin: CoinView): Decimal {
  return coin.equity.minus(coin.isolatedMargin).minus(coin.isolatedPnl);
}

/** The pool of one coin: what single-currency mode liquidates by. */
function coinPool(view: AccountView, coin: CoinView): OkxPool {
  const { maintenanceMargin, liquidationFee } = crossSums(view, coin);
  const equity = crossEquity(coin);
  return {
    equity,
    initialMargin: coin.crossInitialMargin.plus(coin.orderInitialMargin),
    maintenanceMargin,
    marginRatio: ratioOf(equity, maintenanceMargin.plus(liquidationFee)),
  };
}

function inUsd(view: AccountView, pick: (coin: CoinView) => Decimal): Decimal {
  return view.coins.reduce((sum, coin) => sum.plus(pick(coin).times(coin.usdPrice)), ZERO);
}

/** The pool of the whole account, haircuts applied. Isolated positions are outside of it. */
function usdPool(view: AccountView): OkxPool {
  const equity = view.coins.reduce(
    (sum, coin) =>
      sum.plus(afterHaircut(crossEquity(coin).times(coin.usdPrice), coin.collateralRate)),
    ZERO,
  );
  const maintenanceMargin = inUsd(view, (coin) => crossSums(view, coin).maintenanceMargin);
  const fee = inUsd(view, (coin) => crossSums(view, coin).liquidationFee);
  return {
    equity,
    initialMargin: inUsd(view, (coin) => coin.crossInitialMargin.plus(coin.orderInitialMargin)),
    maintenanceMargin,
    marginRatio: ratioOf(equity, maintenanceMargin.plus(fee)),
  };
}

/** The cross pool a position settled in `settle` belongs to. */
export function okxPool(view: AccountView, settle: string): OkxPool | null {
  if (view.account.pool === 'usd') return usdPool(view);
  const coin = view.coins.find((each) => each.coin === settle);
  return coin ? coinPool(view, coin) : null;
}

/** At the level of a coin the pool is printed in single-currency mode only. */
function poolFigures(pool: OkxPool | null) {
  return {
    imr: pool ? figure(pool.initialMargin, 16) : NONE,
    mmr: pool ? figure(pool.maintenanceMargin, 16) : NONE,
    mgnRatio: pool ? figure(pool.marginRatio, 16) : NONE,
  };
}

function detailRow(view: AccountView, coin: CoinView, now: number) {
  const isolated = coin.isolatedMargin.plus(coin.isolatedPnl);
  const equity = crossEquity(coin);
  const usd = coin.equity.times(coin.usdPrice);
  const pool = view.account.pool === 'coin' ? coinPool(view, coin) : null;
  const leverage = ratioOf(
    crossSums(view, coin).notionalUsd,
    equity.isPositive() ? equity.times(coin.usdPrice) : null,
  );
  return {
    ...NOT_OF_A_SWAP,
    ...NOTHING_OWED,
    ...poolFigures(pool),
    ccy: coin.coin,
    eq: figure(coin.equity, 16),
    cashBal: figure(coin.wallet.minus(coin.isolatedMargin), 16),
    uTime: String(now),
    isoEq: figure(isolated, 16),
    availEq: figure(coin.available, 16),
    availBal: figure(coin.available, 16),
    disEq: figure(afterHaircut(usd, coin.collateralRate), 16),
    eqUsd: figure(usd, 16),
    frozenBal: figure(coin.equity.minus(coin.available), 16),
    ordFrozen: figure(coin.orderInitialMargin, 16),
    upl: figure(coin.unrealizedPnl.minus(coin.isolatedPnl), 16),
    isoUpl: figure(coin.isolatedPnl, 16),
    notionalLever: pool ? figure(leverage, 16) : NONE,
    maxLoan: NONE,
    collateralEnabled: true,
    collateralRestrict: false,
  };
}

/** The one row of `GET /api/v5/account/balance`; `wanted` limits the details to these coins. */
export function okxBalanceRow(view: AccountView, now: number, wanted: readonly string[] | null) {
  const pool = view.account.pool === 'usd' ? usdPool(view) : null;
  const dollars = (value: Decimal) => (pool ? figure(value, 16) : NONE);
  const notionalUsd = dollars(
    view.coins.reduce((sum, coin) => sum.plus(crossSums(view, coin).notionalUsd), ZERO),
  );
  return {
    ...poolFigures(pool),
    adjEq: pool ? figure(pool.equity, 16) : NONE,
    availEq: dollars(view.availableUsd),
    borrowFroz: pool ? '0' : NONE,
    details: view.coins
      .filter(({ coin }) => wanted === null || wanted.includes(coin))
      .map((coin) => detailRow(view, coin, now)),
    isoEq: figure(
      inUsd(view, (coin) => coin.isolatedMargin.plus(coin.isolatedPnl)),
      16,
    ),
    notionalUsd,
    notionalUsdForBorrow: dollars(ZERO),
    notionalUsdForFutures: dollars(ZERO),
    notionalUsdForOption: dollars(ZERO),
    notionalUsdForSwap: notionalUsd,
    ordFroz: dollars(view.orderInitialMarginUsd),
    totalEq: figure(view.equityUsd, 16),
    uTime: String(now),
    upl: dollars(inUsd(view, (coin) => coin.unrealizedPnl.minus(coin.isolatedPnl))),
  };
}
