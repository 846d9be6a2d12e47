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
import { isolatedLong } from './written-position.ts';

const opened: WrittenSimulator[] = [];

accountWriterContract('binanceusdm at the simulator', {
  offers: ['margin', 'stops', 'reduce', 'transfer'],
  faults: FRONT_FAULTS,
  async open() {
    const world = await startWrittenSimulator('binance-quant-b');
    opened.push(world);
    const venues = createCcxtVenues(systemTime());
    const writerOf = (connection: VenueConnection) => venues.writer(connection) as AccountWriter;
    const { apiKey, secret } = world.account.credentials;
    const own = connectionTo('binanceusdm', world.origin, { credentials: { apiKey, secret } });
    const main = { apiKey: 'M4INKEY', secret: 'M4INSECRET' };
    return {
      writer: writerOf({ ...own, subAccount: 'a@desk.invalid' }),
      receiver: writerOf({
        ...connectionTo('binanceusdm', world.origin, { credentials: main }),
        ...{ account: asAccountId('main'), subAccount: null },
      }),
      position: isolatedLong('binanceusdm'),
      meet: world.meet,
      sent: () => world.sent().length,
      secrets: [String(apiKey), String(secret)],
    };
  },
  close: async () => {
    await Promise.all(opened.splice(0).map((world) => world.close()));
  },
});
