import { describe, expect, it } from 'vitest';
import { checkPlan } from '../../src/commentary/check-plan.ts';
import { isActTrue } from '../../src/commentary/claims.ts';
import type { Plan, PlanItem } from '../../src/commentary/plan.ts';
import { aFact, anAct, aSheet } from './a-sheet.ts';

const beyond = (fact: string, more: Partial<PlanItem> = {}): PlanItem => ({
  ...{ fact, claims: ['beyond'], act: null, aclaims: [] },
  ...more,
});

/** Two accounts past their margin line, one well; an act for the first. */
const sheet = aSheet({
  facts: [
    aFact({ id: 'A1.mu', value: '0.9' }),
    aFact({ id: 'A2.mu', value: '0.6' }),
    aFact({ id: 'A3.mu', value: '0.2' }),
    aFact({ id: 'A9.mu', value: '0.99' }),
    aFact({ id: 'S1.dist', value: '0.1', quality: 'stale' }),
    aFact({ id: 'P.mu', value: '0.6', quality: 'partial' }),
  ],
  remedies: [
    anAct({ id: 'X1', fact: 'A1.mu', before: '0.9', after: '0.49' }),
    anAct({ id: 'X2', fact: 'A2.mu', before: '0.6', after: '0.55' }),
  ],
  helpless: ['A1.mu'],
});

describe('what a whole plan is refused for', () => {
  const first = beyond('A1.mu');
  const cases: readonly [why: string, items: readonly PlanItem[], fault: string | null][] = [
    ['worst first, then the rest', [first, beyond('A2.mu')], null],
    ['the worst alone', [first], null],
    ['nobody knows that fact', [first, beyond('A7.mu')], 'unknown-fact'],
    ['within its line', [first, beyond('A3.mu')], 'not-beyond'],
    ['a model was never told of the ninth', [beyond('A9.mu')], 'not-beyond'],
    ['one fact twice', [first, first], 'twice'],
    [
      'one act twice',
      [
        { ...first, act: 'X1', aclaims: ['effect'] },
        beyond('A2.mu', { act: 'X1', aclaims: ['effect'] }),
      ],
      'twice',
    ],
    ['two without an act are not one act', [first, beyond('A2.mu')], null],
    ['something worse is left out', [beyond('A2.mu')], 'worst-missing'],
    ['the worst comes second', [beyond('A2.mu'), first], 'worst-missing'],
    [
      'falling, but not at the end',
      [first, beyond('A2.mu'), beyond('S1.dist', { claims: ['beyond', 'stale'] })],
      null,
    ],
    ['nothing at all', [], 'worst-missing'],
  ];
  it.each(cases)('%s', (_why, items, fault) => {
    const checked = checkPlan({ items }, sheet);
    expect(checked.ok ? null : checked.error).toBe(fault);
  });

  it('rising after the first: crit, warn, crit', () => {
    const rising = aSheet({
      facts: [
        aFact({ id: 'A1.mu', value: '0.75' }),
        aFact({ id: 'A2.mu', value: '0.6' }),
        aFact({ id: 'A3.mu', value: '0.8' }),
      ],
    });
    const plan: Plan = { items: [beyond('A1.mu'), beyond('A2.mu'), beyond('A3.mu')] };
    expect(checkPlan(plan, rising)).toEqual({ ok: false, error: 'order' });
    const falling: Plan = { items: [beyond('A1.mu'), beyond('A3.mu'), beyond('A2.mu')] };
    expect(checkPlan(falling, rising).ok).toBe(true);
  });
});

describe('what one item is refused for', () => {
  const cases: readonly [why: string, item: PlanItem, fault: string | null][] = [
    ['a head alone', beyond('A1.mu'), null],
    ['the extra comes first', beyond('A1.mu', { claims: ['linked', 'beyond'] }), 'head'],
    ['no head', beyond('A1.mu', { claims: ['worst'] }), 'head'],
    ['two heads', beyond('A1.mu', { claims: ['beyond', 'just_beyond'] }), 'head'],
    ['no claim', beyond('A1.mu', { claims: [] }), 'head'],
    ['5.9 % past is not far', beyond('A1.mu', { claims: ['far_beyond'] }), 'false-claim'],
    ['5.9 % past is not just', beyond('A1.mu', { claims: ['just_beyond'] }), 'false-claim'],
    ['an extra that is not so', beyond('A1.mu', { claims: ['beyond', 'stale'] }), 'false-claim'],
    ['an act with its effect', beyond('A1.mu', { act: 'X1', aclaims: ['effect', 'clears'] }), null],
    ['an effect alone', beyond('A1.mu', { act: 'X1', aclaims: ['effect'] }), null],
    ['no effect', beyond('A1.mu', { act: 'X1', aclaims: [] }), 'act-without-effect'],
    [
      'the effect second',
      beyond('A1.mu', { act: 'X1', aclaims: ['clears', 'effect'] }),
      'act-without-effect',
    ],
    ['an effect of nothing', beyond('A1.mu', { aclaims: ['effect'] }), 'effect-without-act'],
    ['no such act', beyond('A1.mu', { act: 'X9', aclaims: ['effect'] }), 'unknown-act'],
    ['an act for another', beyond('A1.mu', { act: 'X2', aclaims: ['effect'] }), 'foreign-act'],
    [
      'it does clear it',
      beyond('A1.mu', { act: 'X1', aclaims: ['effect', 'not_enough'] }),
      'false-effect',
    ],
    [
      'nothing helps, and here is what helps',
      beyond('A1.mu', { claims: ['beyond', 'no_action'], act: 'X1', aclaims: ['effect'] }),
      'contradiction',
    ],
  ];
  it.each(cases)('%s', (_why, item, fault) => {
    const checked = checkPlan({ items: [item] }, sheet);
    expect(checked.ok && checked.value[0]?.fault).toBe(fault);
  });

  it.each([
    ['S1.dist', 'stale'],
    ['P.mu', 'partial'],
  ] as const)('%s must be said to be %s', (fact, quality) => {
    const faultOf = (item: PlanItem) => {
      const checked = checkPlan({ items: [beyond('A1.mu'), item] }, sheet);
      return checked.ok && checked.value[1]?.fault;
    };
    expect(faultOf(beyond(fact))).toBe('unsaid-quality');
    expect(faultOf(beyond(fact, { claims: ['beyond', quality] }))).toBeNull();
  });

  it('one false item leaves the others', () => {
    const items = [beyond('A1.mu', { claims: ['beyond', 'stale'] }), beyond('A2.mu')];
    const checked = checkPlan({ items }, sheet);
    expect(checked.ok && checked.value.map(({ fault }) => fault)).toEqual(['false-claim', null]);
  });
});

describe('what is true of an act', () => {
  const clearing = anAct({ id: 'X1', fact: 'A1.mu', before: '0.9', after: '0.4999' });
  const helping = anAct({ id: 'X1', fact: 'A1.mu', before: '0.9', after: '0.5' });
  it.each([
    ['effect', true, true],
    ['clears', true, false],
    ['not_enough', false, true],
  ] as const)('%s', (claim, ofClearing, ofHelping) => {
    expect([isActTrue(claim, clearing), isActTrue(claim, helping)]).toEqual([
      ofClearing,
      ofHelping,
    ]);
  });
});
