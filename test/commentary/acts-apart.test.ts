import { describe, expect, it } from 'vitest';
import { actsApart } from '../../src/commentary/acts-apart.ts';
import type { PlanItem } from '../../src/commentary/plan.ts';
import type { Remedy, RemedyAct } from '../../src/commentary/remedy.ts';
import { dec } from '../../src/domain/decimal.ts';
import { money } from '../../src/domain/money.ts';
import type { Handle } from '../../src/domain/units.ts';
import { asAccountId } from '../../src/domain/units.ts';
import { aFact, anAct, aSheet } from './a-sheet.ts';

const amount = money(dec('55'), 'USDT');
const add = (handle: string): RemedyAct => ({ kind: 'add', handle: handle as Handle, amount });
const move = (from: string, to: string): RemedyAct => ({
  ...{ kind: 'move', from: asAccountId(from), to: asAccountId(to) },
  amount,
});

describe('acts of one reading', () => {
  const cases: readonly [why: string, first: RemedyAct, second: RemedyAct, stays: boolean][] = [
    ['two positions would spend the same free margin', add('k7f1'), add('k7f2'), false],
    ['positions of two accounts', add('k7f1'), add('k7f3'), true],
    ['what was moved in is already counted', move('reserve', 'A1'), add('k7f2'), false],
    ['one reserve cannot give twice', move('reserve', 'A8'), move('reserve', 'A9'), false],
    ['two reserves', move('r1', 'A8'), move('r2', 'A9'), true],
    ['out of an account that was just helped', add('k7f1'), move('A1', 'A9'), false],
  ];
  const facts = [
    aFact({ id: 'S1.dist', value: '0.01', of: 'A1' }),
    aFact({ id: 'S2.dist', value: '0.02', of: 'A1' }),
    aFact({ id: 'S3.dist', value: '0.02', of: 'A2' }),
  ];
  const factFor = (act: RemedyAct, other: string) =>
    act.kind === 'add' ? `S${act.handle.at(-1)}.dist` : other;

  it.each(cases)('%s', (_why, first, second, stays) => {
    const made = (id: string, act: RemedyAct, other: string): Remedy => ({
      ...anAct({ id, fact: factFor(act, other), before: '0.01', after: '0.2' }),
      act,
    });
    const remedies = [made('X1', first, 'S1.dist'), made('X2', second, 'S3.dist')];
    const items = remedies.map(
      ({ id, fact }): PlanItem => ({ fact, claims: ['beyond'], act: id, aclaims: ['effect'] }),
    );
    const told = actsApart(items, aSheet({ facts, remedies }));
    expect(told.map(({ act }) => act)).toEqual(['X1', stays ? 'X2' : null]);
    expect(told[1]?.aclaims).toEqual(stays ? ['effect'] : []);
  });
});
