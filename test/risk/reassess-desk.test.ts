import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dec } from '../../src/domain/decimal.ts';
import type { Position } from '../../src/domain/position.ts';
import { asPrice, asUsd } from '../../src/domain/units.ts';
import type { AccountSnapshot, Snapshot } from '../../src/portfolio/snapshot.ts';
import { assessDesk, type DeskRisk } from '../../src/risk/assess-desk.ts';
import { toldOf } from '../../src/risk/position-risk.ts';
import { reassessDesk } from '../../src/risk/reassess-desk.ts';
import { account, desk, instrument, position, tiers } from './sample-desk.ts';
import { randomAccount } from './stress/random-book.ts';

/** Every figure of every part, digit by digit; positions are in by their own figures. */
const figures = ({ positions, accounts, ...rest }: DeskRisk) =>
  JSON.stringify([
    rest,
    positions.map((risk) => ({ ...toldOf(risk), position: risk.position.markPrice })),
    accounts.map(({ account: { margin, account: whose }, pools, ...risk }) => ({
      ...{ ...risk, margin, id: whose.id, missing: pools.missing, diesAt: pools.diesAt },
      pools: pools.pools.map((pool) => ({ ...pool, positions: pool.positions.length })),
    })),
  ]);

const BRACKETS = tiers(['0', '0.005', '0'], ['50000', '0.01', '250']);
const ETH = instrument('ETH/USDT:USDT', { tiers: BRACKETS });

/** An isolated leg and one whose coins only other accounts' marks price, beside the random cross ones. */
function odd(id: string): AccountSnapshot {
  const own = { account: id, entry: '3100', mark: '3000', contracts: '5', instrument: ETH };
  return account({
    ...{ id, equity: '90000', coins: [['BTC', '0.5']] },
    positions: [
      position({ ...own, mode: 'isolated', collateral: '1500' }),
      position({ ...own, side: 'short', mode: 'cross' }),
    ],
  });
}

function marked(snapshot: Snapshot, id: Position['instrument']['id'], factor: string): Snapshot {
  const isOnIt = (each: Position) => each.instrument.id === id;
  const accounts = snapshot.accounts.map((each) => {
    if (!each.positions.some(isOnIt)) return each;
    const move = (held: Position): Position =>
      isOnIt(held) && held.markPrice !== null
        ? { ...held, markPrice: asPrice(held.markPrice.times(factor)) }
        : held;
    const margin = each.margin && {
      ...each.margin,
      equityUsd: each.margin.equityUsd && asUsd(each.margin.equityUsd.minus(dec(factor))),
    };
    return { ...each, margin, positions: each.positions.map(move) };
  });
  return { accounts, takenAt: snapshot.takenAt + 1 };
}

test('says after any marks what a whole pass says, over 300 of them', () => {
  const ids = ['a', 'b'];
  const marks = fc.array(
    fc.record({ at: fc.nat(20), percent: fc.integer({ min: -30, max: 30 }) }),
    { minLength: 5, maxLength: 5 },
  );
  fc.assert(
    fc.property(fc.tuple(...ids.map(randomAccount)), marks, (accounts, moves) => {
      let snapshot = desk(...accounts, odd('d'));
      let risk = assessDesk(snapshot);
      const all = [
        ...new Set(snapshot.accounts.flatMap((each) => each.positions.map((p) => p.instrument.id))),
      ];
      for (const { at, percent } of moves) {
        const id = all[at % all.length] as Position['instrument']['id'];
        snapshot = marked(
          snapshot,
          id,
          dec(100 + percent)
            .div(100)
            .toString(),
        );
        risk = reassessDesk(risk, snapshot);
        expect(figures(risk)).toBe(figures(assessDesk(snapshot)));
      }
    }),
    { seed: 71, numRuns: 60 },
  );
});

describe('on a desk of two', () => {
  const before = desk(odd('a'), odd('b'));
  const [a, b] = before.accounts as readonly [AccountSnapshot, AccountSnapshot];
  const closed = { ...b, positions: b.positions.slice(1) };
  const turned = {
    ...b,
    positions: b.positions.map((each) => ({ ...each, side: 'long' as const })),
  };

  test.each<{ why: string; after: Snapshot }>([
    { why: 'nothing changed', after: before },
    { why: 'an account read again, with the same figures', after: desk(a, { ...b }) },
    { why: 'balances alone', after: desk(a, { ...b, margin: null }) },
    { why: 'an account gone silent', after: desk(a, { ...b, status: 'stale' }) },
    { why: 'a position closed: handles may change', after: desk(a, closed) },
    { why: 'a position turned round: it has another handle', after: desk(a, turned) },
    { why: 'an account gone', after: desk(a) },
    { why: 'accounts in another order', after: desk(b, a) },
    { why: 'a mark both hold', after: marked(before, ETH.id, '0.9') },
  ])('$why', ({ after }) => {
    const risk = reassessDesk(assessDesk(before), after);
    expect(figures(risk)).toBe(figures(assessDesk(after)));
  });

  test('keeps the very judgement of accounts that did not change', () => {
    const risk = assessDesk(before);
    const again = reassessDesk(risk, desk(a, { ...b }));
    expect(again.accounts[0]).toBe(risk.accounts[0]);
    expect(again.accounts[1]).not.toBe(risk.accounts[1]);
  });
});

test('a coin that only another account’s mark prices is priced anew when that mark moves', () => {
  const btc = instrument('BTC/USDT:USDT', { tiers: BRACKETS });
  const held = {
    account: 'z',
    instrument: btc,
    contracts: '1',
    entry: '60000',
    mode: 'cross',
  } as const;
  const marks = account({
    ...{ id: 'z', equity: '50000', coins: [['USDT', '50000']] },
    positions: [position({ ...held, mark: '60000' })],
  });
  const before = desk(odd('a'), marks);
  const after = marked(before, btc.id, '0.5');
  const risk = reassessDesk(assessDesk(before), after);
  expect(figures(risk)).toBe(figures(assessDesk(after)));
  expect(
    risk.accounts[0]?.pools.pools[0]?.coins.find(({ coin }) => coin === 'BTC')?.price.toString(),
  ).toBe('30000');
});
