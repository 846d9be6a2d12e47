import type { PositionScene } from '../../src/actions/preview-position.ts';
import { dec, ONE, ZERO } from '../../src/domain/decimal.ts';
import { money } from '../../src/domain/money.ts';
import { asRatio } from '../../src/domain/units.ts';
import { accountPools } from '../../src/risk/cross/account-pools.ts';
import type { MarginSubject } from '../../src/risk/cross/margin-target.ts';
import { continuousTiers } from '../../src/risk/maintenance.ts';
import type { PositionText } from '../risk/sample-desk.ts';
import { account, instrument, position } from '../risk/sample-desk.ts';
import { sha256 } from './a-preview.ts';

const TIERS = continuousTiers([
  { floor: ZERO, rate: dec('0.005') },
  { floor: dec(40_000), rate: dec('0.01') },
]);

export const BTC = instrument('BTC/USDT:USDT', {
  venue: 'binanceusdm',
  tiers: TIERS,
  takerFee: asRatio(dec('0.0005')),
});

/** An isolated long of 1 BTC at 50,000 with 5,000 of margin; maintenance at the mark is 300. */
export function aSubject(more: Partial<PositionText> = {}): MarginSubject {
  const held = position({
    ...{ instrument: BTC, contracts: '1', entry: '50000', mark: '50000', mode: 'isolated' },
    collateral: '5000',
    ...more,
  });
  const made = account({
    ...{ venue: 'binanceusdm', equity: '9000', maintenance: '300', positions: [held] },
    coins: [['USDT', '9000']],
  });
  const known = made.margin && {
    ...made.margin,
    collateral: made.margin.collateral.map((coin) => ({
      ...coin,
      brackets: [{ floor: ZERO, rate: asRatio(ONE) }],
    })),
  };
  const snapshot = { ...made, margin: known };
  return { position: held, account: snapshot, pools: accountPools(snapshot, () => null) };
}

/** 2,000 USDT free, steps of 0.01 USDT and 0.001 contracts. Half a chance below 46,000, else a tenth. */
export function aScene(changes: Partial<PositionScene> = {}): PositionScene {
  return {
    subject: aSubject(),
    stops: { takeProfit: [], stopLoss: [], trailing: null },
    marginStep: dec('0.01'),
    contractStep: dec('0.001'),
    marginOnReduce: 'released',
    free: money(dec(2_000), 'USDT'),
    coinUsd: null,
    probabilityAt: (price) => (price === null ? null : asRatio(dec(price.gt(46_000) ? 0.5 : 0.1))),
    expiresAt: 60_000,
    hash: sha256,
    ...changes,
  };
}
