import { expect, test } from 'vitest';
import { splitMultiplier } from '../../src/domain/split-multiplier.ts';

test.each([
  { base: 'BTC', asset: 'BTC', multiplier: '1' },
  { base: '1000PEPE', asset: 'PEPE', multiplier: '1000' },
  { base: '10000SATS', asset: 'SATS', multiplier: '10000' },
  { base: '1000000MOG', asset: 'MOG', multiplier: '1000000' },
  { base: '1MBABYDOGE', asset: 'BABYDOGE', multiplier: '1000000' },
  { base: 'SHIB1000', asset: 'SHIB', multiplier: '1000' },
  { base: 'KPEPE', asset: 'PEPE', multiplier: '1000' },
  { base: '1INCH', asset: '1INCH', multiplier: '1' },
  { base: 'KAVA', asset: 'KAVA', multiplier: '1' },
  { base: 'FLX-CRCL', asset: 'FLX-CRCL', multiplier: '1' },
])('$base is $multiplier × $asset', ({ base, asset, multiplier }) => {
  expect(splitMultiplier(base)).toEqual({ asset, multiplier });
});
