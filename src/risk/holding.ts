import type { CollateralBalance } from '../domain/account.ts';
import type { Decimal } from '../domain/decimal.ts';
import { sumKnown, ZERO } from '../domain/decimal.ts';
import { isDollar } from '../domain/money.ts';
import type { Position } from '../domain/position.ts';
import type { AccountId } from '../domain/units.ts';
import type { AccountSnapshot } from '../portfolio/snapshot.ts';
import type { CoinPrice } from './coin-price.ts';
import { notionalUsd, sizeOf } from './notional.ts';

/** Anything whose value moves with an asset: a leg of a contract, or the coin itself. */
export interface Holding {
  readonly account: AccountId;
  readonly venue: string;
  readonly asset: string;
  readonly role: 'long' | 'short' | 'collateral';
  /** Legs: value, never negative. Collateral: signed. Null when nobody gave a price. */
  readonly usd: Decimal | null;
  readonly amount: Amount;
  /** The leg; null for collateral. */
  readonly position: Position | null;
}

/** Signed. Linear legs and coins are in asset units; inverse ones in dollars, to be divided by a mark. */
type Amount =
  | { readonly kind: 'units'; readonly units: Decimal }
  | { readonly kind: 'face'; readonly usd: Decimal; readonly mark: Decimal | null };

/** Dollar coins held as margin are no exposure; zero balances are nothing held. */
export function holdingsOf(account: AccountSnapshot, priceOf: CoinPrice): Holding[] {
  const coins = (account.margin?.collateral ?? []).filter(
    ({ asset, quantity }) => !isDollar(asset) && !quantity.isZero(),
  );
  return [
    ...account.positions.map(leg),
    ...coins.map((coin) => collateralOf(account, coin, priceOf)),
  ];
}

function leg(position: Position): Holding {
  const { instrument, contracts, side, markPrice } = position;
  const size = sizeOf(contracts, instrument.contractSize).times(instrument.multiplier);
  const signed = side === 'long' ? size : size.neg();
  return {
    account: position.account,
    venue: position.venue,
    asset: instrument.asset,
    role: side,
    usd: notionalUsd(position),
    amount:
      instrument.kind === 'linear'
        ? { kind: 'units', units: signed }
        : { kind: 'face', usd: signed, mark: markPrice },
    position,
  };
}

function collateralOf(
  { account }: AccountSnapshot,
  { asset, quantity, venueUsd }: CollateralBalance,
  priceOf: CoinPrice,
): Holding {
  const price = priceOf(account.id, asset);
  return {
    account: account.id,
    venue: account.venue,
    asset,
    role: 'collateral',
    usd: price === null ? venueUsd : quantity.times(price),
    amount: { kind: 'units', units: quantity },
    position: null,
  };
}

/**
 * Net amount in asset units; null when an inverse leg has no mark. Faces are summed per mark before the
 * one division, so that splitting a position over accounts changes no digit.
 */
export function netQuantity(holdings: readonly Holding[]): Decimal | null {
  const faces = new Map<string, { usd: Decimal; mark: Decimal }>();
  let units = ZERO;
  for (const { amount } of holdings) {
    if (amount.kind === 'units') {
      units = units.plus(amount.units);
    } else {
      if (amount.mark === null || amount.mark.isZero()) return null;
      const key = amount.mark.toString();
      const usd = (faces.get(key)?.usd ?? ZERO).plus(amount.usd);
      faces.set(key, { usd, mark: amount.mark });
    }
  }
  const inMarkOrder = [...faces.values()].toSorted((a, b) => a.mark.comparedTo(b.mark));
  return sumKnown([units, ...inMarkOrder.map(({ usd, mark }) => usd.div(mark))]);
}
