import type { Decimal } from '../../../domain/decimal.ts';
import type { Instrument } from '../../../domain/instrument.ts';
import { asQuantity, type Quantity } from '../../../domain/units.ts';

/** Contracts in base units: × contract size; for inverse the face value ÷ mark, unknown without one. */
export function baseQuantity(
  instrument: Instrument,
  contracts: Decimal,
  markPrice: Decimal | null,
): Quantity | null {
  const size = contracts.times(instrument.contractSize);
  if (instrument.kind === 'linear') return asQuantity(size);
  return markPrice === null ? null : asQuantity(size.div(markPrice));
}
