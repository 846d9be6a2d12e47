import type { AccountMargin, CollateralBalance } from '../../domain/account.ts';
import { type Decimal, ZERO } from '../../domain/decimal.ts';
import { isDollar } from '../../domain/money.ts';
import type { Position } from '../../domain/position.ts';
import { asUsd } from '../../domain/units.ts';
import type { AccountSnapshot } from '../../portfolio/snapshot.ts';
import { unrealizedPnl } from '../../risk/pnl.ts';
import type { MarkBook } from './mark-book.ts';

/**
 * The account as it stands at the newest marks: what its positions gained since they were read is in
 * their PnL, in the coins that stand for them, and in the equity. Margins stay as the venue last said.
 * The very same object when no mark is newer.
 */
export function withMarks(account: AccountSnapshot, book: MarkBook): AccountSnapshot {
  const moved = account.positions.map((position) => moveOf(position, book));
  if (moved.every(({ gain, position }, i) => gain === null && position === account.positions[i])) {
    return account;
  }
  const positions = moved.map(({ position }) => position);
  const margin = account.margin && marginAfter(account.margin, account.positions, moved);
  return { ...account, positions, margin };
}

interface Move {
  readonly position: Position;
  /** In the settle currency; null: no newer mark, or nothing to compare it with. */
  readonly gain: Decimal | null;
}

function moveOf(position: Position, book: MarkBook): Move {
  const { instrument, markPrice: before, side, contracts } = position;
  const mark = book.markOf(instrument);
  const isNewer = mark !== null && mark.observedAt > position.observedAt;
  if (!isNewer || before?.eq(mark.price)) return { position, gain: null };
  if (before === null) return { position: { ...position, markPrice: mark.price }, gain: null };
  const size = contracts.times(instrument.contractSize);
  const gain = unrealizedPnl({
    ...{ kind: instrument.kind, side, size, entry: before, mark: mark.price },
  });
  const pnl = position.unrealizedPnl;
  return {
    gain,
    position: {
      ...position,
      markPrice: mark.price,
      venueNotionalUsd: null,
      unrealizedPnl: pnl && { ...pnl, amount: pnl.amount.plus(gain) },
    },
  };
}

/** What each coin gained, in itself and in dollars. */
function marginAfter(
  margin: AccountMargin,
  before: readonly Position[],
  moved: readonly Move[],
): AccountMargin {
  const gains = new Map<string, Decimal>();
  const prices = new Map<string, { readonly was: Decimal; readonly is: Decimal }>();
  for (const [i, { gain, position }] of moved.entries()) {
    const was = before[i]?.markPrice;
    const { settle, asset, quote, multiplier } = position.instrument;
    if (was && position.markPrice && isDollar(quote)) {
      prices.set(asset, { was: was.div(multiplier), is: position.markPrice.div(multiplier) });
    }
    if (gain !== null) gains.set(settle, (gains.get(settle) ?? ZERO).plus(gain));
  }
  let gainedUsd = ZERO;
  const collateral = margin.collateral.map((coin): CollateralBalance => {
    const gain = gains.get(coin.asset) ?? ZERO;
    gains.delete(coin.asset);
    const usd = gainUsd(coin, gain, prices.get(coin.asset) ?? null);
    gainedUsd = gainedUsd.plus(usd);
    if (gain.isZero() && usd.isZero()) return coin;
    const venueUsd = coin.venueUsd && asUsd(coin.venueUsd.plus(usd));
    return { ...coin, quantity: coin.quantity.plus(gain), venueUsd };
  });
  for (const [settle, gain] of gains) {
    gainedUsd = gainedUsd.plus(
      isDollar(settle) ? gain : gain.times(prices.get(settle)?.is ?? ZERO),
    );
  }
  const { equityUsd } = margin;
  return { ...margin, collateral, equityUsd: equityUsd && asUsd(equityUsd.plus(gainedUsd)) };
}

function gainUsd(
  { asset, quantity }: CollateralBalance,
  gain: Decimal,
  price: { readonly was: Decimal; readonly is: Decimal } | null,
): Decimal {
  if (isDollar(asset)) return gain;
  if (price === null) return ZERO;
  return quantity.plus(gain).times(price.is).minus(quantity.times(price.was));
}
