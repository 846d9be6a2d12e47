import type { Decimal } from '../domain/decimal.ts';
import { isDollar } from '../domain/money.ts';
import type { Position } from '../domain/position.ts';
import type { AccountId } from '../domain/units.ts';
import type { Snapshot } from '../portfolio/snapshot.ts';
import { positionsOf } from '../portfolio/snapshot.ts';
import { assetPrice } from './asset-price.ts';

interface Mark {
  readonly account: AccountId;
  readonly isInverse: boolean;
  readonly symbol: string;
  readonly venue: string;
  readonly observedAt: number;
  /** US dollars per unit of the asset itself. */
  readonly usd: Decimal;
}

/** The price of a coin for an account, in US dollars per unit; null when no position here has its mark. */
export type CoinPrice = (account: AccountId, asset: string) => Decimal | null;

/**
 * Prices of coins from the marks of a snapshot's positions: the account's own inverse contract of the
 * coin first (its venue counts that margin in this very price), then its linear one, then anybody's.
 * Among equals the order of the desk does not decide: symbol, then the newest, then venue and price.
 */
export function coinPriceFrom(snapshot: Snapshot): CoinPrice {
  // Most coins are never asked for, so marks are put in order per coin, when one is.
  let byAsset: Map<string, Position[]> | null = null;
  const known = new Map<string, Prices>();
  return (account, asset) => {
    byAsset ??= Map.groupBy(positionsOf(snapshot), ({ instrument }) => instrument.asset);
    const prices = known.get(asset) ?? pricesFrom(byAsset.get(asset) ?? []);
    known.set(asset, prices);
    return prices.own.get(account)?.usd ?? prices.anybodys;
  };
}

interface Prices {
  readonly own: ReadonlyMap<AccountId, Mark>;
  readonly anybodys: Decimal | null;
}

function pricesFrom(positions: readonly Position[]): Prices {
  const own = new Map<AccountId, Mark>();
  const marks = positions.flatMap(marksOf).sort(order);
  for (const mark of marks) {
    const before = own.get(mark.account);
    const isBetter = before === undefined || (mark.isInverse && !before.isInverse);
    if (isBetter) own.set(mark.account, mark);
  }
  return { own, anybodys: marks[0]?.usd ?? null };
}

function marksOf({ account, instrument, markPrice, observedAt }: Position): Mark[] {
  if (markPrice === null || !isDollar(instrument.quote)) return [];
  const { symbol, venue } = instrument;
  const isInverse = instrument.kind === 'inverse';
  const usd = assetPrice(markPrice, instrument.multiplier);
  return [{ account, isInverse, symbol, venue, observedAt, usd }];
}

function order(a: Mark, b: Mark): number {
  return (
    compareText(a.symbol, b.symbol) ||
    b.observedAt - a.observedAt ||
    compareText(a.venue, b.venue) ||
    a.usd.comparedTo(b.usd)
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
