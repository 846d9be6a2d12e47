import { Decimal, ONE, ZERO } from '../domain/decimal.ts';
import type { Ratio } from '../domain/units.ts';
import { asRatio } from '../domain/units.ts';

export interface Concentration {
  /** Σ share²: 1 when everything is in one asset. Null when there is no exposure. */
  readonly hhi: Ratio | null;
  /** 1 ÷ hhi: as many equal assets would be as concentrated. */
  readonly effectiveAssets: Ratio | null;
  /** The largest share; of equals the first by name. */
  readonly top: { readonly asset: string; readonly share: Ratio } | null;
}

/** |net| ÷ Σ|net| of every asset whose net is known; empty when there is no exposure. */
export function exposureShares(
  assets: readonly { readonly asset: string; readonly netUsd: Decimal | null }[],
): Map<string, Ratio> {
  const known = assets.flatMap(({ asset, netUsd }) =>
    netUsd === null ? [] : [{ asset, size: netUsd.abs() }],
  );
  const total = known.reduce((sum, { size }) => sum.plus(size), ZERO);
  if (total.isZero()) return new Map();
  return new Map(known.map(({ asset, size }) => [asset, asRatio(size.div(total))]));
}

export function concentrationOf(shares: ReadonlyMap<string, Ratio>): Concentration {
  const ranked = [...shares].toSorted(([a, x], [b, y]) => y.comparedTo(x) || (a < b ? -1 : 1));
  const first = ranked[0];
  if (first === undefined) return { hhi: null, effectiveAssets: null, top: null };
  // Summed from the largest down, so that the order on the desk changes no digit.
  const hhi = ranked.reduce((sum, [, share]) => sum.plus(share.times(share)), new Decimal(ZERO));
  return {
    hhi: asRatio(hhi),
    effectiveAssets: asRatio(ONE.div(hhi)),
    top: { asset: first[0], share: first[1] },
  };
}
