import { expect, test } from 'vitest';
import { instrumentOf, NO_PROFILE } from '../../../../src/adapters/venues/ztdx/instrument-of.ts';

test.each([
  { why: 'as on the page', raw: 'BTCUSDT', symbol: 'BTC/USDT:USDT', asset: 'BTC', times: '1' },
  { why: 'with a dash', raw: 'BTC-USDT', symbol: 'BTC/USDT:USDT', asset: 'BTC', times: '1' },
  { why: 'in small letters', raw: 'ethusdt', symbol: 'ETH/USDT:USDT', asset: 'ETH', times: '1' },
  {
    why: 'counted in thousands',
    raw: '1000PEPEUSDT',
    symbol: '1000PEPE/USDT:USDT',
    asset: 'PEPE',
    times: '1000',
  },
  {
    why: 'counted in millions, the short way',
    raw: '1MBABYDOGEUSDT',
    symbol: '1MBABYDOGE/USDT:USDT',
    asset: 'BABYDOGE',
    times: '1000000',
  },
  {
    why: 'counted in thousands, the other way round',
    raw: 'SHIB1000USDT',
    symbol: 'SHIB1000/USDT:USDT',
    asset: 'SHIB',
    times: '1000',
  },
  {
    why: 'a name that begins with a one',
    raw: '1INCHUSDT',
    symbol: '1INCH/USDT:USDT',
    asset: '1INCH',
    times: '1',
  },
  {
    why: 'quoted in USDC, settled in USDT all the same',
    raw: 'BTCUSDC',
    symbol: 'BTC/USDC:USDT',
    asset: 'BTC',
    times: '1',
  },
  {
    why: 'a base that ends like a quote',
    raw: 'USDCUSDT',
    symbol: 'USDC/USDT:USDT',
    asset: 'USDC',
    times: '1',
  },
])('a symbol is understood without asking: $why', ({ raw, symbol, asset, times }) => {
  const instrument = instrumentOf(raw, NO_PROFILE);
  expect(instrument).toMatchObject({ id: `ztdx:${symbol}`, symbol, asset, settle: 'USDT' });
  expect(instrument?.multiplier.toString()).toBe(times);
  expect(instrument?.tiers?.map(({ rate, deduction }) => `${rate} ${deduction}`)).toEqual([
    '0.005 0',
  ]);
});

test.each(['', 'USDT', 'BTCEUR', 'BTC USDT', '?'])('%j is no pair we know', (raw) => {
  expect(instrumentOf(raw, NO_PROFILE)).toBeNull();
});
