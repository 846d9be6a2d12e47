import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Decimal, dec } from '../../../src/domain/decimal.ts';
import { planTransfers } from '../../../src/risk/rebalance/plan-transfers.ts';
import { roundFlows } from '../../../src/risk/rebalance/round-flows.ts';
import type {
  TransferAccount,
  TransferEdge,
  TransferFlow,
  TransferProblem,
} from '../../../src/risk/rebalance/solve-transfers.ts';
import { commonMaximum, solveTransfers } from '../../../src/risk/rebalance/solve-transfers.ts';
import { cornerOptimum } from './corner-optimum.ts';

function accounts(text: string): TransferAccount[] {
  return text.split(' · ').map((row) => {
    const [equity = '0', maintenance = '0', transferable = '0'] = row.split(' ');
    return {
      equity: dec(equity),
      maintenance: dec(maintenance),
      transferable: dec(transferable),
    };
  });
}

/** `0>1` inside a venue, `0~1` between venues, `0>1*0.9` with what arrives of one sent. */
function edges(text: string): TransferEdge[] {
  return text.split(' ').flatMap((word) => {
    const found = /^(\d)([>~])(\d)(?:\*(.+))?$/.exec(word);
    if (found === null) return [];
    const [, from, way, to, rate] = found;
    const executable = way === '>';
    return [{ from: Number(from), to: Number(to), rate: dec(rate ?? '1'), executable }];
  });
}

function told(flows: readonly TransferFlow[]): string {
  return flows
    .map(({ edge, amount }) => `${edge.from}>${edge.to} ${amount.toSignificantDigits(20)}`)
    .join(' · ');
}

describe('the cheapest flows to a health factor', () => {
  test.each([
    {
      why: 'nothing is needed',
      have: '200 100 0',
      ways: '',
      target: '2',
      flows: '',
      feasible: true,
    },
    {
      why: 'one lacks what the other has',
      have: '150 100 0 · 900 100 700',
      ways: '1>0',
      target: '2',
      flows: '1>0 50',
      feasible: true,
    },
    {
      why: 'the sender stops exactly at the target',
      have: '150 100 0 · 250 100 700',
      ways: '1>0',
      target: '2',
      flows: '1>0 50',
      feasible: true,
    },
    {
      why: 'inside the venue first, though the purse elsewhere is larger',
      have: '150 100 0 · 230 100 30 · 900 100 700',
      ways: '1>0 2~0',
      target: '2',
      flows: '1>0 30 · 2>0 20',
      feasible: true,
    },
    {
      why: 'fees on the way: more is sent than arrives',
      have: '150 100 0 · 900 100 700',
      ways: '1>0*0.8',
      target: '2',
      flows: '1>0 62.5',
      feasible: true,
    },
    {
      why: 'by way of a third, out of what that one may send',
      have: '150 100 0 · 260 100 40 · 900 0 700',
      ways: '1>0 2>1 2~0',
      target: '2',
      flows: '1>0 40 · 2>0 10',
      feasible: true,
    },
    {
      why: 'not enough: both end at what is common to them',
      have: '100 100 0 · 250 100 500',
      ways: '1>0',
      target: '2',
      flows: '1>0 75',
      feasible: false,
    },
    {
      why: 'nobody may send there: it does not hold the others down',
      have: '100 100 0 · 150 100 0 · 900 100 700',
      ways: '2>1',
      target: '2',
      flows: '2>1 50',
      feasible: false,
    },
    {
      why: 'what may leave is less than what is spare',
      have: '100 100 0 · 900 100 20',
      ways: '1>0',
      target: '2',
      flows: '1>0 20',
      feasible: false,
    },
    {
      why: 'two groups: one gets there although the other cannot',
      have: '150 100 0 · 900 100 700 · 100 100 0 · 250 100 20',
      ways: '1>0 3>2',
      target: '2',
      flows: '1>0 50 · 3>2 20',
      feasible: false,
    },
    {
      why: 'a pool without a requirement gives all that may leave',
      have: '100 100 0 · 60 0 60',
      ways: '1>0',
      target: '2',
      flows: '1>0 60',
      feasible: false,
    },
    {
      why: 'negative equity is lifted as far as it goes',
      have: '-50 100 0 · 400 100 400',
      ways: '1>0',
      target: '2',
      flows: '1>0 225',
      feasible: false,
    },
  ])('$why', ({ have, ways, target, flows, feasible }) => {
    const problem = { accounts: accounts(have), edges: edges(ways), target: dec(target) };
    const plan = planTransfers(problem);
    expect(told(plan.flows)).toBe(flows);
    expect(plan.feasible).toBe(feasible);
  });

  test('largest need from the largest purse where all plans cost the same', () => {
    const have = accounts('2000 4000 0 · 9000 3000 3000 · 12000 4000 3500');
    const plan = planTransfers({ accounts: have, edges: edges('1>0 2>0'), target: dec('1.8') });
    expect(told(plan.flows)).toBe('2>0 3500 · 1>0 1700');
  });

  test('h* is where the last dollar is even: 6.1', () => {
    const have = accounts('5000 4000 0 · 9000 4000 1000 · 4200 3000 0');
    const common = commonMaximum({ accounts: have, edges: edges('1>0 1>2 0>1 0>2 2>0 2>1') });
    expect(common?.toFixed(12)).toBe('1.457142857143');
    expect(commonMaximum({ accounts: accounts('10 0 5'), edges: [] })).toBeNull();
  });
});

