import { createZtdxVenues } from '../../../../src/adapters/venues/ztdx/ztdx-venues.ts';
import { accountReaderContract } from '../../../contracts/account-reader-contract.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { KEY, SECRET } from '../connection.ts';
import {
  PRIVATE_KEY,
  SAMPLE,
  type StandIn,
  startStandIn,
  ztdxConnection,
} from './stand-in-ztdx.ts';

const LIST = 'GET /api/v1/positions';
const UNIFIED = 'GET /api/v1/unified/account';
const TOKEN = 'T0KENABCDEF123456789';

const opened: StandIn[] = [];

async function venueWith(positions: readonly object[]): Promise<StandIn> {
  const venue = await startStandIn(positions);
  venue.valid.add(TOKEN);
  opened.push(venue);
  return venue;
}

function readerOf(venue: StandIn) {
  return createZtdxVenues(systemTime()).reader(ztdxConnection(venue.origin, { token: TOKEN }));
}

accountReaderContract('ztdx', {
  async flat() {
    return readerOf(await venueWith([]));
  },
  async oneUnreadable() {
    const venue = await venueWith([SAMPLE, { ...SAMPLE, symbol: 'ETHUSDT', side: 'sideways' }]);
    return { reader: readerOf(venue), symbol: 'ETHUSDT', field: 'side' };
  },
  async deadPositions() {
    const venue = await venueWith([]);
    venue.answer(LIST, { status: 502, body: '<html></html>' });
    return readerOf(venue);
  },
  async broken() {
    const venue = await venueWith([]);
    for (const what of [LIST, UNIFIED]) {
      venue.answer(what, ({ headers, query }) => ({
        status: 400,
        body: { code: `no: ${JSON.stringify(headers)} ${query}`, msg: JSON.stringify(headers) },
      }));
    }
    return { reader: readerOf(venue), secrets: [TOKEN, KEY, SECRET, PRIVATE_KEY] };
  },
  async silent() {
    const venue = await venueWith([]);
    for (const what of [LIST, UNIFIED]) venue.answer(what, () => () => undefined);
    return readerOf(venue);
  },
  async close() {
    for (const venue of opened.splice(0)) await venue.close();
  },
});
