import { describe, expect, test } from 'vitest';
import { recordedCrashes } from '../../../src/risk/stress/recorded-crashes.ts';
import { allScenarios, priceGrid } from '../../../src/risk/stress/scenario-grid.ts';

const DESK = { assets: ['BTC', 'ETH', 'WBETH'], dollars: ['USDT', 'USD'] };

test('every scenario has an id of its own, in lower case, and no way without a point', () => {
  const all = allScenarios(DESK, { BTC: 0.02, ETH: 0.03, WBETH: 0.03 });
  const ids = all.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => id !== id.toLowerCase())).toEqual([]);
  expect(all.every(({ path }) => path.length > 0)).toBe(true);
  for (const id of [
    '2025-10-10',
    '2025-10-10-adl-half',
    'all-30',
    'btc+20',
    'usdt-0.97',
    'lst-10',
  ]) {
    expect(ids).toContain(id);
  }
  expect(ids.filter((id) => id.startsWith('usd-'))).toEqual([]);
});

test('an unknown volatility leaves its rows out instead of guessing', () => {
  const kinds = (volatility: Record<string, number>) =>
    allScenarios(DESK, volatility).filter(({ kind }) => kind === 'volatility').length;
  expect(kinds({ BTC: 0.02, ETH: 0.03 })).toBe(0);
  expect(kinds({ BTC: 0.02, ETH: 0.03, WBETH: 0.5 })).toBe(2);
});

test('the price grid: 20 moves per asset and jointly', () => {
  const grid = priceGrid(['BTC', 'ETH']);
  expect(grid).toHaveLength(60);
  expect(grid.find(({ id }) => id === 'btc-20')?.path[0]?.moves).toEqual({ BTC: -0.2 });
  expect(grid.find(({ id }) => id === 'all+50')?.path[0]?.moves).toEqual({ BTC: 0.5, ETH: 0.5 });
});

describe('recorded crashes', () => {
  const movesOf = (id: string, asset: string) => {
    const crash = recordedCrashes([asset]).find((each) => each.id === id);
    const [trough, close] = crash?.path.map(({ moves }) => moves[asset]) ?? [];
    return { trough, close: close?.toFixed(3), isProxy: crash?.proxies.includes(asset) };
  };

  test.each([
    {
      why: 'as recorded',
      id: '2025-10-10',
      asset: 'XRP',
      trough: -0.455,
      close: '-0.159',
      isProxy: false,
    },
    {
      why: 'the last column',
      id: '2024-08-05',
      asset: 'ADA',
      trough: -0.186,
      close: '-0.090',
      isProxy: false,
    },
    {
      why: 'SOL did not trade yet',
      id: '2020-03-12',
      asset: 'SOL',
      trough: -0.55,
      close: '-0.539',
      isProxy: true,
    },
    {
      why: 'a large coin',
      id: '2025-10-10',
      asset: 'DOGE',
      trough: -0.5,
      close: '-0.262',
      isProxy: true,
    },
    {
      why: 'a middle one',
      id: '2025-10-10',
      asset: 'ARB',
      trough: -0.7,
      close: '-0.367',
      isProxy: true,
    },
    {
      why: 'a small one',
      id: '2025-10-10',
      asset: 'XYZ',
      trough: -0.9,
      close: '-0.472',
      isProxy: true,
    },
    {
      why: 'as the worst recorded',
      id: '2022-11-08_09',
      asset: 'XYZ',
      trough: -0.578,
      close: '-0.539',
      isProxy: true,
    },
  ])('$id $asset: $why', ({ id, asset, trough, close, isProxy }) => {
    expect(movesOf(id, asset)).toEqual({ trough, close, isProxy });
  });
});
