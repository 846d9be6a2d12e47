import type { AccountMargin } from '../../domain/account.ts';
import type { Decimal } from '../../domain/decimal.ts';
import { ONE, ratioOf, ZERO } from '../../domain/decimal.ts';
import type { Money } from '../../domain/money.ts';
import { isDollar } from '../../domain/money.ts';
import type { Position } from '../../domain/position.ts';
import { product } from '../../domain/product.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import { difference, sum as plus, total } from '../../domain/sum.ts';
import type { AccountSnapshot } from '../../portfolio/snapshot.ts';
import type { CoinPrice } from '../coin-price.ts';
import { marginProfile } from '../margin-profile.ts';
import { settleValue, sizeOf } from '../notional.ts';
import { pnlOf, requiredOf } from '../position-figures.ts';
import { IN_FULL } from './collateral-weight.ts';
import type { CountedEquity } from './counted-equity.ts';
import { countedEquity } from './counted-equity.ts';
import type { CrossRules } from './cross-rules.ts';
import { crossRules } from './cross-rules.ts';
import type { LivePool, PoolMissing } from './live-pool.ts';

/**
 * The cross margin pools of an account, isolated positions left out with their own margin. It starts from
 * what the venue reports, so that loans, orders or wallets we do not see are in the sums all the same.
 * An account without cross positions has none.
 */
export function livePools(
  account: AccountSnapshot,
  priceOf: CoinPrice,
): Result<readonly LivePool[], PoolMissing> {
  const { margin, positions } = account;
  const rules = crossRules(account.account.venue);
  const cross = positions.filter(({ marginMode }) => marginMode !== 'isolated');
  if (cross.length === 0) return ok([]);
  const refusal = refusalOf(account, cross, rules);
  if (refusal !== null) return err(refusal);
  if (margin === null || margin.equityUsd === null) return err('no-equity');
  const coins = coinsOf(account, margin, priceOf);
  if (!coins.ok) return coins;
  const state = { account, margin, rules, cross, coins: coins.value };
  if (margin.pooling === 'account') {
    const pool = accountPool(state);
    return pool.ok ? ok([pool.value]) : pool;
  }
  const pools: LivePool[] = [];
  for (const coin of new Set(cross.map(({ instrument }) => instrument.settle))) {
    const pool = coinPool(state, coin);
    if (!pool.ok) return pool;
    pools.push(pool.value);
  }
  return ok(pools);
}

function refusalOf(
  { gaps, margin }: AccountSnapshot,
  cross: readonly Position[],
  rules: CrossRules,
): PoolMissing | null {
  if (gaps.some(({ scope }) => scope === 'row')) return 'unread-position';
  if (cross.some(({ marginMode }) => marginMode === null)) return 'no-margin-mode';
  const isPortfolio = cross.some(({ marginMode }) => marginMode === 'portfolio');
  if (isPortfolio && rules.portfolioBy === 'scenarios') return 'portfolio';
  return margin !== null && margin.pooling === null ? 'no-pooling' : null;
}

/** A currency held, owed or settled in; what isolated positions hold of it apart. */
export interface HeldCoin {
  readonly coin: string;
  readonly price: Decimal;
  /** Isolated margin and PnL apart. */
  readonly quantity: Decimal;
  readonly isolated: Decimal;
  readonly brackets: AccountMargin['collateral'][number]['brackets'];
}

function coinsOf(
  { account, positions }: AccountSnapshot,
  margin: AccountMargin,
  priceOf: CoinPrice,
): Result<readonly HeldCoin[], PoolMissing> {
  const settles = positions.map(({ instrument }) => instrument.settle);
  const coins: HeldCoin[] = [];
  const hasIsolated = positions.some(({ marginMode }) => marginMode === 'isolated');
  for (const coin of new Set([...margin.collateral.map(({ asset }) => asset), ...settles])) {
    const held = margin.collateral.find(({ asset }) => asset === coin);
    const isolated = hasIsolated ? isolatedEquity(positions, coin) : ZERO;
    if (isolated === null) return err('no-isolated');
    const quantity = difference(held?.quantity ?? ZERO, isolated);
    const price = isDollar(coin)
      ? ONE
      : (ratioOf(held?.venueUsd ?? null, held?.quantity ?? null) ?? priceOf(account.id, coin));
    if (price === null) return err('no-coin-price');
    coins.push({ coin, price, quantity, isolated, brackets: held?.brackets ?? null });
  }
  return ok(coins);
}

