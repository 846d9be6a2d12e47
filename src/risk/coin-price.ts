import type { Decimal } from '../domain/decimal.ts';
import { isDollar } from '../domain/money.ts';
import type { Position } from '../domain/position.ts';
import type { AccountId } from '../domain/units.ts';
import type { Snapshot } from '../portfolio/snapshot.ts';
import { positionsOf } from '../portfolio/snapshot.ts';
import { assetPrice } from './asset-price.ts';

interface Mark {
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
  // Most coins are priced by the account's own marks, and most are never asked for at all.
  let byId: Map<AccountId, readonly Position[]> | null = null;
  const anybodys = new Map<string, Decimal | null>();
  return (account, asset) => {
    byId ??= new Map(snapshot.accounts.map(({ account: { id }, positions }) => [id, positions]));
    const best = bestMark(byId.get(account) ?? [], asset, { owner: account });
    if (best !== null) return best.usd;
    const known = anybodys.get(asset);
    if (known !== undefined) return known;
    const mark = bestMark(positionsOf(snapshot), asset, { owner: null });
    anybodys.set(asset, mark?.usd ?? null);
    return mark?.usd ?? null;
  };
}

function bestMark(
  positions: readonly Position[],
  asset: string,
  { owner }: { readonly owner: AccountId | null },
): Mark | null {
  const inverseFirst = owner !== null;
  let best: Mark | null = null;
  for (const position of positions) {
    if (position.instrument.asset !== asset) continue;
    const mark = owner === null || position.account === owner ? markOf(position) : null;
    if (mark === null) continue;
    const isBetter = best === null || (inverseFirst && mark.isInverse && !best.isInverse);
    const isEqual = !inverseFirst || mark.isInverse === best?.isInverse;
    if (isBetter || (best !== null && isEqual && order(mark, best) < 0)) best = mark;
  }
  return best;
}

function markOf({ instrument, markPrice, observedAt }: Position): Mark | null {
  if (markPrice === null || !isDollar(instrument.quote)) return null;
  const { symbol, venue } = instrument;
  const isInverse = instrument.kind === 'inverse';
  const usd = assetPrice(markPrice, instrument.multiplier);
  return { isInverse, symbol, venue, observedAt, usd };
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
