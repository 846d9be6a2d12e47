import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlanAct, ProtectionPlan } from '../../src/actions/protection-plan.ts';
import {
  NEW_PLAN,
  type PlanSight,
  type PlanState,
  profitShare,
  stepPlan,
} from '../../src/actions/protection-step.ts';
import { dec } from '../../src/domain/decimal.ts';
import { asAccountId, asPrice, asRatio, asUsd } from '../../src/domain/units.ts';

const usd = (text: string) => asUsd(dec(text));
const ratio = (text: string) => asRatio(dec(text));
const price = (text: string) => asPrice(dec(text));
const RESERVE = asAccountId('reserve');
const MINUTE = 60_000;

function plan(changes: Partial<ProtectionPlan> = {}): ProtectionPlan {
  return {
    ...{ id: 'p', account: asAccountId('a'), position: null },
    when: { kind: 'health-below', value: ratio('1.2') },
    act: { kind: 'add-margin', upTo: usd('2000'), from: RESERVE },
    caps: { perAct: usd('3000'), perDay: usd('5000') },
    ...{ cooldownMs: 10 * MINUTE, until: 1e12, isDryRun: false, agreed: null },
    ...changes,
  };
}

const LEG: NonNullable<PlanSight['leg']> = {
  ...{ side: 'long', notionalUsd: usd('8000') },
  ...{ entryPrice: price('100'), markPrice: price('120') },
};
const sight = (figure: string | null, changes: Partial<PlanSight> = {}): PlanSight => ({
  ...{ isFresh: true, figure: figure === null ? null : dec(figure), leg: null },
  freeUsd: usd('100000'),
  ...changes,
});
const state = (changes: Partial<PlanState>): PlanState => ({ ...NEW_PLAN, ...changes });
const look = (of: {
  plan?: ProtectionPlan;
  state?: PlanState;
  sight: PlanSight;
  now?: number;
  stopped?: true;
}) =>
  stepPlan(of.plan ?? plan(), of.state ?? NEW_PLAN, {
    ...{ sight: of.sight, now: of.now ?? MINUTE, isStopped: of.stopped === true },
  });
const saidOf = ({ decision }: ReturnType<typeof stepPlan>) =>
  decision.kind === 'rest' ? decision.because : decision.kind;

describe('when it acts', () => {
  test.each([
    { why: 'below', sight: sight('1.1999'), said: 'act' },
    { why: 'exactly at', sight: sight('1.2'), said: 'calm' },
    { why: 'not known', sight: sight(null), said: 'not-known' },
    { why: 'old or torn', sight: sight('0.9', { isFresh: false }), said: 'not-fresh' },
    {
      why: 'acted at this crossing',
      sight: sight('1'),
      state: state({ isArmed: false }),
      said: 'once',
    },
    {
      why: 'within the pause',
      ...{ sight: sight('1'), state: state({ actedAt: MINUTE }), now: 11 * MINUTE - 1 },
      said: 'cooling-down',
    },
    {
      why: 'the pause is over',
      ...{ sight: sight('1'), state: state({ actedAt: MINUTE }), now: 11 * MINUTE },
      said: 'act',
    },
    { why: 'one moment before its end', sight: sight('1'), now: 1e12 - 1, said: 'act' },
    { why: 'at its end', sight: sight('1'), now: 1e12, said: 'over' },
    { why: 'stopped', sight: sight('1'), stopped: true as const, said: 'stopped' },
    { why: 'stopped and calm is calm', sight: sight('9'), stopped: true as const, said: 'calm' },
    {
      why: 'who pays has nothing',
      sight: sight('1', { freeUsd: usd('0') }),
      said: 'nothing-to-give',
    },
    { why: 'who pays is not known', sight: sight('1', { freeUsd: null }), said: 'not-known' },
    {
      why: 'the day is spent',
      ...{ sight: sight('1'), state: state({ spentUsd: usd('5000') }) },
      said: 'day-spent',
    },
    {
      why: 'the next day is another',
      ...{ sight: sight('1'), state: state({ spentUsd: usd('5000') }), now: 86_400_000 },
      said: 'act',
    },
    {
      why: 'its position is gone',
      plan: plan({ position: 'k4tz' }),
      sight: sight('1'),
      said: 'gone',
    },
  ])('$why: $said', ({ said, why: _, ...of }) => {
    expect(saidOf(look(of))).toBe(said);
  });

  test.each([
    { why: 'a little better is the same crossing', figure: '1.2599', armed: false },
    { why: 'well better is another one', figure: '1.26', armed: true },
  ])('$why', ({ figure, armed }) => {
    const { next } = look({ sight: sight(figure), state: state({ isArmed: false }) });
    expect(next.isArmed).toBe(armed);
  });

  test.each([
    { kind: 'probability-above', value: '0.25', calm: '0.25', act: '0.2501', rearm: '0.20' },
    { kind: 'profit-above', value: '0.1', calm: '0.1', act: '0.1001', rearm: '0.08' },
  ] as const)('$kind goes the other way', ({ kind, value, calm, act, rearm }) => {
    const of = plan({ when: { kind, value: ratio(value) } });
    expect(saidOf(look({ plan: of, sight: sight(calm) }))).toBe('calm');
    expect(saidOf(look({ plan: of, sight: sight(act) }))).toBe('act');
    const used = state({ isArmed: false });
    expect(look({ plan: of, sight: sight(rearm), state: used }).next.isArmed).toBe(true);
    expect(look({ plan: of, sight: sight(calm), state: used }).next.isArmed).toBe(false);
  });
});

