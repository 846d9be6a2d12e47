import { createZtdxVenues } from '../../../../src/adapters/venues/ztdx/ztdx-venues.ts';
import { accountWriterContract } from '../../../contracts/account-writer.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { connectionTo } from '../connection.ts';
import {
  FRONT_FAULTS,
  startWrittenSimulator,
  type WrittenSimulator,
} from '../written-simulator.ts';
import { theLeg } from './the-leg.ts';

const opened: WrittenSimulator[] = [];

accountWriterContract('ztdx at the simulator', {
  offers: ['margin', 'stops', 'reduce'],
  faults: FRONT_FAULTS,
  async open() {
    const world = await startWrittenSimulator('ztdx-maker-2');
    opened.push(world);
    const { credentials } = world.account;
    const connection = connectionTo('ztdx', world.origin, { credentials });
    return {
      writer: createZtdxVenues(systemTime()).writer(connection),
      position: theLeg(),
      receiver: null,
      meet: world.meet,
      sent: () => world.sent().length,
      secrets: [credentials.privateKey, credentials.secret].map(String),
    };
  },
  close: async () => {
    await Promise.all(opened.splice(0).map((world) => world.close()));
  },
});
