import { type Decimal, ratioOf } from '../../../domain/decimal.ts';
import type { Position } from '../../../domain/position.ts';
import { asRatio, type Ratio } from '../../../domain/units.ts';

interface Trail {
  readonly distance: Decimal;
  readonly share: Ratio;
}

/**
 * A venue that keeps a trailing stop as a distance in price forgets the share it was meant as. What we
 * set ourselves is remembered; of any other distance the share is as of now, to a hundredth of a percent.
 */
export interface TrailingMemory {
  keep(position: Position, trail: Trail): void;
  shareOf(position: Position, distance: Decimal, mark: Decimal | null): Ratio | null;
}

const DECIMALS = 4;

export function createTrailingMemory(): TrailingMemory {
  const trails = new Map<string, Trail>();
  const keyOf = ({ instrument, side }: Position) => `${instrument.id} ${side}`;
  return {
    keep(position, trail) {
      trails.set(keyOf(position), trail);
    },
    shareOf(position, distance, mark) {
      const kept = trails.get(keyOf(position));
      if (kept?.distance.eq(distance)) return kept.share;
      const share = ratioOf(distance, mark);
      return share && asRatio(share.toDecimalPlaces(DECIMALS));
    },
  };
}
