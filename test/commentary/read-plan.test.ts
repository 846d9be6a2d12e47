import { describe, expect, it } from 'vitest';
import { PLAN_EXAMPLE } from '../../src/commentary/blind-sheet.ts';
import { EXTRAS, HEADS } from '../../src/commentary/claims.ts';
import { ACT_IDS, FACT_IDS, PLAN_SCHEMA } from '../../src/commentary/plan.ts';
import { readPlan } from '../../src/commentary/read-plan.ts';

const item = { fact: 'A1.mu', claims: ['beyond'], act: null, aclaims: [] };
const planOf = (...items: unknown[]) => JSON.stringify({ items });
const good = planOf(item);

describe('a text that should be a plan', () => {
  const cases: readonly [why: string, text: string, is: string][] = [
    ['a plan', good, 'ok'],
    ['the example that models are shown', PLAN_EXAMPLE, 'ok'],
    ['fenced', `\`\`\`json\n${good}\n\`\`\``, 'ok'],
    ['thought about first', `<think>hm</think>${good}`, 'ok'],
    ['three items', planOf(item, item, item), 'ok'],
    ['four items', planOf(item, item, item, item), 'shape'],
    ['no item', planOf(), 'shape'],
    ['words around it', `Here: ${good}`, 'no-json'],
    ['cut off', good.slice(0, -1), 'no-json'],
    ['empty', '', 'no-json'],
    ['a list', '[]', 'shape'],
    ['null', 'null', 'shape'],
    ['a key too many', JSON.stringify({ items: [item], note: 'x' }), 'shape'],
    ['a key of an item too many', planOf({ ...item, text: 'sell all' }), 'shape'],
    ['a key missing', planOf({ fact: 'A1.mu', claims: ['beyond'], act: null }), 'shape'],
    ['a prototype', good.replace('"act"', '"__proto__":{},"act"'), 'shape'],
    ['inherited keys do not count', '{"__proto__":{"items":[]}}', 'shape'],
    ['an unknown fact', planOf({ ...item, fact: 'A9.mu' }), 'shape'],
    ['a metric that a position has not', planOf({ ...item, fact: 'S1.mu' }), 'shape'],
    ['a number for a fact', planOf({ ...item, fact: 1 }), 'shape'],
    ['an unknown claim', planOf({ ...item, claims: ['beyond', 'doomed'] }), 'shape'],
    ['a claim of acts', planOf({ ...item, claims: ['beyond', 'clears'] }), 'shape'],
    ['no claim', planOf({ ...item, claims: [] }), 'shape'],
    ['a claim twice', planOf({ ...item, claims: ['beyond', 'beyond'] }), 'shape'],
    ['four claims', planOf({ ...item, claims: ['beyond', 'worst', 'only', 'idle'] }), 'ok'],
    [
      'five claims',
      planOf({ ...item, claims: ['beyond', 'worst', 'only', 'idle', 'stale'] }),
      'shape',
    ],
    ['an unknown act', planOf({ ...item, act: 'X10', aclaims: ['effect'] }), 'shape'],
    ['an act', planOf({ ...item, act: 'X9', aclaims: ['effect'] }), 'ok'],
    ['an unknown claim of an act', planOf({ ...item, act: 'X1', aclaims: ['works'] }), 'shape'],
    ['claims as text', planOf({ ...item, claims: 'beyond' }), 'shape'],
    ['escapes are what they stand for', good.replace('A1', '\\u0041\\u0031'), 'ok'],
    ['as long as allowed', good.padEnd(8192), 'ok'],
    ['longer', good.padEnd(8193), 'too-large'],
  ];
  it.each(cases)('%s', (_why, text, is) => {
    const read = readPlan(text);
    expect(read.ok ? 'ok' : read.error).toBe(is);
  });

  it('the schema tells of every id and claim there is, and of nothing else', () => {
    const told = JSON.stringify(PLAN_SCHEMA);
    for (const id of [...FACT_IDS, ...ACT_IDS, ...HEADS, ...EXTRAS])
      expect(told).toContain(`"${id}"`);
    expect(Buffer.byteLength(told)).toBeLessThan(1600);
  });
});
