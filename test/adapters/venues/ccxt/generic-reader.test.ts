import { afterEach, describe, expect, test } from 'vitest';
import { createCcxtVenues } from '../../../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import { type StubHandler, type StubHttp, startStubHttp } from '../../../fakes/stub-http.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { connectionTo } from '../connection.ts';
import { forbiddenFaults, httpFaults } from '../fault-matrix.ts';
import { runFaults } from '../run-faults.ts';

/** Kraken Futures stands for every venue without a profile of its own. */
const INSTRUMENT = {
  symbol: 'PF_XBTUSD',
  type: 'flexible_futures',
  base: 'BTC',
  quote: 'USD',
  pair: 'BTC:USD',
  tickSize: 1,
  contractSize: 1,
  tradeable: true,
  contractValueTradePrecision: 4,
};

const POSITION = {
  side: 'short',
  symbol: 'PF_XBTUSD',
  price: '9392.749993345933012345',
  fillTime: '2020-07-22T14:39:12.376Z',
  size: '0.25',
  unrealizedFunding: '0.00001045432180096817',
};

const ACCOUNTS = {
  flex: { type: 'multiCollateralMarginAccount', currencies: { USD: { quantity: 50 } } },
};

function standInKraken(positions: unknown = []): StubHandler {
  return ({ path }) => {
    const answer = (rest: object) => ({ body: { result: 'success', ...rest } });
    if (path.endsWith('/instruments')) return answer({ instruments: [INSTRUMENT] });
    if (path.endsWith('/openpositions')) return answer({ openPositions: positions });
    if (path.endsWith('/accounts')) return answer({ accounts: ACCOUNTS });
    return answer({});
  };
}

const open: StubHttp[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((stub) => stub.close()));
});

async function readFrom(handler: StubHandler) {
  const stub = await startStubHttp(handler);
  open.push(stub);
  // Kraken's secrets are base64.
  const connection = connectionTo('krakenfutures', stub.origin, {
    credentials: { secret: 'c2VjcmV0' },
  });
  return createCcxtVenues(systemTime()).reader(connection).read(AbortSignal.timeout(10_000));
}

describe('a venue without a profile', () => {
  test('what ccxt unifies is read with every digit; the rest is not known', async () => {
    const { positions } = await readFrom(standInKraken([POSITION]));
    if (!positions.ok) expect.fail(JSON.stringify(positions.error));
    const [position] = positions.value.positions;
    expect(positions.value.unreadable).toEqual([]);
    expect(position).toMatchObject({
      side: 'short',
      collateral: null,
      maintenanceMargin: null,
      venueRatio: null,
      liquidation: { kind: 'unknown' },
      stopLoss: { kind: 'unknown' },
    });
    expect(position?.entryPrice?.toFixed()).toBe('9392.749993345933012345');
    expect(position?.quantity?.toFixed()).toBe('0.25');
  });

  test('an empty list is flat', async () => {
    const { positions } = await readFrom(standInKraken([]));
    expect(positions).toEqual({ ok: true, value: { positions: [], unreadable: [] } });
  });

  test.each([null, {}, 'none'])(
    'a reply in which ccxt finds no list is no empty book: %j',
    async (list) => {
      const { positions } = await readFrom(standInKraken(list));
      expect(positions).toMatchObject({ ok: false });
    },
  );

  test('a symbol nobody knows is named', async () => {
    const { positions } = await readFrom(standInKraken([{ ...POSITION, symbol: 'PF_NEWUSD' }]));
    if (!positions.ok) expect.fail(positions.error.kind);
    expect(positions.value.unreadable).toEqual([{ symbol: 'PF_NEWUSD', field: 'symbol' }]);
  });

  test('an id ccxt does not know is an error at once', () => {
    expect(() =>
      createCcxtVenues(systemTime()).reader(connectionTo('nowhere', 'http://127.0.0.1:9')),
    ).toThrow('nowhere');
  });
});

describe('faults of a venue without a profile', () => {
  runFaults({
    faults: [...httpFaults(Date.now()), ...forbiddenFaults('unauthorized')],
    handlerWith: (fault) => (request) =>
      (request.path.endsWith('/instruments') ? standInKraken() : fault)(request),
    readerAt: (origin, requestMs) =>
      createCcxtVenues(systemTime(), { requestMs }).reader(
        connectionTo('krakenfutures', origin, { credentials: { secret: 'c2VjcmV0' } }),
      ),
  });
});
