import { dec } from '../../src/domain/decimal.ts';
import { err, ok } from '../../src/domain/result.ts';
import { asAccountId, asUsd } from '../../src/domain/units.ts';
import { venueError } from '../../src/domain/venue-error.ts';
import type { AccountReading } from '../../src/ports/venue.ts';
import { accountReaderContract } from '../contracts/account-reader-contract.ts';
import { aPosition } from './a-position.ts';
import { fakeAccountReader } from './fake-account-reader.ts';

const dead = err(venueError('unavailable', { code: 'refused' }));
const margin: AccountReading['margin'] = ok({
  equityUsd: asUsd(dec('100')),
  availableUsd: null,
  initialMarginUsd: null,
  orderMarginUsd: null,
  maintenanceMarginUsd: null,
  venueRatio: null,
  venueStatus: null,
  pooling: null,
  collateral: [],
  observedAt: 0,
  venueUpdatedAt: null,
});

const readerOf = (changes: Partial<AccountReading>) =>
  fakeAccountReader(asAccountId('a'), {
    positions: ok({ positions: [], unreadable: [] }),
    margin,
    stopsError: null,
    ...changes,
  });

accountReaderContract('the fake', {
  flat: async () => readerOf({}),
  oneUnreadable: async () => ({
    reader: readerOf({
      positions: ok({ positions: [aPosition()], unreadable: [{ symbol: 'X', field: 'side' }] }),
    }),
    symbol: 'X',
    field: 'side',
  }),
  deadPositions: async () => readerOf({ positions: dead }),
  broken: async () => ({
    reader: { ...readerOf({ positions: dead, margin: dead }), inspect: async () => dead },
    secrets: ['secret'],
  }),
  silent: async () => fakeAccountReader(asAccountId('a'), 'silence'),
  close: async () => undefined,
});
