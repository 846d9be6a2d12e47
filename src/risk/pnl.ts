import type { Decimal } from '../domain/decimal.ts';
import { ratioOf } from '../domain/decimal.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { Side } from '../domain/position.ts';
import { product } from '../domain/product.ts';
import { quotient } from '../domain/quotient.ts';
import { difference } from '../domain/sum.ts';
import type { Ratio } from '../domain/units.ts';
import { asRatio } from '../domain/units.ts';

export interface PnlInput {
  readonly kind: Instrument['kind'];
  readonly side: Side;
  /** Linear: base units; inverse: face value in quote currency. */
  readonly size: Decimal;
  readonly entry: Decimal;
  readonly mark: Decimal;
}

/**
 * Unrealised profit in the settle currency. Linear: s·q·(P − E); inverse: s·Q·(1/E − 1/P), written
 * with one division so that the digits of equal prices cancel.
 */
export function unrealizedPnl({ kind, side, size, entry, mark }: PnlInput): Decimal {
  const move = product(size, difference(mark, entry));
  const gain = kind === 'linear' ? move : quotient(move, product(entry, mark));
  return side === 'long' ? gain : gain.neg();
}

/** Unrealised profit ÷ assigned margin, OKX's `uplRatio`. Null without margin. */
export function pnlRatio(pnl: Decimal, margin: Decimal): Ratio | null {
  const ratio = ratioOf(pnl, margin);
  return ratio === null ? null : asRatio(ratio);
}