const money = (max: number) =>
  fc.integer({ min: 0, max }).map((cents) => new Decimal(cents).div(4));

/** Up to four accounts and a handful of ways, some lossy, some between venues. */
const problems: fc.Arbitrary<TransferProblem> = fc.integer({ min: 2, max: 4 }).chain((count) =>
  fc.record({
    accounts: fc.array(
      fc.record({
        equity: fc.integer({ min: -40, max: 400 }).map((units) => new Decimal(units).div(4)),
        maintenance: money(160),
        transferable: money(200),
      }),
      { minLength: count, maxLength: count },
    ),
    edges: fc.uniqueArray(
      fc
        .record({
          from: fc.nat(count - 1),
          to: fc.nat(count - 1),
          rate: fc.constantFrom('1', '1', '0.9', '0.5').map((rate) => dec(rate)),
          executable: fc.boolean(),
        })
        .filter(({ from, to }) => from !== to),
      { maxLength: 4, selector: ({ from, to }) => `${from}>${to}` },
    ),
    target: fc.constantFrom('1', '1.5', '2').map((target) => dec(target)),
  }),
);

const CASES = { seed: 11, numRuns: 1000 };
const HAIR = dec('1e-20');

describe('over random desks', () => {
  test('equals the best corner found by brute force, and is infeasible only when there is none', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const flows = solveTransfers(problem);
        const best = cornerOptimum(problem);
        const cost = flows?.reduce(
          (sum, { edge, amount }) => sum + amount.toNumber() * (edge.executable ? 1 : 10),
          0,
        );
        if (cost === undefined || best === null) expect(cost ?? null).toBe(best);
        else expect(Math.abs(cost - best)).toBeLessThan(1e-6);
      }),
      CASES,
    );
  });

  test('no sender falls below its floor or sends more than it may, exact and in cents', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const plan = planTransfers(problem);
        const { accounts: have, target } = problem;
        for (const flows of [plan.flows, roundFlows(have, plan.flows, plan.aims)]) {
          for (const [index, account] of have.entries()) {
            const sent = sumOf(flows, ({ edge }) => edge.from === index);
            if (sent.isZero()) continue;
            const floor = Decimal.min(plan.aims[index] ?? target, target);
            expect(account.transferable.minus(sent).gte(HAIR.neg())).toBe(true);
            const spare = equityAfter(problem, flows, index).minus(
              account.maintenance.times(floor),
            );
            expect(spare.gte(HAIR.neg())).toBe(true);
          }
        }
      }),
      CASES,
    );
  });

  test('money is conserved up to what the ways cost; where it is feasible all are at the target', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const { flows, feasible } = planTransfers(problem);
        const before = problem.accounts.reduce((sum, { equity }) => sum.plus(equity), dec('0'));
        const after = problem.accounts.reduce(
          (sum, _, index) => sum.plus(equityAfter(problem, flows, index)),
          dec('0'),
        );
        const fees = flows.reduce(
          (sum, { edge, amount }) => sum.plus(amount.times(dec('1').minus(edge.rate))),
          dec('0'),
        );
        expect(before.minus(fees).minus(after).abs().lt(HAIR)).toBe(true);
        for (const [index, { maintenance }] of problem.accounts.entries()) {
          const spare = equityAfter(problem, flows, index).minus(maintenance.times(problem.target));
          if (feasible) expect(spare.gte(HAIR.neg())).toBe(true);
        }
      }),
      CASES,
    );
  });

  test('h* is the last health factor that flows reach', () => {
    fc.assert(
      fc.property(problems, ({ accounts: have, edges: ways }) => {
        fc.pre(have.every(({ equity, maintenance }) => maintenance.gt(0) || equity.gte(0)));
        const most = commonMaximum({ accounts: have, edges: ways });
        if (most === null) return;
        const at = (target: Decimal) => solveTransfers({ accounts: have, edges: ways, target });
        expect(at(most.minus('1e-12'))).not.toBeNull();
        expect(at(most.plus('1e-12'))).toBeNull();
      }),
      { seed: 12, numRuns: 1000 },
    );
  });
});

function sumOf(flows: readonly TransferFlow[], is: (flow: TransferFlow) => boolean): Decimal {
  return flows.filter(is).reduce((sum, { amount }) => sum.plus(amount), dec('0'));
}

function equityAfter(
  { accounts: have }: TransferProblem,
  flows: readonly TransferFlow[],
  index: number,
): Decimal {
  const sent = sumOf(flows, ({ edge }) => edge.from === index);
  const received = flows
    .filter(({ edge }) => edge.to === index)
    .reduce((sum, { edge, amount }) => sum.plus(amount.times(edge.rate)), dec('0'));
  return (have[index]?.equity ?? dec('0')).plus(received).minus(sent);
}
