import { asAccountId } from '../../../../src/domain/units.ts';
import type { VenueConnection } from '../../../../src/ports/venue.ts';
import type { AccountWriter } from '../../../../src/ports/venue-writer.ts';
import { accountWriterContract } from '../../../contracts/account-writer.ts';
import { connectionTo, KEY, SECRET } from '../connection.ts';
import { sharedStub } from './shared-stub.ts';
import { okxBooks, okxVenue } from './stand-in-okx-writes.ts';
import { isolatedLong } from './written-position.ts';

const shared = sharedStub();
const password = 'P4SSPHRASE';

accountWriterContract('okx', {
  offers: ['margin', 'stops', 'reduce', 'transfer'],
  faults: [
    ...(['silent', 'silent-done', 'reset', 'reset-done', 'server-error', 'html', 'empty'] as const),
    ...(['cut', 'unknown-outcome-code', 'unheard-of-code', 'not-listening', 'too-fast'] as const),
  ],
  async open() {
    const venue = okxVenue();
    venue.books.set(KEY, okxBooks('quantc'));
    venue.books.set('M4INKEY', okxBooks(null));
    const { stub, venues } = await shared.open(venue.handler);
    const writerOf = (connection: VenueConnection) => venues.writer(connection) as AccountWriter;
    const writer = writerOf(
      connectionTo('okx', stub.origin, { subAccount: 'quantc', credentials: { password } }),
    );
    const receiver = writerOf({
      ...connectionTo('okx', stub.origin, { credentials: { apiKey: 'M4INKEY', password } }),
      account: asAccountId('okx-main'),
    });
    const secrets = [KEY, SECRET, password, '127.0.0.1'];
    return {
      ...{ writer, receiver, secrets, position: isolatedLong('okx') },
      meet: async (fault) => {
        if (fault === 'not-listening') return shared.vanish();
        else venue.faults.push(fault);
      },
      sent: () => stub.requests.filter(({ method }) => method === 'POST').length,
    };
  },
  close: async () => undefined,
});
