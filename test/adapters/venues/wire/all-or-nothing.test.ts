import { expect, test } from 'vitest';
import {
  allOrNothing,
  type WriteStep,
} from '../../../../src/adapters/venues/wire/all-or-nothing.ts';
import { venueError } from '../../../../src/domain/venue-error.ts';
import type { WriteOutcome } from '../../../../src/ports/venue-writer.ts';

const yes: WriteOutcome = { kind: 'accepted', venueRef: 'r' };
const no: WriteOutcome = { kind: 'refused', reason: 'price-rule', venueCode: '7' };
const perhaps: WriteOutcome = {
  kind: 'unknown',
  error: venueError('unavailable', { code: 'reset' }),
};

interface Scripted {
  readonly act: WriteOutcome;
  readonly undo?: WriteOutcome;
}

function script(steps: readonly Scripted[]): { readonly calls: string[]; steps: WriteStep[] } {
  const calls: string[] = [];
  return {
    calls,
    steps: steps.map(({ act, undo = yes }, at) => ({
      act: async () => {
        calls.push(`do ${at}`);
        return act;
      },
      undo: async () => {
        calls.push(`undo ${at}`);
        return undo;
      },
    })),
  };
}

test.each([
  { why: 'no steps change nothing', steps: [], calls: [], outcome: 'nothing-changes' },
  {
    why: 'all done',
    steps: [{ act: yes }, { act: yes }],
    calls: ['do 0', 'do 1'],
    outcome: 'accepted',
  },
  {
    why: 'the first refused: nothing to take back',
    steps: [{ act: no }, { act: yes }],
    calls: ['do 0'],
    outcome: 'price-rule',
  },
  {
    why: 'a later one refused: the others go back, the last first',
    steps: [{ act: yes }, { act: yes }, { act: no }],
    calls: ['do 0', 'do 1', 'do 2', 'undo 1', 'undo 0'],
    outcome: 'price-rule',
  },
  {
    why: 'one cannot go back: the others are tried all the same',
    steps: [{ act: yes }, { act: yes, undo: no }, { act: no }],
    calls: ['do 0', 'do 1', 'do 2', 'undo 1', 'undo 0'],
    outcome: 'partly',
  },
  {
    why: 'nobody knows whether it went back',
    steps: [{ act: yes, undo: perhaps }, { act: no }],
    calls: ['do 0', 'do 1', 'undo 0'],
    outcome: 'partly',
  },
  {
    why: 'after an unknown nothing more is sent',
    steps: [{ act: yes }, { act: perhaps }, { act: yes }],
    calls: ['do 0', 'do 1'],
    outcome: 'unknown',
  },
])('$why', async ({ steps, calls, outcome }) => {
  const scripted = script(steps);
  const got = await allOrNothing(scripted.steps);
  expect(got.kind === 'refused' ? got.reason : got.kind).toBe(outcome);
  expect(scripted.calls).toEqual(calls);
});

test('the first thing the venue named is the reference', async () => {
  const { steps } = script([{ act: { kind: 'accepted', venueRef: null } }, { act: yes }]);
  expect(await allOrNothing(steps)).toEqual(yes);
});
