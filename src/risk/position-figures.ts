import type { Money } from '../domain/money.ts';
import type { Position } from '../domain/position.ts';
import type { Ratio } from '../domain/units.ts';
import { maintenanceOf, valueTiers } from './maintenance.ts';
import { marginProfile } from './margin-profile.ts';
import { healthFactor } from './margin-ratio.ts';
import { settleValue, sizeOf } from './notional.ts';
import { unrealizedPnl } from './pnl.ts';

/** Unrealised PnL in settle: the venue's own, else ours from entry and mark; null when neither is known. */
export function pnlOf(position: Position): Money | null {
  return position.unrealizedPnl ?? figuresOf(position).pnl;
}

/**
 * Maintenance in settle: the venue's own, else by the instrument's brackets, at the mark or at entry as
 * the venue does it; null when neither is known.
 */
export function requiredOf(position: Position): Money | null {
  return position.maintenanceMargin ?? figuresOf(position).maintenance;
}

/** Of an isolated position: its own (collateral + PnL) ÷ maintenance; null when one of them is not known. */
export function ownHealth(position: Position): Ratio | null {
  const pnl = pnlOf(position);
  const { collateral } = position;
  const maintenance = requiredOf(position);
  if (collateral === null || pnl === null || maintenance === null) return null;
  const { currency } = collateral;
  if (pnl.currency !== currency || maintenance.currency !== currency) return null;
  return healthFactor(collateral.amount.plus(pnl.amount), maintenance.amount);
}

interface Figures {
  readonly pnl: Money | null;
  readonly maintenance: Money | null;
}

/** A position never changes, and itself, its account and its pool ask for the same figures. */
const KNOWN = new WeakMap<Position, Figures>();

function figuresOf(position: Position): Figures {
  const known = KNOWN.get(position);
  if (known !== undefined) return known;
  const figures = { pnl: ourPnl(position), maintenance: ourMaintenance(position) };
  KNOWN.set(position, figures);
  return figures;
}

function ourMaintenance(position: Position): Money | null {
  const { instrument, contracts, entryPrice, markPrice } = position;
  const tiers = valueTiers(instrument, contracts);
  const onEntry = marginProfile(position.venue).maintenanceOn === 'entry';
  const price = onEntry ? entryPrice : markPrice;
  if (tiers === null || price === null || price.isZero()) return null;
  const size = sizeOf(contracts, instrument.contractSize);
  const amount = maintenanceOf(tiers, settleValue(instrument.kind, size, price));
  return amount === null ? null : { amount, currency: instrument.settle };
}

function ourPnl(position: Position): Money | null {
  const { instrument, side, contracts, entryPrice, markPrice } = position;
  if (entryPrice === null || markPrice === null) return null;
  if (entryPrice.isZero() || markPrice.isZero()) return null;
  const size = sizeOf(contracts, instrument.contractSize);
  const amount = unrealizedPnl({
    kind: instrument.kind,
    side,
    size,
    entry: entryPrice,
    mark: markPrice,
  });
  return { amount, currency: instrument.settle };
}
