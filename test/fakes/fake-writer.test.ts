import { dec } from '../../src/domain/decimal.ts';
import { asAccountId, asPrice } from '../../src/domain/units.ts';
import { accountWriterContract, type WriteFault } from '../contracts/account-writer.ts';
import { aPosition } from './a-position.ts';
import { fakeVenue, legKey, NO_STOPS, type WriterFault } from './fake-writer.ts';

const FAULTS: Readonly<Partial<Record<WriteFault, WriterFault>>> = {
  silent: { kind: 'hang-before' },
  'silent-done': { kind: 'accept-then-hang' },
  reset: { kind: 'reset-before' },
  'reset-done': { kind: 'accept-then-reset' },
  'too-fast': { kind: 'refuse', reason: 'rate-limited' },
};

accountWriterContract('fake', {
  offers: ['margin', 'stops', 'reduce', 'transfer'],
  faults: Object.keys(FAULTS) as WriteFault[],
  async open() {
    const venue = fakeVenue();
    const writer = venue.writer(asAccountId('a'));
    const position = aPosition({
      ...{ marginMode: 'isolated', contracts: dec('2'), markPrice: asPrice(dec('60000')) },
    });
    const collateral = dec('1000');
    const leg = { contracts: dec('2'), collateral, stops: NO_STOPS, markPrice: dec('60000') };
    writer.legs.set(legKey(position), leg);
    writer.wallets.set('USDT', dec('5000'));
    return {
      ...{ writer, position, receiver: venue.writer(asAccountId('b')), secrets: [] },
      meet: (fault) => writer.faults.push(FAULTS[fault] as WriterFault),
      sent: () => writer.sent.length,
    };
  },
  close: async () => undefined,
});
