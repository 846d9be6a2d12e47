import { createZtdxVenues } from '../../../../src/adapters/venues/ztdx/ztdx-venues.ts';
import { accountWriterContract } from '../../../contracts/account-writer.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { KEY, SECRET } from '../connection.ts';
import { startWritableZtdx, TOKEN, type WritableZtdx } from './stand-in-writes.ts';
import { PRIVATE_KEY, ztdxConnection } from './stand-in-ztdx.ts';
import { theLeg } from './the-leg.ts';

const opened: WritableZtdx[] = [];

accountWriterContract('ztdx', {
  offers: ['margin', 'stops', 'reduce'],
  faults: [
    ...(['silent', 'silent-done', 'reset', 'reset-done', 'server-error', 'html', 'empty'] as const),
    ...(['cut', 'unheard-of-code', 'not-listening', 'too-fast'] as const),
  ],
  async open() {
    const venue = await startWritableZtdx();
    opened.push(venue);
    const connection = ztdxConnection(venue.origin, { token: TOKEN });
    return {
      writer: createZtdxVenues(systemTime()).writer(connection),
      position: theLeg(),
      receiver: null,
      meet: (fault) => void venue.meet(fault),
      sent: () => venue.writes().length,
      secrets: [TOKEN, KEY, SECRET, PRIVATE_KEY],
    };
  },
  async close() {
    for (const venue of opened.splice(0)) await venue.close();
  },
});
