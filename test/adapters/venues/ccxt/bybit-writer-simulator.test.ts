import { createCcxtVenues } from '../../../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import { asAccountId } from '../../../../src/domain/units.ts';
import type { VenueConnection } from '../../../../src/ports/venue.ts';
import type { AccountWriter } from '../../../../src/ports/venue-writer.ts';
import { accountWriterContract } from '../../../contracts/account-writer.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { connectionTo } from '../connection.ts';
import {
  FRONT_FAULTS,
  startWrittenSimulator,
  type WrittenSimulator,
} from '../written-simulator.ts';
import { openLanes } from './open-lanes.ts';
import { isolatedLong } from './written-position.ts';

const opened: WrittenSimulator[] = [];

accountWriterContract('bybit at the simulator', {
  offers: ['margin', 'stops', 'reduce', 'transfer'],
  faults: FRONT_FAULTS,
  async open() {
    const world = await startWrittenSimulator('bybit-quant-a');
    opened.push(world);
    const venues = createCcxtVenues(systemTime(), {}, openLanes);
    const writerOf = (connection: VenueConnection) => venues.writer(connection) as AccountWriter;
    const { apiKey, secret } = world.account.credentials;
    const main = { apiKey: 'M4INKEY', secret: 'M4INSECRET' };
    return {
      writer: writerOf(connectionTo('bybit', world.origin, { credentials: { apiKey, secret } })),
      receiver: writerOf({
        ...connectionTo('bybit', world.origin, { credentials: main }),
        account: asAccountId('bybit-main'),
      }),
      position: isolatedLong('bybit'),
      meet: world.meet,
      sent: () => world.sent().length,
      secrets: [String(apiKey), String(secret)],
    };
  },
  close: async () => {
    await Promise.all(opened.splice(0).map((world) => world.close()));
  },
});
