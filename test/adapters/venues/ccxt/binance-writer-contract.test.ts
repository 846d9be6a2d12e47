import { createCcxtVenues } from '../../../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import { asAccountId } from '../../../../src/domain/units.ts';
import type { VenueConnection } from '../../../../src/ports/venue.ts';
import type { AccountWriter } from '../../../../src/ports/venue-writer.ts';
import { accountWriterContract } from '../../../contracts/account-writer.ts';
import { type StubHttp, startStubHttp } from '../../../fakes/stub-http.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { connectionTo, KEY, SECRET } from '../connection.ts';
import { inverseLong } from './binance-written-position.ts';
import { binanceBooks, binanceVenue } from './stand-in-binance-writes.ts';
import { isolatedLong } from './written-position.ts';

const open: StubHttp[] = [];

for (const venueId of ['binanceusdm', 'binancecoinm'] as const) {
  accountWriterContract(venueId, {
    offers: ['margin', 'stops', 'reduce', 'transfer'],
    faults: [
      ...(['silent', 'silent-done', 'reset', 'reset-done', 'server-error', 'html'] as const),
      ...(['empty', 'cut', 'unknown-outcome-code', 'unheard-of-code', 'not-listening'] as const),
      'too-fast',
    ],
    async open() {
      const venue = binanceVenue(venueId === 'binanceusdm' ? 'um' : 'cm');
      venue.books.set(KEY, binanceBooks());
      venue.books.set('M4INKEY', binanceBooks({ email: null }));
      const stub = await startStubHttp(venue.handler);
      open.push(stub);
      const venues = createCcxtVenues(systemTime());
      const writerOf = (connection: VenueConnection) => venues.writer(connection) as AccountWriter;
      const own = { ...connectionTo(venueId, stub.origin), subAccount: 'a@desk.invalid' };
      const main = connectionTo(venueId, stub.origin, { credentials: { apiKey: 'M4INKEY' } });
      return {
        writer: writerOf(own),
        receiver: writerOf({ ...main, account: asAccountId('main'), subAccount: null }),
        position: venueId === 'binanceusdm' ? isolatedLong(venueId) : inverseLong(venueId),
        secrets: [KEY, SECRET, '127.0.0.1', 'signature'],
        meet: (fault) => {
          if (fault === 'not-listening') void stub.close();
          else venue.faults.push(fault);
        },
        sent: () => stub.requests.filter(({ method }) => method !== 'GET').length,
      };
    },
    close: async () => {
      await Promise.all(open.splice(0).map((stub) => stub.close()));
    },
  });
}
