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

accountWriterContract('okx at the simulator', {
  offers: ['margin', 'stops', 'reduce', 'transfer'],
  faults: FRONT_FAULTS,
  async open() {
    const world = await startWrittenSimulator('okx-quant-c');
    opened.push(world);
    const venues = createCcxtVenues(systemTime(), {}, openLanes);
    const writerOf = (connection: VenueConnection) => venues.writer(connection) as AccountWriter;
    const { apiKey, secret, password } = world.account.credentials;
    const main = { apiKey: 'M4INKEY', secret: 'M4INSECRET', password };
    const { subAccount = null } = world.account;
    return {
      writer: writerOf(
        connectionTo('okx', world.origin, {
          subAccount,
          credentials: { apiKey, secret, password },
        }),
      ),
      receiver: writerOf({
        ...connectionTo('okx', world.origin, { credentials: main }),
        account: asAccountId('okx-main'),
      }),
      position: isolatedLong('okx'),
      meet: world.meet,
      sent: () => world.sent().length,
      secrets: [String(apiKey), String(secret), String(password)],
    };
  },
  close: async () => {
    await Promise.all(opened.splice(0).map((world) => world.close()));
  },
});
