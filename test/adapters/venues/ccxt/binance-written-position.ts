import { dec } from '../../../../src/domain/decimal.ts';
import type { Position } from '../../../../src/domain/position.ts';
import type { InstrumentId } from '../../../../src/domain/units.ts';
import { isolatedLong } from './written-position.ts';

/** The isolated long of 2 COIN-M contracts of 100 dollars that the stand-in holds. */
export function inverseLong(venue: string, changes: Partial<Position> = {}): Position {
  const linear = isolatedLong(venue, changes);
  const symbol = 'BTC/USD:BTC';
  return {
    ...linear,
    instrument: {
      ...linear.instrument,
      ...{ id: `${venue}:${symbol}` as InstrumentId, symbol, quote: 'USD', settle: 'BTC' },
      ...{ kind: 'inverse', contractSize: dec('100') },
    },
  };
}
