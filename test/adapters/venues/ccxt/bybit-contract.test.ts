import { createCcxtVenues } from '../../../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import { accountReaderContract } from '../../../contracts/account-reader-contract.ts';
import { type StubHandler, type StubHttp, startStubHttp } from '../../../fakes/stub-http.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { connectionTo, KEY, SECRET } from '../connection.ts';
import { BTC_LONG, bybitRefusal, standInBybit } from './stand-in-bybit.ts';

const open: StubHttp[] = [];

async function readerOf(handler: StubHandler) {
  const stub = await startStubHttp(handler);
  open.push(stub);
  return createCcxtVenues(systemTime()).reader(connectionTo('bybit', stub.origin));
}

accountReaderContract('bybit', {
  flat: () => readerOf(standInBybit()),
  oneUnreadable: async () => ({
    reader: await readerOf(
      standInBybit({
        positions: {
          'linear USDT': [BTC_LONG, { ...BTC_LONG, symbol: 'ETHUSDT', side: 'Both' }],
        },
      }),
    ),
    symbol: 'ETH/USDT:USDT',
    field: 'side',
  }),
  deadPositions: () =>
    readerOf((request) =>
      request.path === '/v5/position/list' ? { status: 502, body: '' } : standInBybit()(request),
    ),
  broken: async () => ({
    // The venue repeats what it was sent, and ccxt puts that into its message.
    reader: await readerOf(({ headers, query }) => {
      const { body } = bybitRefusal(99999);
      return { body: { ...(body as object), retMsg: JSON.stringify([headers, ...query]) } };
    }),
    secrets: [KEY, SECRET, 'X-BAPI', 'recv', '127.0.0.1'],
  }),
  silent: () => readerOf(() => () => undefined),
  close: async () => {
    await Promise.all(open.splice(0).map((stub) => stub.close()));
  },
});
