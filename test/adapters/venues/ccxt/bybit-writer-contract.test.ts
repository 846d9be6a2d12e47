import { asAccountId } from '../../../../src/domain/units.ts';
import type { VenueConnection } from '../../../../src/ports/venue.ts';
import type { AccountWriter } from '../../../../src/ports/venue-writer.ts';
import { accountWriterContract } from '../../../contracts/account-writer.ts';
import { connectionTo, KEY, SECRET } from '../connection.ts';
import { sharedStub } from './shared-stub.ts';
import { bybitBooks, bybitVenue } from './stand-in-bybit-writes.ts';
import { isolatedLong } from './written-position.ts';

const shared = sharedStub();

accountWriterContract('bybit', {
  offers: ['margin', 'stops', 'reduce', 'transfer'],
  faults: [
    ...(['silent', 'silent-done', 'reset', 'reset-done', 'server-error', 'html', 'empty'] as const),
    ...(['cut', 'unknown-outcome-code', 'unheard-of-code', 'not-listening', 'too-fast'] as const),
  ],
  async open() {
    const venue = bybitVenue();
    venue.books.set(KEY, bybitBooks(false, 1002));
    venue.books.set('M4INKEY', bybitBooks(true, 1001));
    const { stub, venues } = await shared.open(venue.handler);
    const writerOf = (connection: VenueConnection) => venues.writer(connection) as AccountWriter;
    const writer = writerOf(connectionTo('bybit', stub.origin));
    const receiver = writerOf({
      ...connectionTo('bybit', stub.origin, { credentials: { apiKey: 'M4INKEY' } }),
      account: asAccountId('bybit-main'),
    });
    return {
      ...{ writer, receiver, position: isolatedLong('bybit'), secrets: [KEY, SECRET, '127.0.0.1'] },
      meet: async (fault) => {
        if (fault === 'not-listening') return shared.vanish();
        else venue.faults.push(fault);
      },
      sent: () => stub.requests.filter(({ method }) => method === 'POST').length,
    };
  },
  close: async () => undefined,
});
