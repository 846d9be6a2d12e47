import { dec, ONE } from '../../src/domain/decimal.ts';
import type { Position } from '../../src/domain/position.ts';
import { asAccountId, asPrice, asQuantity, type InstrumentId } from '../../src/domain/units.ts';

/** A cross long of 1 BTC at 60,000; what a test is about goes into `changes`. */
export function aPosition(changes: Partial<Position> = {}): Position {
  return {
    account: asAccountId('a'),
    venue: 'fake',
    instrument: {
      id: 'fake:BTC/USDT:USDT' as InstrumentId,
      venue: 'fake',
      symbol: 'BTC/USDT:USDT',
      asset: 'BTC',
      quote: 'USDT',
      settle: 'USDT',
      kind: 'linear',
      contractSize: ONE,
      tickSize: null,
      multiplier: ONE,
      tiers: null,
      tierUnit: 'quote',
      takerFee: null,
    },
    side: 'long',
    quantity: asQuantity(ONE),
    contracts: ONE,
    entryPrice: asPrice(dec('60000')),
    markPrice: asPrice(dec('60000')),
    venueNotionalUsd: null,
    leverage: null,
    marginMode: 'cross',
    collateral: null,
    initialMargin: null,
    maintenanceMargin: null,
    unrealizedPnl: null,
    liquidation: { kind: 'unknown' },
    takeProfit: { kind: 'unknown' },
    stopLoss: { kind: 'unknown' },
    venueRatio: null,
    venueId: null,
    observedAt: 0,
    venueUpdatedAt: null,
    ...changes,
  };
}
