import type { Market } from './market.ts';
import { marketAt } from './market.ts';
import type { LegState } from './pool-value.ts';
import { coinFactor, legValue } from './pool-value.ts';
import { TODAY } from './scenario.ts';
import type { NetChange } from './scenario-outcome.ts';
import type { StressBook } from './stress-book.ts';
import type { PathState } from './walk-path.ts';

/**
 * What the desk holds per asset today and at a point of a path: a hedge that lost one leg shows here. A
 * coin of a pool that was taken over counts as gone.
 */
export function netChanges(book: StressBook, then: PathState | undefined): readonly NetChange[] {
  const today = netOf(book, {
    market: marketAt(book, TODAY),
    legs: book.fresh,
    taken: new Map(),
  });
  const after = then === undefined ? today : netOf(book, then);
  return book.assets.map((asset, index) => ({
    asset,
    todayUsd: today[index] ?? 0,
    thenUsd: after[index] ?? 0,
  }));
}

interface Standing {
  readonly market: Market;
  readonly legs: LegState;
  readonly taken: ReadonlyMap<number, number>;
}

function netOf(book: StressBook, { market, legs, taken }: Standing): Float64Array {
  const net = new Float64Array(book.assets.length);
  for (const pool of book.pools) {
    if (taken.has(pool.index)) continue;
    for (const coin of pool.coins) {
      if (coin.isDollar) continue;
      const usd = coin.quantity * coin.price * coinFactor(coin, market);
      net[coin.place] = (net[coin.place] ?? 0) + usd;
    }
    for (const leg of pool.legs) {
      const coin = pool.coins[leg.coin];
      if (coin === undefined) continue;
      const open = legValue(leg, coin, market) * (legs.kept[leg.index] ?? 0);
      const usd = leg.sign * open * coin.price * coinFactor(coin, market);
      net[leg.asset] = (net[leg.asset] ?? 0) + usd;
    }
  }
  return net;
}
