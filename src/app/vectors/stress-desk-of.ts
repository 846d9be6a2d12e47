import type { Decimal } from '../../domain/decimal.ts';
import { ONE } from '../../domain/decimal.ts';
import type { Instrument } from '../../domain/instrument.ts';
import type { Position, Side } from '../../domain/position.ts';
import { asAccountId, asPrice, asQuantity, asUsd } from '../../domain/units.ts';
import type { AccountSnapshot, Snapshot } from '../../portfolio/snapshot.ts';
import { openTier } from './leg-of.ts';

const VENUE = 'vector';

interface StressedLeg {
  readonly base: string;
  readonly side: Side;
  readonly size: Decimal;
  readonly mark: Decimal;
  /** Maintenance as a share of the value, without brackets. */
  readonly rate: Decimal;
}

interface StressedAccount {
  readonly id: string;
  readonly equity: Decimal;
  readonly legs: readonly StressedLeg[];
}

/** A desk of cross accounts in dollars, as stress vectors describe one. */
export function stressDeskOf(accounts: readonly StressedAccount[]): Snapshot {
  return { accounts: accounts.map(accountOf), takenAt: 0 };
}

function accountOf({ id, equity, legs }: StressedAccount): AccountSnapshot {
  return {
    account: { id: asAccountId(id), name: id, venue: VENUE, books: [], fundedBy: [] },
    status: 'ok',
    positions: legs.map((leg) => positionOf(id, leg)),
    positionsAt: 0,
    margin: {
      equityUsd: asUsd(equity),
      ...{ availableUsd: null, initialMarginUsd: null, orderMarginUsd: null },
      ...{ maintenanceMarginUsd: null, venueRatio: null, venueStatus: null },
      pooling: 'account',
      ...{ collateral: [], observedAt: 0, venueUpdatedAt: null },
    },
    gaps: [],
  };
}

function positionOf(account: string, { base, side, size, mark, rate }: StressedLeg): Position {
  const symbol = `${base}/USDT:USDT`;
  return {
    account: asAccountId(account),
    venue: VENUE,
    instrument: {
      ...{ id: `${VENUE}:${symbol}` as Instrument['id'], venue: VENUE, symbol, asset: base },
      ...{ quote: 'USDT', settle: 'USDT', kind: 'linear', contractSize: ONE, multiplier: ONE },
      ...{ tickSize: null, tiers: [openTier(rate, size.minus(size))], tierUnit: 'quote' },
      takerFee: null,
    },
    side,
    ...{ quantity: asQuantity(size), contracts: size },
    ...{ entryPrice: asPrice(mark), markPrice: asPrice(mark), venueNotionalUsd: null },
    ...{ leverage: null, marginMode: 'cross', collateral: null, initialMargin: null },
    ...{ maintenanceMargin: null, unrealizedPnl: null, venueRatio: null, venueId: null },
    liquidation: { kind: 'unknown' },
    takeProfit: { kind: 'unknown' },
    stopLoss: { kind: 'unknown' },
    ...{ observedAt: 0, venueUpdatedAt: null },
  };
}
