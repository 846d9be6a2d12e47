import { describe, expect, test } from 'vitest';
import { exitDepth } from '../../src/app/exit-depth.ts';
import { err, ok } from '../../src/domain/result.ts';
import type { DeskRisk } from '../../src/risk/assess-desk.ts';
import { assessDesk } from '../../src/risk/assess-desk.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { account, desk, instrument, position, tiers } from '../risk/sample-desk.ts';

const BRACKETS = tiers(['0', '0.005', '0']);
const never = new AbortController().signal;
const level = (price: number) => ({ price, quantity: 2 });
const assets = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
/** The first is nearest. */
const risk: Pick<DeskRisk, 'positions'> = assessDesk(
  desk(
    account({
      positions: assets.map((asset, i) =>
        position({
          instrument: instrument(`${asset}/USDT:USDT`, { tiers: BRACKETS }),
          contracts: '1',
          mark: '100',
          mode: 'isolated',
          collateral: '10',
          liquidation: String(95 - i),
        }),
      ),
    }),
  ),
);

function asked(answers: (symbol: string) => Promise<void>) {
  const questions: string[] = [];
  const history = {
    turnover: async () => () => 5000,
    book: async (ref: { venue: string; symbol: string }) => {
      questions.push(ref.symbol);
      await answers(ref.symbol);
      if (ref.symbol.startsWith('B')) {
        const reason = { kind: 'no-contract' } as const;
        return err({ what: 'depth' as const, subject: ref.symbol, reason, lastGoodAt: null });
      }
      const value = { instrument: ref, bids: [level(99)], asks: [level(101)] };
      return ok({ value, observedAt: 0, source: 'x' });
    },
  };
  return { questions, history };
}

describe('books for the way out', () => {
  test('of the six nearest, in base units, the volume by the mark; a refusal is an absence', async () => {
    const { questions, history } = asked(async () => {});
    const clock = fakeClock();
    const depth = await exitDepth(risk, { history, clock, depthWaitMs: 100, signal: never });
    expect(questions.map((symbol) => symbol[0])).toEqual(assets.slice(0, 6));
    expect(depth.size).toBe(5);
    expect([...depth.values()][0]).toEqual({
      bids: { levels: [level(99)], mid: 100 },
      asks: { levels: [level(101)], mid: 100 },
      dailyVolume: 50,
    });
  });

  test('one that hangs holds up nobody and takes nothing from the others', async () => {
    const { history } = asked((symbol) =>
      symbol.startsWith('A') ? new Promise(() => {}) : Promise.resolve(),
    );
    const clock = fakeClock();
    const answer = exitDepth(risk, { history, clock, depthWaitMs: 100, signal: never });
    await clock.advance(50);
    await clock.advance(50);
    expect((await answer).size).toBe(4);
  });

  test('nobody is asked for a desk where nothing is near', async () => {
    const { questions, history } = asked(async () => {});
    const past = risk.positions.map((row) => ({ ...row, liquidationDistance: null }));
    const clock = fakeClock();
    const deps = { history, clock, depthWaitMs: 100, signal: never };
    expect((await exitDepth({ positions: past }, deps)).size).toBe(0);
    expect(questions).toEqual([]);
  });
});
