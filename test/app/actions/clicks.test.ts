import { describe, expect, test } from 'vitest';
import { auditFaults } from '../../../src/actions/audit-chain.ts';
import type { Acting, ActionDesk } from '../../../src/app/actions/action-desk.ts';
import type { ActionRequest } from '../../../src/app/actions/action-record.ts';
import { DEMO_ACTIONS } from '../../../src/app/actions/demo-settings.ts';
import { dec } from '../../../src/domain/decimal.ts';
import { asUsd } from '../../../src/domain/units.ts';
import { sha256 } from '../../actions/a-preview.ts';
import { APPROVER, type LadderOptions, ladderWorld, OTHER, TRADER } from './ladder-world.ts';

const addMargin = (handle: string, amount: string): ActionRequest => ({
  kind: 'position',
  handle,
  ask: { kind: 'add-margin', ask: { kind: 'amount', amount: dec(amount) } },
});

async function previewed(desk: ActionDesk, handle: string, amount: string) {
  const made = await desk.propose(addMargin(handle, amount));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value.token;
}

function open(options: LadderOptions = {}) {
  const world = ladderWorld();
  const actions = world.start(options);
  const desk = (by: Acting) => actions.of(by);
  return {
    ...world,
    desk,
    preview: (amount: string) => previewed(desk(TRADER), world.handle(), amount),
  };
}

describe('one effect', () => {
  test('of two clicks at once one acts, and the other is told that it is decided', async () => {
    const { desk, preview, a } = open();
    const token = await preview('100');
    const to = { token, typed: null };
    const both = await Promise.all([desk(TRADER).confirm(to), desk(TRADER).confirm(to)]);
    expect(both.map((each) => (each.ok ? each.value.state : each.error.kind)).toSorted()).toEqual([
      'done',
      'used',
    ]);
    expect(a.effects).toHaveLength(1);
  });

  test('of two previews of one position only one is under way at a time', async () => {
    const { desk, preview, a, clock } = open();
    const tokens = [await preview('100'), await preview('200')];
    const both = await Promise.all(
      tokens.map((token) => desk(TRADER).confirm({ token, typed: null })),
    );
    expect(both.map((each) => (each.ok ? each.value.state : each.error.kind))).toEqual([
      'done',
      'busy',
    ]);
    expect(a.effects).toHaveLength(1);
    await clock.advance(1);
    const later = await desk(TRADER).confirm({ token: tokens[1] ?? '', typed: null });
    // The first has changed what the second was shown.
    expect(later).toMatchObject({ ok: true, value: { state: 'pending', replaces: 'moved' } });
  });

  test('two clicks cannot both pass the daily cap', async () => {
    const { limits } = DEMO_ACTIONS;
    const settings = {
      ...DEMO_ACTIONS,
      limits: {
        ...limits,
        reducing: null,
        dailyAmount: asUsd(dec(1000)),
        maxAmount: asUsd(dec(800)),
      },
    };
    const { desk, preview, b, a } = open({ settings });
    const own = await preview('600');
    const moved = await desk(TRADER).propose({
      ...{ kind: 'transfer', from: a.account, to: b.account, amount: dec(600), currency: 'USDT' },
    });
    const other = moved.ok ? moved.value.token : '';
    const both = await Promise.all(
      [own, other].map((token) => desk(TRADER).confirm({ token, typed: null })),
    );
    expect(both[0]).toMatchObject({ ok: true, value: { state: 'done' } });
    expect(both[1]).toEqual({
      ok: false,
      error: { kind: 'consent', reason: 'above-daily-of-person' },
    });
  });
});

describe('a large act', () => {
  const settings = { ...DEMO_ACTIONS, limits: { ...DEMO_ACTIONS.limits, reducing: null } };

  test.each([
    { why: 'nothing typed', typed: null },
    { why: 'another amount', typed: '1200' },
    { why: 'a comma', typed: '1,500' },
  ])('wants the very amount: $why', async ({ typed }) => {
    const { desk, preview, a } = open({ settings });
    const token = await preview('1500');
    const answer = await desk(TRADER).confirm({ token, typed });
    expect(answer).toMatchObject({ ok: false, error: { kind: 'type-amount', typed } });
    expect(a.sent).toHaveLength(0);
  });

  test('waits for an approver who is not the asker, on another network', async () => {
    const { desk, preview, a, row } = open({ settings });
    const token = await preview('1500');
    const waiting = await desk(TRADER).confirm({ token, typed: '1500.00' });
    expect(waiting).toMatchObject({ ok: true, value: { state: 'pending', isConfirmed: true } });
    expect(a.sent).toHaveLength(0);
    const to = { token, typed: null };
    const both = { ...TRADER, roles: ['trader', 'approver'] } as const;
    expect(await desk(both).approve(to)).toMatchObject({ error: { reason: 'self-approval' } });
    expect(await desk(OTHER).approve(to)).toMatchObject({ error: { reason: 'not-permitted' } });
    expect(await desk(TRADER).confirm({ token, typed: '1500' })).toMatchObject({
      error: { kind: 'waits-for-approver' },
    });
    const done = await desk(APPROVER).approve(to);
    expect(done).toMatchObject({ ok: true, value: { state: 'done' } });
    expect(a.effects).toEqual([row()?.id]);
  });
});