describe('what it does', () => {
  const LOCK: PlanAct = { kind: 'lock-profit', share: ratio('0.5') };
  const REDUCE: PlanAct = { kind: 'reduce', share: ratio('0.25') };
  const short = { ...LEG, side: 'short' as const, markPrice: price('80') };
  test.each([
    { why: 'up to what it may', of: {}, free: '9999', act: { kind: 'transfer', usd: '2000' } },
    {
      why: 'no more than is free',
      of: {},
      free: '700.129',
      act: { kind: 'transfer', usd: '700.12' },
    },
    {
      why: 'no more than a cap per act',
      ...{ of: { caps: { perAct: usd('50'), perDay: usd('5000') } }, free: '9999' },
      act: { kind: 'transfer', usd: '50' },
    },
    {
      why: 'into a position from its own account',
      of: { position: 'k4tz', act: { kind: 'add-margin', upTo: usd('10'), from: null } as PlanAct },
      ...{ free: '9999', leg: LEG, act: { kind: 'add-margin', usd: '10' } },
    },
    {
      why: 'a share is closed',
      ...{ of: { position: 'k4tz', act: REDUCE }, free: '0', leg: LEG },
      act: { kind: 'reduce', usd: '2000', share: '0.25' },
    },
    {
      why: 'a smaller share under a cap',
      of: { position: 'k4tz', act: REDUCE, caps: { perAct: usd('800'), perDay: usd('5000') } },
      ...{ free: '0', leg: LEG, act: { kind: 'reduce', usd: '800', share: '0.1' } },
    },
    {
      why: 'half of the way from 100 to 120 is kept',
      ...{ of: { position: 'k4tz', act: LOCK }, free: '0', leg: LEG },
      act: { kind: 'stop', price: '110' },
    },
    {
      why: 'a short keeps half of the way down',
      ...{ of: { position: 'k4tz', act: LOCK }, free: '0', leg: short },
      act: { kind: 'stop', price: '90' },
    },
  ])('$why', ({ of, free, act, ...more }) => {
    const leg = 'leg' in more ? more.leg : null;
    const seen = sight('1', { freeUsd: usd(free), leg: leg ?? null });
    const { decision } = look({ plan: plan(of), sight: seen });
    const got = decision.kind === 'act' ? JSON.parse(JSON.stringify(decision.act)) : decision;
    expect(got).toMatchObject(act);
  });

  test('profit is signed by side', () => {
    const at = { entryPrice: price('100'), markPrice: price('110') };
    expect(profitShare('long', at)?.toString()).toBe('0.1');
    expect(profitShare('short', at)?.toString()).toBe('-0.1');
  });
});

test('over any road: within its caps, its pause, once per crossing, never while stopped', () => {
  const step = fc.record({
    figure: fc.integer({ min: 80, max: 140 }),
    waitMin: fc.integer({ min: 0, max: 30 }),
    isStopped: fc.boolean(),
    isFresh: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (road) => {
      const own = plan();
      let before = NEW_PLAN;
      let now = 0;
      let lastAct: number | null = null;
      let wasAway = true;
      const byDay = new Map<number, number>();
      for (const { figure, waitMin, isStopped, isFresh } of road) {
        now += waitMin * MINUTE;
        const seen = sight((figure / 100).toString(), { isFresh });
        const { next, decision } = stepPlan(own, before, { sight: seen, now, isStopped });
        if (decision.kind === 'act') {
          expect(isStopped || !isFresh).toBe(false);
          expect(figure).toBeLessThan(120);
          expect(wasAway).toBe(true);
          if (lastAct !== null) expect(now - lastAct).toBeGreaterThanOrEqual(own.cooldownMs);
          const spent = 'usd' in decision.act ? decision.act.usd.toNumber() : 0;
          expect(spent).toBeLessThanOrEqual(2000);
          const day = Math.floor(now / 86_400_000);
          byDay.set(day, (byDay.get(day) ?? 0) + spent);
          lastAct = now;
          wasAway = false;
        } else if (isFresh && figure >= 126) wasAway = true;
        before = next;
      }
      for (const spent of byDay.values()) expect(spent).toBeLessThanOrEqual(5000);
    }),
    { numRuns: 500, seed: 7 },
  );
});
