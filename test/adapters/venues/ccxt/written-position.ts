import { dec } from '../../../../src/domain/decimal.ts';
import type { Position } from '../../../../src/domain/position.ts';
import { asPrice, type InstrumentId } from '../../../../src/domain/units.ts';
import { aPosition } from '../../../fakes/a-position.ts';

/** The isolated long of 2 contracts that the stand-ins hold, as a reader has last read it. */
export function isolatedLong(venue: string, changes: Partial<Position> = {}): Position {
  const position = aPosition({
    ...{ venue, marginMode: 'isolated', contracts: dec('2'), markPrice: asPrice(dec('60000')) },
    ...changes,
  });
  const id = `${venue}:BTC/USDT:USDT` as InstrumentId;
  return { ...position, instrument: { ...position.instrument, venue, id, tickSize: dec('0.1') } };
}