/** Margin and PnL of isolated positions settled in this coin; null when one of them is not known. */
function isolatedEquity(positions: readonly Position[], coin: string): Decimal | null {
  let sum = ZERO;
  for (const position of positions) {
    if (position.marginMode !== 'isolated' || position.instrument.settle !== coin) continue;
    const pnl = pnlOf(position);
    const { collateral } = position;
    if (collateral?.currency !== coin || pnl?.currency !== coin) return null;
    sum = plus(plus(sum, collateral.amount), pnl.amount);
  }
  return sum;
}

export interface AccountState {
  readonly account: AccountSnapshot;
  readonly margin: AccountMargin;
  readonly rules: CrossRules;
  readonly cross: readonly Position[];
  readonly coins: readonly HeldCoin[];
}

function accountPool(state: AccountState): Result<LivePool, PoolMissing> {
  const fees = feesUsd(state.cross, state.coins);
  if (fees === null) return err('no-fee');
  const maintenance = crossMaintenance(state);
  if (maintenance === null) return err('no-maintenance');
  const requiredUsd = plus(maintenance, fees);
  const counted: Result<CountedEquity, PoolMissing> = countedEquity(state, requiredUsd);
  if (!counted.ok) return counted;
  const { cross: positions, rules } = state;
  return ok({ coin: null, positions, rules, requiredUsd, ...counted.value });
}

/** The account's own total less the isolated positions; without it the sum over the cross ones. */
function crossMaintenance({ account, margin, cross, coins }: AccountState): Decimal | null {
  const told = margin.maintenanceMarginUsd;
  const isolated = account.positions.filter(({ marginMode }) => marginMode === 'isolated');
  const apart = sumUsd(isolated.map(requiredOf), coins);
  if (told !== null && apart !== null) return difference(told, apart);
  return sumUsd(cross.map(requiredOf), coins);
}

function coinPool(state: AccountState, coin: string): Result<LivePool, PoolMissing> {
  const positions = state.cross.filter(({ instrument }) => instrument.settle === coin);
  const held = state.coins.find((each) => each.coin === coin);
  if (held === undefined) return err('no-equity');
  const fees = feesUsd(positions, state.coins);
  if (fees === null) return err('no-fee');
  const maintenance = sumUsd(positions.map(requiredOf), state.coins);
  if (maintenance === null) return err('no-maintenance');
  const { price, quantity } = held;
  return ok({
    coin,
    positions,
    coins: [{ coin, price, quantity, haircut: { kind: 'brackets', brackets: IN_FULL } }],
    equityUsd: product(quantity, price),
    requiredUsd: plus(maintenance, fees),
    rules: state.rules,
    basis: 'reported',
  });
}

/** Fees of forced closes where the rule requires them (OKX); null when a fee or a mark is not known. */
function feesUsd(positions: readonly Position[], coins: readonly HeldCoin[]): Decimal | null {
  const charged = positions.filter(({ venue }) => marginProfile(venue).closingFee === 'added');
  if (charged.length === 0) return ZERO;
  const fees = charged.map((position): Money | null => {
    const { instrument, contracts, markPrice } = position;
    const currency = instrument.settle;
    if (instrument.takerFee === null || markPrice === null || markPrice.lte(0)) return null;
    const size = sizeOf(contracts, instrument.contractSize);
    const value = settleValue(instrument.kind, size, markPrice);
    return { amount: product(value, instrument.takerFee), currency };
  });
  return sumUsd(fees, coins);
}

function sumUsd(amounts: readonly (Money | null)[], coins: readonly HeldCoin[]): Decimal | null {
  const prices = new Map(coins.map(({ coin, price }) => [coin, price]));
  const usd: Decimal[] = [];
  for (const amount of amounts) {
    const price = amount === null ? undefined : prices.get(amount.currency);
    if (amount === null || price === undefined) return null;
    usd.push(price === ONE ? amount.amount : product(amount.amount, price));
  }
  return total(usd);
}
