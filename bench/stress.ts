import { dec } from '../src/domain/decimal.ts';
import type { Position } from '../src/domain/position.ts';
import { asAccountId, asPrice, asQuantity, asRatio, asUsd } from '../src/domain/units.ts';
import type { AccountSnapshot, Snapshot } from '../src/portfolio/snapshot.ts';
import { continuousTiers } from '../src/risk/maintenance.ts';
import { computeStressBook } from '../src/risk/stress/compute-stress-book.ts';
import { priceGrid } from '../src/risk/stress/scenario-grid.ts';
import { stressDesk } from '../src/risk/stress/stress-desk.ts';
import type { Row } from './row.ts';

const ACCOUNTS = 50;
const LEGS = 4;
const MARKS = { BTC: '60000', ETH: '3000', SOL: '150', BNB: '600', XRP: '2' } as const;
const ASSETS = Object.keys(MARKS) as (keyof typeof MARKS)[];
const ROUNDS = 9;

/** The grid of 5 assets and all together, 21 steps less the one where nothing moves, over 50 accounts. */
export function benchStress(): Row[] {
  const snapshot: Snapshot = {
    accounts: Array.from({ length: ACCOUNTS }, (_, index) => accountOf(index)),
    takenAt: 0,
  };
  const grid = priceGrid(ASSETS);
  const timed = (run: () => void): number => {
    const rounds = Array.from({ length: ROUNDS }, () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    });
    return rounds.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
  };
  const prepared = timed(() => computeStressBook(snapshot));
  const book = computeStressBook(snapshot);
  const walked = timed(() => {
    for (const scenario of grid) stressDesk(book, scenario);
  });
  return [
    {
      name: `stress grid, ${ACCOUNTS} accounts × ${grid.length} scenarios, tiers and cascade`,
      figure: `${walked.toFixed(1)} ms`,
      baseline: `${prepared.toFixed(1)} ms to prepare the desk`,
      ratio: '',
    },
  ];
}

function accountOf(index: number): AccountSnapshot {
  const id = asAccountId(`bench-${index}`);
  const equity = asUsd(dec(20_000 + index * 2_000));
  return {
    account: { id, name: id, venue: 'binanceusdm', books: [], fundedBy: [] },
    status: 'ok',
    positions: Array.from({ length: LEGS }, (_, leg) => positionOf(index, leg)),
    positionsAt: 0,
    margin: {
      ...{ equityUsd: equity, availableUsd: null, initialMarginUsd: null, orderMarginUsd: null },
      ...{ maintenanceMarginUsd: null, venueRatio: null, venueStatus: null, pooling: 'account' },
      collateral: [{ asset: 'USDT', quantity: equity, venueUsd: null, brackets: null }],
      ...{ observedAt: 0, venueUpdatedAt: null },
    },
    gaps: [],
  };
}

const TIERS = continuousTiers(
  [
    ['0', '0.004'],
    ['50000', '0.005'],
    ['250000', '0.01'],
    ['1000000', '0.025'],
  ].map(([floor = '0', rate = '0']) => ({ floor: dec(floor), rate: dec(rate) })),
);

function positionOf(index: number, leg: number): Position {
  const asset = ASSETS[(index + leg) % ASSETS.length] ?? 'BTC';
  const symbol = `${asset}/USDT:USDT`;
  const mark = dec(MARKS[asset]);
  const contracts = dec(20_000 + ((index * 997) % 60_000) * (1 + leg)).div(mark);
  return {
    account: asAccountId(`bench-${index}`),
    venue: 'binanceusdm',
    instrument: {
      ...{ id: `binanceusdm:${symbol}` as Position['instrument']['id'], venue: 'binanceusdm' },
      ...{ symbol, asset, quote: 'USDT', settle: 'USDT', kind: 'linear', tierUnit: 'quote' },
      ...{ contractSize: dec('1'), tickSize: null, multiplier: dec('1'), tiers: TIERS },
      takerFee: asRatio(dec('0.0005')),
    },
    side: (index + leg) % 3 === 0 ? 'short' : 'long',
    ...{ quantity: asQuantity(contracts), contracts, entryPrice: asPrice(mark) },
    ...{ markPrice: asPrice(mark), venueNotionalUsd: null, leverage: null, marginMode: 'cross' },
    ...{ collateral: null, initialMargin: null, maintenanceMargin: null, unrealizedPnl: null },
    liquidation: { kind: 'unknown' },
    takeProfit: { kind: 'unknown' },
    stopLoss: { kind: 'unknown' },
    ...{ venueRatio: null, venueId: null, observedAt: 0, venueUpdatedAt: null },
  };
}
