import { describe, expect, it } from 'vitest';
import type { Claim } from '../../src/commentary/claims.ts';
import { EXTRAS, HEADS, isTrue } from '../../src/commentary/claims.ts';
import type { Fact } from '../../src/commentary/fact.ts';
import type { Sheet } from '../../src/commentary/sheet.ts';
import { dec } from '../../src/domain/decimal.ts';
import { asAccountId, asUsd } from '../../src/domain/units.ts';
import type { FactFacts } from './a-sheet.ts';
import { aFact, aSheet } from './a-sheet.ts';

interface Case {
  readonly why: string;
  readonly claim: Claim;
  readonly is: boolean;
  /** The first is what the claim is about. */
  readonly facts: readonly FactFacts[];
  readonly uncounted?: readonly string[];
  readonly helpless?: readonly string[];
  readonly more?: Partial<Sheet>;
}

const mu = (alias: string, value: string, more: Partial<FactFacts> = {}): FactFacts => ({
  ...{ id: `${alias}.mu`, value },
  ...more,
});
const dist = (alias: string, value: string, more: Partial<FactFacts> = {}): FactFacts => ({
  ...{ id: `${alias}.dist`, value },
  ...more,
});
const reserve = { account: asAccountId('r'), availableUsd: asUsd(dec('5')) };

