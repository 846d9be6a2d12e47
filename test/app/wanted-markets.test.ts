import { expect, test } from 'vitest';
import { wantedMarkets } from '../../src/app/wanted-markets.ts';
import type { CollateralBalance } from '../../src/domain/account.ts';
import { dec } from '../../src/domain/decimal.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import { aPosition } from '../fakes/a-position.ts';

const { instrument } = aPosition();
const held = (symbol: string, asset: string) =>
  aPosition({ instrument: { ...instrument, symbol, asset, venue: 'okx' } });
const coin = (asset: string, quantity: string) =>
  ({ asset, quantity: dec(quantity) }) as CollateralBalance;

test('assets of positions and coin collateral, once each; dollars and dust of zero are none', () => {
  const snapshot = {
    takenAt: 0,
    accounts: [
      {
        positions: [
          held('BTC/USDT:USDT', 'BTC'),
          held('BTC/USDT:USDT', 'BTC'),
          held('1000PEPE/USDT:USDT', 'PEPE'),
          held('BTC/USD:BTC-261225', 'BTC'),
        ],
        margin: {
          collateral: [coin('USDT', '5'), coin('SOL', '2'), coin('XRP', '0'), coin('BTC', '-1')],
        },
      },
      { positions: [], margin: null },
    ],
  } as unknown as Snapshot;
  expect(wantedMarkets(snapshot)).toEqual({
    assets: ['BTC', 'PEPE', 'SOL'],
    // A dated future pays no funding.
    instruments: [
      { venue: 'okx', symbol: 'BTC/USDT:USDT' },
      { venue: 'okx', symbol: '1000PEPE/USDT:USDT' },
    ],
  });
});

test('the benchmark of betas is wanted too, unless nothing is held', () => {
  const of = (positions: readonly unknown[]) =>
    wantedMarkets({ takenAt: 0, accounts: [{ positions, margin: null }] } as unknown as Snapshot);
  expect(of([held('SOL/USDT:USDT', 'SOL')]).assets).toEqual(['SOL', 'BTC']);
  expect(of([]).assets).toEqual([]);
  const flat = { takenAt: 0, accounts: [] };
  expect(wantedMarkets(flat, ['XRP']).assets).toEqual(['XRP', 'BTC']);
});
