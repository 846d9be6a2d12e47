import { isDollar } from '../domain/money.ts';
import type { ListedContract } from '../ports/market-data.ts';

/**
 * The contract whose candles stand for the asset: a linear USDT perpetual where there is one, then
 * another linear one against a dollar, then an inverse one; among equals the one with the larger
 * turnover, a turnover not known last, then the order of the list. Null: the asset has none.
 */
export function contractFor(
  asset: string,
  contracts: readonly ListedContract[],
): ListedContract | null {
  const wanted = asset.toUpperCase();
  const candidates = contracts
    .filter((contract) => contract.asset.toUpperCase() === wanted)
    .map((contract) => ({ contract, rank: rankOf(contract) }))
    .filter(({ rank }) => rank < UNFIT)
    .sort(
      (a, b) =>
        a.rank - b.rank || (b.contract.turnoverUsd24h ?? -1) - (a.contract.turnoverUsd24h ?? -1),
    );
  return candidates[0]?.contract ?? null;
}

const UNFIT = 3;

function rankOf({ kind, quote, settle }: ListedContract): number {
  if (!isDollar(quote)) return UNFIT;
  if (kind === 'inverse') return 2;
  return quote === 'USDT' && settle === 'USDT' ? 0 : 1;
}
