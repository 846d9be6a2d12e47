import { afterEach, beforeEach } from 'vitest';
import { createZtdxVenues } from '../../../../src/adapters/venues/ztdx/ztdx-venues.ts';
import type { AccountReading, VenueConnection } from '../../../../src/ports/venue.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import {
  SAMPLE,
  type StandIn,
  startStandIn,
  TIMESTAMP,
  WALLET,
  ztdxConnection,
} from './stand-in-ztdx.ts';

export const LIST = 'GET /api/v1/positions';
export const LOGIN = 'POST /api/v1/auth/login';
export const NONCE = `GET /api/v1/auth/nonce/${WALLET}`;
export const UNIFIED = 'GET /api/v1/unified/account';
export const OF_SAMPLE = `${LIST}/${SAMPLE.id}`;
export const CONFIG = 'GET /api/v1/markets/BTCUSDT/config';
export const NO_PAIR = { apiKey: null, secret: null };

export const clock = fakeClock(TIMESTAMP);
export const never = () => new AbortController().signal;

/** A stand-in of its own for every test of the file. */
export function freshStandIn() {
  let venue: StandIn | null = null;
  beforeEach(async () => {
    venue = await startStandIn();
  });
  afterEach(() => venue?.close());
  return (): StandIn => {
    if (venue === null) throw new Error('only inside a test');
    return venue;
  };
}

export function readerAt(
  venue: StandIn,
  credentials: Partial<VenueConnection['credentials']> = {},
) {
  return createZtdxVenues(clock).reader(ztdxConnection(venue.origin, credentials));
}

/** A decimal as text, everything else as it is. */
export const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

export function bookIn({ positions }: AccountReading) {
  if (!positions.ok) throw new Error(JSON.stringify(positions.error));
  return positions.value;
}
