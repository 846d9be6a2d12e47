import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dec } from '../../../src/domain/decimal.ts';
import { asUsd } from '../../../src/domain/units.ts';
import type { AccountSnapshot, Snapshot } from '../../../src/portfolio/snapshot.ts';
import { afterTransfers } from '../../../src/risk/rebalance/after-transfers.ts';
import { computeStressBook } from '../../../src/risk/stress/compute-stress-book.ts';
import type { Prevention } from '../../../src/risk/stress/preventing-transfers.ts';
import { preventingTransfers } from '../../../src/risk/stress/preventing-transfers.ts';
import type { Scenario } from '../../../src/risk/stress/scenario.ts';
import { TODAY } from '../../../src/risk/stress/scenario.ts';
import { stressDesk } from '../../../src/risk/stress/stress-desk.ts';
import { account, desk } from '../sample-desk.ts';
import { fundedBy, randomAccount, randomMoves } from './random-book.ts';
import { leg, path } from './stressed.ts';

function withAvailable(one: AccountSnapshot, available: string): AccountSnapshot {
  const margin = one.margin && { ...one.margin, availableUsd: asUsd(dec(available)) };
  return { ...one, margin };
}

function prevented(snapshot: Snapshot, scenario: Scenario): Prevention {
  return preventingTransfers(snapshot, computeStressBook(snapshot), scenario);
}

const POOR = account({ id: 'poor', venue: 'okx', equity: '6000', positions: [leg('long 1 BTC')] });
const RICH = withAvailable(
  account({ id: 'rich', venue: 'okx', equity: '50000', positions: [leg('short 0.1 BTC')] }),
  '40000',
);

describe('what would have prevented it', () => {
  test('the amount, and a cent, from who may send', () => {
    const snapshot = desk(fundedBy(POOR, ['rich']), RICH);
    // At −20 % the long has lost 12,000 and must keep 0.5 % of 48,000.
    expect(prevented(snapshot, path({ BTC: -20 }))).toEqual({
      transfers: [
        { from: 'rich', to: 'poor', isolated: null, amountUsd: dec('6240.01'), executable: true },
      ],
      saved: ['poor'],
      lost: [],
    });
  });

  test('the worst point of the path decides, wherever it is', () => {
    const snapshot = desk(fundedBy(POOR, ['rich']), RICH);
    const [move] = prevented(snapshot, path({ BTC: 5 }, { BTC: -20 }, { BTC: 0 })).transfers;
    expect(move?.amountUsd.toString()).toBe('6240.01');
  });

  test('nothing was needed', () => {
    const snapshot = desk(fundedBy(POOR, ['rich']), RICH);
    expect(prevented(snapshot, path({ BTC: -5 }))).toEqual({ transfers: [], saved: [], lost: [] });
  });

  test('nobody may send there', () => {
    expect(prevented(desk(POOR, RICH), path({ BTC: -20 }))).toEqual({
      ...{ transfers: [], saved: [], lost: [{ account: 'poor', needUsd: dec('6240.01') }] },
    });
  });

  test('own free margin into an isolated position', () => {
    const held = [leg('long 1 BTC', { mode: 'isolated', collateral: '3000' }), leg('long 1 ETH')];
    const own = withAvailable(account({ equity: '30000', positions: held }), '20000');
    const { transfers } = prevented(desk(own), path({ BTC: -20 }));
    expect(transfers).toMatchObject([{ from: 'a', to: 'a', executable: true }]);
    expect(transfers[0]?.isolated).not.toBeNull();
    expect(transfers[0]?.amountUsd.toString()).toBe('9240.01');
  });

  test('not enough for all: who needs least is saved', () => {
    const worse = account({ id: 'worse', equity: '3000', positions: [leg('long 1 BTC')] });
    const snapshot = desk(
      fundedBy(worse, ['rich']),
      fundedBy(POOR, ['rich']),
      withAvailable(RICH, '7000'),
    );
    expect(prevented(snapshot, path({ BTC: -20 }))).toMatchObject({
      saved: ['poor'],
      lost: [{ account: 'worse', needUsd: dec('9240.01') }],
    });
  });
});

test('made beforehand, the transfers save whom they say, and kill no sender', () => {
  const trio = fc.tuple(randomAccount('a'), randomAccount('b'), randomAccount('c'));
  fc.assert(
    fc.property(trio, randomMoves, ([a, b, c], point) => {
      const snapshot = desk(fundedBy(a, ['b', 'c']), fundedBy(b, ['c']), c);
      const scenario = {
        id: 't',
        kind: 'price' as const,
        path: [point, TODAY],
        proxies: [],
        deleveraged: 0,
      };
      const before = stressDesk(computeStressBook(snapshot), scenario).accounts;
      const { transfers, saved, lost: gone } = prevented(snapshot, scenario);
      const lost = gone.map(({ account: id }) => id);
      const dead = before.filter(({ isLiquidated }) => isLiquidated).map((row) => row.account);
      expect([...saved, ...lost].toSorted()).toEqual(dead.toSorted());
      const moved = transfers.map((move) => ({
        ...{ ...move, rate: dec('1'), currency: 'USDT', amount: move.amountUsd },
      }));
      const after = stressDesk(computeStressBook(afterTransfers(snapshot, moved)), scenario);
      const still = after.accounts.filter(({ isLiquidated }) => isLiquidated);
      expect(still.map((row) => row.account).toSorted()).toEqual([...lost].toSorted());
    }),
    { seed: 31, numRuns: 300 },
  );
});
