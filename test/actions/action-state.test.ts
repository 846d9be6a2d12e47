import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ActionEvent, ActionRow, ActionState } from '../../src/actions/action-state.ts';
import { NEW_ACTION, STEPS, stepAction } from '../../src/actions/action-state.ts';

const RUNS = { seed: 20_261_126, numRuns: 2000 };
const EVENTS = [
  'approve',
  'execute',
  'succeed',
  'refuse',
  'lose',
  'expire',
  'cancel',
] as const satisfies readonly ActionEvent[];

test.each<{ why: string; from: ActionState; event: ActionEvent; to: ActionState | null }>([
  { why: 'consent is complete', from: 'pending', event: 'approve', to: 'approved' },
  { why: 'nobody executes without consent', from: 'pending', event: 'execute', to: null },
  { why: 'nobody clicked in time', from: 'pending', event: 'expire', to: 'expired' },
  { why: 'the venue is about to hear of it', from: 'approved', event: 'execute', to: 'executing' },
  { why: 'taken back in time', from: 'approved', event: 'cancel', to: 'cancelled' },
  { why: 'a venue that was asked cannot be unasked', from: 'executing', event: 'cancel', to: null },
  { why: 'nor does it expire then', from: 'executing', event: 'expire', to: null },
  { why: 'a timeout says nothing', from: 'executing', event: 'lose', to: 'unknown' },
  { why: 'unknown is never sent again', from: 'unknown', event: 'execute', to: null },
  { why: 'nor approved again', from: 'unknown', event: 'approve', to: null },
  { why: 'read back: it is there', from: 'unknown', event: 'succeed', to: 'done' },
  { why: 'read back: it is not', from: 'unknown', event: 'refuse', to: 'refused' },
  { why: 'done is done', from: 'done', event: 'execute', to: null },
])('$from by $event: $why', ({ from, event, to }) => {
  const row = stepAction({ state: from, revision: 3 }, { event, revision: 3 });
  expect(row).toEqual(
    to === null
      ? { ok: false, error: 'not-possible' }
      : { ok: true, value: { state: to, revision: 4 } },
  );
});

test('of two that read the same row the second loses', () => {
  const approved: ActionRow = { state: 'approved', revision: 1 };
  const first = stepAction(approved, { event: 'execute', revision: 1 });
  if (!first.ok) throw new TypeError('the first may');
  const second = stepAction(first.value, { event: 'execute', revision: 1 });
  expect(second).toEqual({ ok: false, error: 'lost-race' });
});

/** All that can still become of it. */
function reachable(from: ActionState, seen = new Set<ActionState>()): Set<ActionState> {
  for (const next of Object.values(STEPS[from])) {
    if (seen.has(next)) continue;
    seen.add(next);
    reachable(next, seen);
  }
  return seen;
}

test('no way leads back to before the venue heard of it', () => {
  for (const state of [
    'executing',
    'unknown',
    'done',
    'refused',
    'expired',
    'cancelled',
  ] as const) {
    const later = reachable(state);
    for (const early of ['pending', 'approved', 'executing'] as const) {
      expect(later.has(early), `${state} to ${early}`).toBe(false);
    }
  }
  expect([...reachable('unknown')].sort()).toEqual(['done', 'refused']);
});

/** Several hands on one row, each with what it last read; a reading may be old. */
const moves = fc.array(
  fc.record({
    hand: fc.nat(3),
    event: fc.constantFrom(...EVENTS),
    readsFirst: fc.boolean(),
  }),
  { maxLength: 40 },
);

test('whatever many hands do, it is executed once at most, and only after an approval', () => {
  let executed = 0;
  fc.assert(
    fc.property(moves, (steps) => {
      let row = NEW_ACTION;
      const read = new Map<number, number>();
      const path: ActionState[] = [row.state];
      for (const { hand, event, readsFirst } of steps) {
        if (readsFirst) read.set(hand, row.revision);
        const next = stepAction(row, { event, revision: read.get(hand) ?? 0 });
        if (!next.ok) continue;
        row = next.value;
        path.push(row.state);
      }
      const times = path.filter((state) => state === 'executing').length;
      expect(times).toBeLessThanOrEqual(1);
      if (times === 1) expect(path[path.indexOf('executing') - 1]).toBe('approved');
      const after = path.slice(path.indexOf('unknown') + 1);
      if (path.includes('unknown')) expect(after).not.toContain('approved');
      executed += times;
    }),
    RUNS,
  );
  expect(executed).toBeGreaterThan(50);
});
