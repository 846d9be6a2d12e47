import { afterEach, expect, test } from 'vitest';
import { createCcxtVenues } from '../../../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import { dec } from '../../../../src/domain/decimal.ts';
import { money } from '../../../../src/domain/money.ts';
import { asAccountId, asRatio } from '../../../../src/domain/units.ts';
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
import { NO_STOPS, rung } from './binance-written-seat.ts';
import { isolatedLong } from './written-position.ts';

const opened: WrittenSimulator[] = [];
const closeAll = async () => {
  await Promise.all(opened.splice(0).map((world) => world.close()));
};

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
  close: closeAll,
});

afterEach(closeAll);

test('in hedge mode every act is taken and stands', async () => {
  const world = await startWrittenSimulator('binance-quant-b', 'hedge');
  opened.push(world);
  const { apiKey, secret } = world.account.credentials;
  const connection = connectionTo('binanceusdm', world.origin, { credentials: { apiKey, secret } });
  const writer = createCcxtVenues(systemTime()).writer(connection) as AccountWriter;
  const position = isolatedLong('binanceusdm');
  const leg = { position, clientRef: 'a1b2c3d4' };
  const soon = AbortSignal.timeout(10_000);
  const stops = {
    takeProfit: [rung('70000', '0.5'), rung('72000', '0.25')],
    stopLoss: [rung('55000')],
    trailing: asRatio(dec('0.01')),
  };
  const outcomes = [
    await writer.margin?.change(
      { ...leg, direction: 'add', amount: money(dec('5'), 'USDT') },
      soon,
    ),
    await writer.stops?.set({ ...leg, stops, current: NO_STOPS }, soon),
    await writer.reduce?.reduce({ ...leg, contracts: dec('0.5') }, soon),
  ];
  expect(outcomes).toMatchObject(outcomes.map(() => ({ kind: 'accepted' })));
  const ground = await writer.leg(position, soon);
  expect(ground).toMatchObject({ ok: true, value: { contracts: dec('1.5') } });
  expect(ground.ok && ground.value.stops?.stopLoss).toEqual([rung('55000')]);
  expect(ground.ok && ground.value.stops?.takeProfit).toHaveLength(2);
});
