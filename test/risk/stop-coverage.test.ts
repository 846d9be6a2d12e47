import { expect, test } from 'vitest';
import { dec } from '../../src/domain/decimal.ts';
import type { Position } from '../../src/domain/position.ts';
import { asPrice, asRatio } from '../../src/domain/units.ts';
import { assessDesk } from '../../src/risk/assess-desk.ts';
import { stopCoverage } from '../../src/risk/stop-coverage.ts';
import { account, desk, instrument, position, tiers } from './sample-desk.ts';

const BTC = instrument('BTC/USDT:USDT', {
  tiers: tiers(['0', '0.005', '0']),
  takerFee: asRatio(dec('0.0005')),
});

function coverage(text: { side: 'long' | 'short'; stop: string; liq?: string; margin?: string }) {
  const mode = text.margin === undefined ? 'cross' : 'isolated';
  const held = position({
    ...{ instrument: BTC, side: text.side, contracts: '1', entry: '100', mark: '100', mode },
    ...(text.liq === undefined ? {} : { liquidation: text.liq }),
    ...(text.margin === undefined ? {} : { collateral: text.margin }),
  });
  const stopLoss: Position['stopLoss'] =
    text.stop === 'none' || text.stop === 'unknown'
      ? { kind: text.stop }
      : { kind: 'price', price: asPrice(dec(text.stop)) };
  const [risk] = assessDesk(desk(account({ positions: [{ ...held, stopLoss }] }))).positions;
  return risk && stopCoverage(risk);
}

test.each([
  { why: 'a long stops above', side: 'long', stop: '91', liq: '90', is: 'before' },
  { why: 'a long stops below', side: 'long', stop: '89', liq: '90', is: 'beyond' },
  { why: 'at the very price', side: 'long', stop: '90', liq: '90', is: 'beyond' },
  { why: 'a short stops below', side: 'short', stop: '109', liq: '110', is: 'before' },
  { why: 'a short stops above', side: 'short', stop: '111', liq: '110', is: 'beyond' },
  { why: 'a hedged long that dies of a rise', side: 'long', stop: '91', liq: '110', is: 'beyond' },
  { why: 'nothing liquidates it', side: 'long', stop: '10', liq: 'none', is: 'before' },
  {
    why: 'our own estimate where the venue has none',
    side: 'long',
    stop: '80',
    margin: '10',
    is: 'beyond',
  },
  { why: 'nobody knows the price', side: 'long', stop: '91', is: 'unchecked' },
  { why: 'no stop', side: 'long', stop: 'none', liq: '90', is: 'none' },
  { why: 'nobody said', side: 'long', stop: 'unknown', liq: '90', is: 'unknown' },
] as const)('$why: $is', ({ is, why: _, ...text }) => {
  expect(coverage(text)).toBe(is);
});
