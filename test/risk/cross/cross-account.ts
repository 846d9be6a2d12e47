import { dec, ONE, ZERO } from '../../../src/domain/decimal.ts';
import type { Position, VenueRatio } from '../../../src/domain/position.ts';
import { asRatio } from '../../../src/domain/units.ts';
import type { AccountSnapshot } from '../../../src/portfolio/snapshot.ts';
import { account, instrument, type PositionText, position, tiers } from '../sample-desk.ts';

const TIERS = tiers(['0', '0.01', '0']);
export const BTC = instrument('BTC/USDT:USDT', { tiers: TIERS, takerFee: asRatio(dec('0.0005')) });
export const ETH = instrument('ETH/USDT:USDT', { tiers: TIERS, takerFee: asRatio(dec('0.0005')) });
export const BTC_COIN = instrument('BTC/USD:BTC', { tiers: TIERS, contractSize: dec('100') });

export const cross = (text: Partial<PositionText>) =>
  position({
    instrument: BTC,
    contracts: '1',
    mark: '50000',
    mode: 'cross',
    maintenance: '500',
    ...text,
  });

/** Long 1 BTC at 50,000 (maintenance 500) and 4 ETH at 2,500 (100), 1 % each. */
export const LONGS = [
  cross({}),
  cross({ instrument: ETH, contracts: '4', mark: '2500', maintenance: '100' }),
];
/** Beside them, on its own margin: 2,000 and a gain of 100, maintenance 50. */
export const APART = cross({
  ...{
    instrument: ETH,
    side: 'short',
    contracts: '2',
    mark: '2500',
    mode: 'isolated',
    entry: '2550',
  },
  ...{ collateral: '2000', pnl: '100', maintenance: '50' },
});

export interface AccountParts {
  readonly venue?: string;
  readonly equity?: string | null;
  /** Null: the venue does not tell it. */
  readonly maintenance?: string | null;
  readonly pooling?: 'account' | 'coin' | null;
  readonly ratio?: VenueRatio;
  readonly coins?: readonly (readonly [string, string, string?])[];
  /** Haircut of every coin that is not a dollar; none: not known. */
  readonly rate?: string;
  readonly positions?: readonly Position[];
  readonly gaps?: AccountSnapshot['gaps'];
}

export function accountOf(text: AccountParts): AccountSnapshot {
  const venue = text.venue ?? 'bybit';
  const made = account({
    venue,
    equity: text.equity === undefined ? '10000' : text.equity,
    maintenance: text.maintenance ?? '600',
    coins: [['USDT', '10000', '10000']],
    ...(text.ratio === undefined ? {} : { venueRatio: text.ratio }),
    ...(text.coins === undefined ? {} : { coins: text.coins }),
    positions: (text.positions ?? LONGS).map((each) => ({ ...each, venue })),
  });
  const margin = made.margin && {
    ...made.margin,
    ...(text.maintenance === null ? { maintenanceMarginUsd: null } : {}),
    pooling: text.pooling === undefined ? ('account' as const) : text.pooling,
    collateral: made.margin.collateral.map((coin) => ({
      ...coin,
      brackets:
        text.rate === undefined || coin.asset === 'USDT'
          ? null
          : [{ floor: ZERO, rate: asRatio(dec(text.rate)) }],
    })),
  };
  return { ...made, margin, gaps: text.gaps ?? [] };
}

export const mmRate = (value: string): VenueRatio => ({
  ...{ name: 'accountMMRate', value: dec(value), direction: 'up', liquidatesAt: ONE },
});
export const uniMmr = (value: string): VenueRatio => ({
  ...{ name: 'uniMMR', value: dec(value), direction: 'down', liquidatesAt: dec('1.05') },
});
export const BTC_HELD = [
  ['USDT', '10000', '10000'],
  ['BTC', '0.2', '10000'],
] as const;