const cases: readonly Case[] = [
  { why: 'beyond', claim: 'beyond', is: true, facts: [mu('A1', '0.5')] },
  {
    why: 'nothing is said of what is within',
    claim: 'beyond',
    is: false,
    facts: [mu('A1', '0.4999')],
  },
  { why: '20 % past the line', claim: 'far_beyond', is: true, facts: [mu('A1', '0.6')] },
  { why: 'less', claim: 'far_beyond', is: false, facts: [mu('A1', '0.5999999')] },
  { why: 'far below', claim: 'far_beyond', is: true, facts: [dist('S1', '0.12')] },
  { why: 'not far below', claim: 'far_beyond', is: false, facts: [dist('S1', '0.1200001')] },
  { why: '5 % past the line', claim: 'just_beyond', is: true, facts: [mu('A1', '0.525')] },
  { why: 'more', claim: 'just_beyond', is: false, facts: [mu('A1', '0.5250001')] },
  {
    why: 'strictly above all',
    claim: 'worst',
    is: true,
    facts: [mu('A1', '0.9'), mu('A2', '0.89')],
  },
  {
    why: 'strictly below all',
    claim: 'worst',
    is: true,
    facts: [dist('S1', '0.1'), dist('S2', '0.11')],
  },
  {
    why: 'another is nearer',
    claim: 'worst',
    is: false,
    facts: [dist('S1', '0.1'), dist('S2', '0.09')],
  },
  { why: 'a tie', claim: 'worst', is: false, facts: [mu('A1', '0.9'), mu('A2', '0.9')] },
  {
    why: 'another is higher',
    claim: 'worst',
    is: false,
    facts: [mu('A1', '0.9'), mu('A2', '0.91')],
  },
  {
    why: 'nobody to compare with',
    claim: 'worst',
    is: false,
    facts: [mu('A1', '0.9'), dist('S1', '0.5')],
  },
  {
    ...{ why: 'one of them is not known', claim: 'worst', is: false },
    ...{ facts: [mu('A1', '0.9'), mu('A2', '0.2')], uncounted: ['account mu'] },
  },
  { why: 'one of two', claim: 'only', is: true, facts: [mu('A1', '0.9'), mu('A2', '0.2')] },
  { why: 'two of two', claim: 'only', is: false, facts: [mu('A1', '0.9'), mu('A2', '0.6')] },
  { why: 'one of one', claim: 'only', is: false, facts: [mu('A1', '0.9')] },
  {
    ...{ why: 'one of them is not known', claim: 'only', is: false },
    ...{ facts: [mu('A1', '0.9'), mu('A2', '0.2')], uncounted: ['account mu'] },
  },
  {
    why: 'two of three',
    claim: 'several',
    is: true,
    facts: [mu('A1', '0.9'), mu('A2', '0.6'), mu('A3', '0.1')],
  },
  {
    why: 'one of three',
    claim: 'several',
    is: false,
    facts: [mu('A1', '0.9'), mu('A2', '0.2'), mu('A3', '0.1')],
  },
  {
    why: 'three of three',
    claim: 'several',
    is: false,
    facts: [mu('A1', '0.9'), mu('A2', '0.6'), mu('A3', '0.6')],
  },
  { why: 'all of two', claim: 'all', is: true, facts: [mu('A1', '0.9'), mu('A2', '0.6')] },
  { why: 'one of two', claim: 'all', is: false, facts: [mu('A1', '0.9'), mu('A2', '0.4')] },
  { why: 'one is not all', claim: 'all', is: false, facts: [mu('A1', '0.9')] },
  { why: 'worse', claim: 'worsened', is: true, facts: [mu('A1', '0.9', { trend: 'worse' })] },
  { why: 'new', claim: 'worsened', is: false, facts: [mu('A1', '0.9')] },
  { why: 'better', claim: 'improved', is: true, facts: [mu('A1', '0.9', { trend: 'better' })] },
  { why: 'worse', claim: 'improved', is: false, facts: [mu('A1', '0.9', { trend: 'worse' })] },
  { why: 'the same', claim: 'unchanged', is: true, facts: [mu('A1', '0.9', { trend: 'same' })] },
  { why: 'nothing to compare with', claim: 'unchanged', is: false, facts: [mu('A1', '0.9')] },
  {
    why: 'a position of the account',
    claim: 'linked',
    is: true,
    facts: [mu('A1', '0.9'), dist('S1', '0.1')],
  },
  {
    why: 'the account of a position',
    claim: 'linked',
    is: true,
    facts: [dist('S1', '0.1'), mu('A1', '0.9')],
  },
  { why: 'which is well', claim: 'linked', is: false, facts: [mu('A1', '0.9'), dist('S1', '0.2')] },
  {
    why: 'of another account',
    claim: 'linked',
    is: false,
    facts: [mu('A2', '0.9'), dist('S1', '0.1')],
  },
  {
    why: 'the very same position',
    claim: 'linked',
    is: false,
    facts: [dist('S1', '0.1'), { id: 'S1.prob', value: '0.5' }],
  },
  {
    why: 'the desk is linked to all',
    claim: 'linked',
    is: false,
    facts: [mu('P', '0.9'), mu('A1', '0.9')],
  },
  {
    why: 'idle',
    claim: 'idle',
    is: true,
    facts: [mu('A1', '0.9')],
    more: { idle: new Map([['A1.mu', reserve]]) },
  },
  {
    why: 'idle for another',
    claim: 'idle',
    is: false,
    facts: [mu('A1', '0.9')],
    more: { idle: new Map([['A2.mu', reserve]]) },
  },
  {
    why: 'each alone is well',
    claim: 'hides',
    is: true,
    facts: [mu('P', '0.6'), mu('A1', '0.4'), mu('A2', '0.49')],
  },
  {
    why: 'one is not',
    claim: 'hides',
    is: false,
    facts: [mu('P', '0.6'), mu('A1', '0.4'), mu('A2', '0.5')],
  },
  {
    why: 'one account is the desk',
    claim: 'hides',
    is: false,
    facts: [mu('P', '0.6'), mu('A1', '0.4')],
  },
  {
    why: 'an account hides nothing',
    claim: 'hides',
    is: false,
    facts: [mu('A1', '0.6'), mu('A2', '0.4')],
  },
  {
    why: 'health of accounts is not always told',
    claim: 'hides',
    is: false,
    facts: [{ id: 'P.hf', value: '1.1' }, mu('A1', '0.4'), mu('A2', '0.4')],
  },
  {
    ...{ why: 'one of them is not known', claim: 'hides', is: false, uncounted: ['account mu'] },
    facts: [mu('P', '0.6'), mu('A1', '0.4'), mu('A2', '0.4')],
  },
  {
    why: 'part of the sum is missing',
    claim: 'hides',
    is: false,
    facts: [mu('P', '0.6', { quality: 'partial' }), mu('A1', '0.4'), mu('A2', '0.4')],
  },
  { why: 'old', claim: 'stale', is: true, facts: [mu('A1', '0.9', { quality: 'stale' })] },
  { why: 'fresh', claim: 'stale', is: false, facts: [mu('A1', '0.9')] },
  { why: 'a part', claim: 'partial', is: true, facts: [mu('P', '0.9', { quality: 'partial' })] },
  {
    why: 'old is not a part',
    claim: 'partial',
    is: false,
    facts: [mu('P', '0.9', { quality: 'stale' })],
  },
  {
    why: 'all was tried',
    claim: 'no_action',
    is: true,
    facts: [mu('A1', '0.9')],
    helpless: ['A1.mu'],
  },
  {
    why: 'nothing was tried',
    claim: 'no_action',
    is: false,
    facts: [mu('A1', '0.9')],
    helpless: ['A2.mu'],
  },
];

describe('when a claim is true', () => {
  it.each(cases)('$claim: $why ($is)', ({ claim, is, facts, ...more }) => {
    const known = facts.map(aFact);
    expect(isTrue(claim, known[0] as Fact, aSheet({ facts: known, ...more }))).toBe(is);
  });

  it('every claim is seen true and false', () => {
    for (const claim of [...HEADS, ...EXTRAS]) {
      const seen = cases.filter((each) => each.claim === claim).map(({ is }) => is);
      expect(new Set(seen).size, claim).toBe(2);
    }
  });

  it('nothing is true of what is within its line', () => {
    const within = [mu('A1', '0.1', { trend: 'worse', quality: 'stale' }), mu('A2', '0.9')].map(
      aFact,
    );
    const sheet = aSheet({
      facts: within,
      helpless: ['A1.mu'],
      more: { idle: new Map([['A1.mu', reserve]]) },
    });
    const said = [...HEADS, ...EXTRAS].filter((claim) => isTrue(claim, within[0] as Fact, sheet));
    expect(said).toEqual([]);
  });
});
