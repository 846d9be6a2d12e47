import { instrumentOf, NO_PROFILE } from '../../../../src/adapters/venues/ztdx/instrument-of.ts';
import { dec } from '../../../../src/domain/decimal.ts';
import type { Position } from '../../../../src/domain/position.ts';
import { asAccountId } from '../../../../src/domain/units.ts';
import { aPosition } from '../../../fakes/a-position.ts';
import { SAMPLE } from './stand-in-ztdx.ts';

const instrument = instrumentOf('BTCUSDT', NO_PROFILE);
if (instrument === null) throw new TypeError('BTCUSDT');
const known = instrument;

/** The writable stand-in's position as a reader last saw it. */
export function theLeg(changes: Partial<Position> = {}): Position {
  return aPosition({
    account: asAccountId('ztdx-a'),
    venue: 'ztdx',
    instrument: known,
    contracts: dec('2'),
    marginMode: 'isolated',
    venueId: SAMPLE.id,
    ...changes,
  });
}