test.each([
  { why: 'the position was resized', change: { contracts: dec('0.9') } },
  { why: 'the mark moved by more than allowed', change: { markPrice: dec('50251') } },
])('$why: a new preview instead of the old act', async ({ change }) => {
  const { desk, preview, a, leg } = open();
  const token = await preview('100');
  const held = a.legs.get(leg);
  if (held) a.legs.set(leg, { ...held, ...change });
  const answer = await desk(TRADER).confirm({ token, typed: null });
  expect(answer).toMatchObject({ ok: true, value: { state: 'pending', replaces: 'moved' } });
  expect(answer.ok && answer.value.token).not.toBe(token);
  expect(a.sent).toHaveLength(0);
  expect(await desk(TRADER).confirm({ token, typed: null })).toMatchObject({
    error: { kind: 'used', state: 'cancelled' },
  });
});

test('a mark that moved by exactly what is allowed is the same preview', async () => {
  const { desk, preview, a, leg } = open();
  const token = await preview('100');
  const held = a.legs.get(leg);
  if (held) a.legs.set(leg, { ...held, markPrice: dec('50250') });
  expect(await desk(TRADER).confirm({ token, typed: null })).toMatchObject({
    value: { state: 'done' },
  });
});

test('an expired preview acts no more, and its row says so', async () => {
  const { desk, preview, a, clock, row } = open();
  const token = await preview('100');
  await clock.advance(60_000);
  const answer = await desk(TRADER).confirm({ token, typed: null });
  expect(answer).toMatchObject({ ok: true, value: { state: 'expired' } });
  expect(row()?.state).toBe('expired');
  expect(a.sent).toHaveLength(0);
});

test('who lost the right to trade since they asked does not act', async () => {
  const { desk, preview, a } = open();
  const token = await preview('100');
  const answer = await desk({ ...TRADER, roles: ['viewer'] }).confirm({ token, typed: null });
  expect(answer).toMatchObject({ ok: false, error: { reason: 'not-permitted' } });
  expect(a.sent).toHaveLength(0);
});

test('a forged token names nothing, and a row that was changed is refused', async () => {
  const { desk, preview, shelf } = open();
  expect(await desk(TRADER).confirm({ token: 'x'.repeat(24), typed: null })).toEqual({
    ok: false,
    error: { kind: 'unknown-token' },
  });
  const token = await preview('100');
  for (const [id, row] of shelf.actions) {
    shelf.actions.set(id, { ...row, body: row.body.replaceAll('"100"', '"900"') });
  }
  expect(await desk(TRADER).confirm({ token, typed: null })).toMatchObject({
    error: { reason: 'not-what-was-shown' },
  });
});

test('the store knows no token, and the audit has every step in an unbroken chain', async () => {
  const { desk, preview, shelf } = open();
  const token = await preview('100');
  await desk(OTHER).confirm({ token, typed: null });
  await desk(TRADER).confirm({ token, typed: null });
  expect(JSON.stringify([...shelf.actions.values(), shelf.lines])).not.toContain(token);
  expect(shelf.lines.map(({ entry }) => entry['what'])).toEqual([
    ...['request', 'preview', 'refused', 'consent', 'intent', 'outcome'],
  ]);
  expect(auditFaults(shelf.lines, { head: shelf.lines.at(-1) ?? null, hash: sha256 })).toEqual([]);
});

test.each([
  { why: 'no actions section', settings: null, reason: 'not-configured' },
  {
    why: 'a limit is left out',
    settings: { ...DEMO_ACTIONS, limits: { ...DEMO_ACTIONS.limits, dailyAmount: null } },
    reason: 'not-configured',
  },
  { why: 'read access', tradeAccess: [], reason: 'account-read-only' },
])('$why: nobody may act', async ({ reason, why: _why, ...options }) => {
  const { desk, handle, a, shelf } = open(options);
  expect(await desk(TRADER).propose(addMargin(handle(), '100'))).toEqual({
    ok: false,
    error: { kind: 'consent', reason },
  });
  expect(a.sent).toHaveLength(0);
  expect(shelf.lines.map(({ entry }) => entry['what'])).toEqual(['refused']);
});

test.each([
  { why: 'accepted, then silence', fault: 'accept-then-reset', end: 'done' },
  { why: 'silence before anything', fault: 'reset-before', end: 'refused' },
] as const)('$why: unknown, then what the venue shows, and sent once', async ({ fault, end }) => {
  const { desk, preview, a, clock } = open();
  a.faults.push({ kind: fault });
  const token = await preview('100');
  expect(await desk(TRADER).confirm({ token, typed: null })).toMatchObject({
    value: { state: 'unknown' },
  });
  await clock.advance(30_000);
  expect(await desk(TRADER).check(token)).toMatchObject({ value: { state: end } });
  expect(a.sent).toHaveLength(1);
});

test('of a half-done change of stops it says what stands', async () => {
  const { desk, handle, a } = open();
  a.faults.push({ kind: 'partly' });
  const made = await desk(TRADER).propose({
    ...{ kind: 'position', handle: handle() },
    ask: {
      kind: 'set-stops',
      change: {
        takeProfit: [{ price: dec(60_000), share: dec(1) }] as never,
        stopLoss: [{ price: dec(48_000), share: dec(1) }] as never,
        trailing: 'keep',
      },
    },
  });
  const token = made.ok ? made.value.token : '';
  const answer = await desk(TRADER).confirm({ token, typed: null });
  expect(answer).toMatchObject({
    value: { state: 'unknown', record: { end: { kind: 'partly' } } },
  });
  const shown = answer.ok ? answer.value.record.shown?.stops : null;
  expect(shown?.takeProfit.map(({ price }) => price.toString())).toEqual(['60000']);
  expect(shown?.stopLoss).toEqual([]);
});
