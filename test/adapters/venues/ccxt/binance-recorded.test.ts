import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCcxtVenues } from '../../../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import { type StubHttp, startStubHttp } from '../../../fakes/stub-http.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { connectionTo } from '../connection.ts';
import { plain } from './contracts-for-tests.ts';
import { recordedResponses } from './recorded-responses.ts';
import { type BinanceAnswers, standInBinance } from './stand-in-binance.ts';

const recorded = recordedResponses('binance');

describe.skipIf(recorded === null)('recorded Binance replies through the production reader', () => {
  let stub: StubHttp;
  beforeEach(async () => {
    stub = await startStubHttp(standInBinance());
  });
  afterEach(() => stub.close());

  const recording = (method: string, description: string) => recorded?.(method, description);

  async function read(venue: string, answers: BinanceAnswers) {
    stub.answer(standInBinance(answers));
    const reader = createCcxtVenues(systemTime()).reader(connectionTo(venue, stub.origin));
    return plain(await reader.read(AbortSignal.timeout(10_000)));
  }

  test('USD-M position and multi-assets account, with the recorded symbol configuration', async () => {
    const reading = await read('binanceusdm', {
      '/fapi/v3/positionRisk': recording(
        'fetchPositions',
        'Fetch linear positions without symbols',
      ),
      '/fapi/v3/account': recording(
        'fetchPositions',
        'Fetch linear positions using account endnpoint',
      ),
      '/fapi/v1/symbolConfig': recording('fetchMarginMode', 'linear swap fetch margin mode'),
    });
    expect(reading).toMatchObject({
      positions: {
        value: {
          unreadable: [],
          positions: [
            {
              instrument: { symbol: 'BTC/USDT:USDT' },
              side: 'long',
              contracts: '0.009',
              quantity: '0.009',
              entryPrice: '67445.9',
              markPrice: '67502.68519858',
              venueNotionalUsd: '607.52416678',
              leverage: '20',
              marginMode: 'cross',
              collateral: null,
              initialMargin: { amount: '7.59405208', currency: 'USDT' },
              maintenanceMargin: { amount: '2.43009666', currency: 'USDT' },
              unrealizedPnl: { amount: '0.51106678', currency: 'USDT' },
              liquidation: { kind: 'price', price: '64846.9875379' },
              venueUpdatedAt: 1722161166529,
            },
          ],
        },
      },
      margin: {
        value: {
          equityUsd: '26.26840422',
          availableUsd: '18.65949928',
          initialMarginUsd: '7.59482199',
          orderMarginUsd: '0',
          maintenanceMarginUsd: '2.43034303',
          collateral: [
            { asset: 'USDT', quantity: '4.27203287' },
            { asset: 'USDC', quantity: '22' },
          ],
          venueUpdatedAt: 1722161166529,
        },
      },
    });
  });

  test('USD-M single-asset account', async () => {
    const reading = await read('binanceusdm', {
      '/fapi/v3/account': recording('fetchBalance', 'Linear swap balance'),
    });
    expect(reading).toMatchObject({
      margin: {
        value: { equityUsd: '31.022612', availableUsd: '31.022612', maintenanceMarginUsd: '0' },
      },
    });
  });

  test('COIN-M position: 3 contracts of 100 dollars, short; the flat dated row is none', async () => {
    const reading = await read('binancecoinm', {
      '/dapi/v1/positionRisk': recording('fetchPositions', 'inverse positions'),
    });
    expect(reading).toMatchObject({
      positions: {
        value: {
          unreadable: [],
          positions: [
            {
              instrument: { symbol: 'BTC/USD:BTC', kind: 'inverse', contractSize: '100' },
              side: 'short',
              contracts: '3',
              entryPrice: '68911.00000037',
              markPrice: '68234.2',
              leverage: '20',
              marginMode: 'cross',
              unrealizedPnl: { amount: '0.00004318', currency: 'BTC' },
              liquidation: { kind: 'price', price: '72491.16879818' },
            },
          ],
        },
      },
    });
    expect(reading).toHaveProperty('positions.value.positions.length', 1);
  });

  test.each(['fetch papi balance', 'fetch linear papi balance'])(
    'portfolio margin: %s, less what was borrowed',
    async (description) => {
      const balance = recording('fetchBalance', description);
      const usdt = (balance as { asset: string; crossMarginInterest: string }[]).find(
        (row) => row.asset === 'USDT',
      );
      const reading = await read('binancepm', { '/papi/v1/balance': balance });
      const byAsset = Object.fromEntries(
        (
          reading as { margin: { value: { collateral: { asset: string; quantity: string }[] } } }
        ).margin.value.collateral.map(({ asset, quantity }) => [asset, quantity]),
      );
      expect(byAsset).toMatchObject({ ETH: '0.00057786', LTC: '0.000636', ADA: '10.0325' });
      // 136.03451668 held, 0.00011146 borrowed.
      const interest = usdt?.crossMarginInterest === '0.00007902' ? '136.0343262' : '136.03440325';
      expect(byAsset['USDT']).toBe(interest);
    },
  );
});
