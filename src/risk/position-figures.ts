import type { Decimal } from '../domain/decimal.ts';
import { ZERO } from '../domain/decimal.ts';
import type { Money } from '../domain/money.ts';
import type { Position } from '../domain/position.ts';
import { sum } from '../domain/sum.ts';
import type { Ratio } from '../domain/units.ts';
import { maintenanceOf, valueTiers } from './maintenance.ts';
import { marginProfile } from './margin-profile.ts';
import { healthFactor } from './margin-ratio.ts';
import { settleValue, sizeOf } from './notional.ts';
import { unrealizedPnl } from './pnl.ts';

/** Unrealised PnL in settle: the venue's own, else ours from entry and mark; null when neither is known. */
export function pnlOf(position: Position): Money | null {
  if (position.unrealizedPnl !== null) return position.unrealizedPnl;
  const figures = figuresOf(position);
  if (figures.pnl === undefined) figures.pnl = ourPnl(position, figures);
  return figures.pnl;
}

/**
 * Maintenance in settle: the venue's own, else by the instrument's brackets, at the mark or at entry as
 * the venue does it; null when neither is known.
 */
export function requiredOf(position: Position): Money | null {
  if (position.maintenanceMargin !== null) return position.maintenanceMargin;
  if (position.marginMode === 'isolated') return ourMaintenance(position, figuresOf(position));
  let required = REQUIRED.get(position);
  if (required === undefined) {
    required = ourMaintenance(position, figuresOf(position));
    REQUIRED.set(position, required);
  }
  return required;
}

/** Of an isolated position: its own (collateral + PnL) ÷ maintenance; null when one of them is not known. */
export function ownHealth(position: Position): Ratio | null {
  const pnl = pnlOf(position);
  const { collateral } = position;
  const maintenance = requiredOf(position);
  if (collateral === null || pnl === null || maintenance === null) return null;
  const { currency } = collateral;
  if (pnl.currency !== currency || maintenance.currency !== currency) return null;
  return healthFactor(sum(collateral.amount, pnl.amount), maintenance.amount);
}

/** Value in settle at the mark; null without a mark, and at a mark of zero. */
export function markValueOf(position: Position): Decimal | null {
  return figuresOf(position).value;
}

interface Figures {
  readonly position: Position | null;
  readonly size: Decimal;
  readonly value: Decimal | null;
  pnl?: Money | null;
}

/**
 * Of the position that was asked about last: its figures are read one after the other, and to keep those of
 * thousands costs more than to work them out again.
 */
let latest: Figures = { position: null, size: ZERO, value: null };

function figuresOf(position: Position): Figures {
  if (latest.position === position) return latest;
  const { instrument, contracts, markPrice } = position;
  const size = sizeOf(contracts, instrument.contractSize);
  const isPriced = markPrice !== null && !markPrice.isZero();
  const value = isPriced ? settleValue(instrument.kind, size, markPrice) : null;
  latest = { position, size, value };
  return latest;
}

/** A position never changes; of cross ones a pool asks again after every mark of another. */
const REQUIRED = new WeakMap<Position, Money | null>();

function ourMaintenance(position: Position, { size, value }: Figures): Money | null {
  const { instrument, contracts, entryPrice } = position;
  const tiers = valueTiers(instrument, contracts);
  if (tiers === null) return null;
  const charged =
    marginProfile(position.venue).maintenanceOn === 'mark'
      ? value
      : entryPrice === null || entryPrice.isZero()
        ? null
        : settleValue(instrument.kind, size, entryPrice);
  const amount = charged === null ? null : maintenanceOf(tiers, charged);
  return amount === null ? null : { amount, currency: instrument.settle };
}

function ourPnl(position: Position, { size }: Figures): Money | null {
  const { instrument, side, entryPrice, markPrice } = position;
  if (entryPrice === null || markPrice === null) return null;
  if (entryPrice.isZero() || markPrice.isZero()) return null;
  const amount = unrealizedPnl({
    kind: instrument.kind,
    side,
    size,
    entry: entryPrice,
    mark: markPrice,
  });
  return { amount, currency: instrument.settle };
}
