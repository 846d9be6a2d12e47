import type { Decimal } from '../../domain/decimal.ts';
import { dec, ONE, ZERO } from '../../domain/decimal.ts';
import { isDollar } from '../../domain/money.ts';
import { product } from '../../domain/product.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import { difference, total } from '../../domain/sum.ts';
import { countedQuantity, IN_FULL } from './collateral-weight.ts';
import type { Haircut, LiveCoin, LivePool, PoolMissing } from './live-pool.ts';
import type { AccountState, HeldCoin } from './live-pools.ts';
import { ratioEquity } from './ratio-equity.ts';

export type CountedEquity = Pick<LivePool, 'equityUsd' | 'coins' | 'basis'>;

/** Marks of two calls a moment apart differ by less than this. */
const SAME = dec('0.005');

/**
 * The equity the venue's rule counts, after haircuts. Known haircuts give it; else the venue's own ratio
 * does, which knows them; else the worst they can be. Where the ratio contradicts what we can see (a
 * loan, an order loss), the ratio is right.
 */
export function countedEquity(
  state: AccountState,
  requiredUsd: Decimal,
): Result<CountedEquity, PoolMissing> {
  const { margin, coins, rules } = state;
  if (margin.equityUsd === null) return err('no-equity');
  const isolatedUsd = total(coins.map((c) => times(c.isolated, c.price)));
  const crossUsd = difference(margin.equityUsd, isolatedUsd);
  const unknown = coins.filter(isUnknown);
  const loss = total(coins.filter((coin) => !isUnknown(coin)).map(lossOf));
  const most = difference(crossUsd, loss);
  const implied = ratioEquity({ state, requiredUsd, isolatedUsd });
  if (unknown.length === 0) {
    const basis = { coins, unknown, rest: ZERO };
    if (implied === null || isSame(most, implied.usd) || isWithin(most, implied)) {
      return ok(withRates(most, { ...basis, basis: 'reported' }));
    }
    return ok(withRates(implied.low, { ...basis, basis: 'venue-ratio' }));
  }
  const least = difference(most, worthUsd(unknown));
  const equityUsd = implied === null ? least : clamp(implied.low, least, most);
  if (implied === null && equityUsd.lte(requiredUsd.times(rules.liquidatesAt))) {
    return err('no-haircut');
  }
  const basis = implied !== null && unknown.length === 1 ? 'venue-ratio' : 'bound';
  return ok(withRates(equityUsd, { coins, unknown, rest: equityUsd.minus(least), basis }));
}

/** Coin collateral of which nobody told how much counts. Dollar coins count in full unless told. */
function isUnknown({ coin, quantity, brackets }: HeldCoin): boolean {
  return brackets === null && !isDollar(coin) && quantity.gt(0);
}

function lossOf({ quantity, price, brackets }: HeldCoin): Decimal {
  if (brackets === null) return ZERO;
  return times(difference(quantity, countedQuantity(quantity, brackets)), price);
}

function worthUsd(coins: readonly HeldCoin[]): Decimal {
  return total(coins.map(({ quantity, price }) => times(quantity, price)));
}

interface Known extends Pick<CountedEquity, 'basis'> {
  readonly coins: readonly HeldCoin[];
  readonly unknown: readonly HeldCoin[];
  /** What the coins of unknown haircut count together. */
  readonly rest: Decimal;
}

function withRates(equityUsd: Decimal, { coins, unknown, rest, basis }: Known): CountedEquity {
  const worthOfAll = worthUsd(unknown);
  const live = coins.map(({ coin, price, quantity, brackets }): LiveCoin => {
    if (!unknown.some((each) => each.coin === coin)) {
      return {
        coin,
        price,
        quantity,
        haircut: { kind: 'brackets', brackets: brackets ?? IN_FULL },
      };
    }
    const worth = quantity.times(price);
    return {
      coin,
      price,
      quantity,
      haircut: rateOf({ worth, others: worthOfAll.minus(worth), rest }),
    };
  });
  return { equityUsd, coins: live, basis };
}

/** All of `rest` may be this coin's, or as little as the others cannot explain. */
function rateOf(of: {
  readonly worth: Decimal;
  readonly others: Decimal;
  readonly rest: Decimal;
}): Haircut {
  const share = (usd: Decimal) => clamp(usd.div(of.worth), ZERO, ONE);
  return { kind: 'between', low: share(of.rest.minus(of.others)), high: share(of.rest) };
}

/** Most coins are in no isolated position and count in full. */
function times(a: Decimal, b: Decimal): Decimal {
  if (b === ONE) return a;
  return a.isZero() ? ZERO : product(a, b);
}

function isSame(a: Decimal, b: Decimal): boolean {
  return a.minus(b).abs().lte(b.abs().times(SAME));
}

function isWithin(
  usd: Decimal,
  { low, high }: { readonly low: Decimal; readonly high: Decimal | null },
): boolean {
  return usd.gte(low) && (high === null || usd.lte(high));
}

function clamp(value: Decimal, low: Decimal, high: Decimal): Decimal {
  if (value.lt(low)) return low;
  return value.gt(high) ? high : value;
}
