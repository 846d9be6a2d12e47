import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCcxtVenues } from '../../../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import { type StubHttp, type StubReply, startStubHttp } from '../../../fakes/stub-http.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { connectionTo } from '../connection.ts';
import { plain } from './contracts-for-tests.ts';
import { recordedResponses } from './recorded-responses.ts';
import { OKX_ALGOS, OKX_POSITIONS, standInOkx } from './stand-in-okx.ts';

const recorded = recordedResponses('okx');

describe.skipIf(recorded === null)('recorded OKX replies through the production reader', () => {
  let stub: StubHttp;
  beforeEach(async () => {
    stub = await startStubHttp(standInOkx());
  });
  afterEach(() => stub.close());

  const recording = (method: string, description: string) => recorded?.(method, description);

  function readerWith(bodies: Readonly<Record<string, unknown>>) {
    stub.answer((request): StubReply => {
      const body = bodies[request.path];
      return body === undefined ? (standInOkx()(request) as StubReply) : { body };
    });
    const credentials = { password: 'p' };
    return createCcxtVenues(systemTime()).reader(connectionTo('okx', stub.origin, { credentials }));
  }
  const soon = () => AbortSignal.timeout(10_000);
  async function read(bodies: Readonly<Record<string, unknown>>) {
    return plain(await readerWith(bodies).read(soon()));
  }

  test.each([
    {
      // Its size contradicts its own market, so only what the venue printed is compared.
      description: 'fetch position',
      is: {
        instrument: { symbol: 'LTC/USDT:USDT' },
        side: 'long',
        contracts: '2',
        entryPrice: '82.675',
        markPrice: '101.33',
        venueNotionalUsd: '0.2027248512',
        leverage: '10',
        marginMode: 'cross',
        collateral: null,
        initialMargin: { amount: '0.020266', currency: 'USDT' },
        maintenanceMargin: { amount: '0.00131729', currency: 'USDT' },
        unrealizedPnl: { amount: '0.03731', currency: 'USDT' },
        liquidation: { kind: 'none' },
        venueRatio: { name: 'mgnRatio', value: '44059567.05069113', direction: 'down' },
        venueId: '653944598162657280',
        venueUpdatedAt: 1712390404547,
      },
    },
    {
      description: 'Inverse swap cross fetch position',
      is: {
        instrument: { symbol: 'BTC/USD:BTC', kind: 'inverse', contractSize: '100' },
        contracts: '1',
        venueNotionalUsd: '100',
        marginMode: 'cross',
        initialMargin: { amount: '0.000054313938912', currency: 'BTC' },
        maintenanceMargin: { amount: '0.000004345115113', currency: 'BTC' },
        unrealizedPnl: { amount: '0.0000011848325084', currency: 'BTC' },
        liquidation: { kind: 'price', price: '89.11497615226264' },
      },
    },
    {
      description: 'Inverse swap isolated fetch position',
      is: {
        marginMode: 'isolated',
        leverage: '3',
        collateral: { amount: '0.0003611412062116', currency: 'BTC' },
        initialMargin: { amount: '0.0003611412062116', currency: 'BTC' },
        maintenanceMargin: { amount: '0.0000043300962256', currency: 'BTC' },
        liquidation: { kind: 'price', price: '69536.6125000014' },
        venueRatio: { value: '74.32029212310307' },
      },
    },
  ])('$description', async ({ description, is }) => {
    const reading = await read({ [OKX_POSITIONS]: recording('fetchPosition', description) });
    expect(reading).toMatchObject({
      positions: { value: { unreadable: [], positions: [is] } },
    });
  });

  test('trading account balance (partial details)', async () => {
    const body = recording('fetchBalance', 'trading account balance (partial details)');
    expect(await read({ '/api/v5/account/balance': body })).toMatchObject({
      margin: {
        value: {
          equityUsd: '43749472.35962724',
          availableUsd: '151181.075297336',
          initialMarginUsd: '101.55048142073795',
          orderMarginUsd: '13.335066666666664',
          maintenanceMarginUsd: '9.073098173527129',
          venueRatio: { name: 'mgnRatio', value: '15996.96577491501', direction: 'down' },
          collateral: [
            { asset: 'USDC', quantity: '2973.521', venueUsd: '2973.2236479000003' },
            { asset: 'TRX', quantity: '10000', venueUsd: '2970' },
            { asset: 'LTC', quantity: '10.29979', venueUsd: '996.8136762' },
            { asset: 'ADA', quantity: '1000', venueUsd: '747.91' },
            { asset: 'USDT', quantity: '0.000258796', venueUsd: '0.00025882964348' },
          ],
          venueUpdatedAt: 1752243327154,
        },
      },
    });
  });

  test('a pending stop of one contract that buys: no stop of a long', async () => {
    const reading = await read({
      [OKX_POSITIONS]: recording('fetchPosition', 'fetch position'),
      [OKX_ALGOS]: recording('fetchOpenOrders', 'fetchOpenOrders trigger with since = 0'),
    });
    expect(reading).toMatchObject({
      positions: { value: { positions: [{ stopLoss: { kind: 'none' } }] } },
      stopsError: null,
    });
  });

  test('the recorded key may withdraw and is bound to no address', async () => {
    const body = recording('fetchAccounts', 'Fetch accounts');
    const inspection = await readerWith({ '/api/v5/account/config': body }).inspect(soon());
    expect(inspection).toMatchObject({
      ok: true,
      value: { mayTrade: true, mayWithdraw: true, hasIpList: false, modes: ['one-way'] },
    });
  });
});
