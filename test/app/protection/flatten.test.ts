import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dec } from '../../../src/domain/decimal.ts';
import { asPrice } from '../../../src/domain/units.ts';
import type { AccountWriter } from '../../../src/ports/venue-writer.ts';
import type { WriterFault } from '../../fakes/fake-writer.ts';
import { ADMIN, APPROVER, flattenWorld } from './flatten-world.ts';

type World = ReturnType<typeof flattenWorld>;

async function confirmed({ desk }: World, scope = 'all') {
  const made = await desk.propose(scope, ADMIN);
  if (!made.ok) throw new Error(made.error.kind);
  const { token } = made.value;
  const agreed = await desk.confirm({ token, typed: scope }, ADMIN);
  if (!agreed.ok) throw new Error(agreed.error.kind);
  return { token, typed: null };
}

describe('two people', () => {
  test('an admin asks and types the scope, an approver agrees, and every venue shows flat', async () => {
    const world = flattenWorld();
    const to = await confirmed(world);
    const done = await world.finish(world.desk.approve(to, APPROVER));
    expect(done).toMatchObject({ ok: true, value: { record: { state: 'done', unread: [] } } });
    expect(world.a.legs.size).toBe(0);
    expect(world.a.sent.map(({ kind }) => kind)).toEqual(['reduce']);
    expect(
      [...world.flattenShelf.lines].map(({ entry }) => [entry['what'], entry['actor']]),
    ).toEqual([
      ['flatten.pending', 'dora'],
      ['flatten.confirmed', 'dora'],
      ['flatten.running', 'cat'],
      ['flatten.done', null],
    ]);
  });

  const BOTH = { ...ADMIN, roles: ['admin', 'approver'] } as const;
  test.each([
    { why: 'nobody agrees to their own', by: BOTH, kind: 'self-approval' },
    { why: 'an admin is no approver', by: { ...ADMIN, person: 'eve' }, kind: 'not-permitted' },
    {
      why: 'a viewer neither',
      by: { ...APPROVER, roles: ['viewer'] as const },
      kind: 'not-permitted',
    },
    {
      why: 'who may not see all of it does not know of it',
      by: { ...APPROVER, accounts: ['b'] },
      kind: 'unknown-token',
    },
  ])('$why', async ({ by, kind }) => {
    const world = flattenWorld();
    const to = await confirmed(world);
    expect(await world.desk.approve(to, by)).toMatchObject({ ok: false, error: { kind } });
    expect(world.a.sent).toEqual([]);
  });

  test('before the asker has confirmed, by typing the scope, nobody can agree', async () => {
    const world = flattenWorld();
    const made = await world.desk.propose('a', ADMIN);
    if (!made.ok) throw new Error(made.error.kind);
    const { token } = made.value;
    for (const typed of [null, 'all', 'b']) {
      const refused = await world.desk.confirm({ token, typed }, ADMIN);
      expect(refused).toMatchObject({ ok: false, error: { kind: 'type-scope' } });
    }
    const early = await world.desk.approve({ token, typed: null }, APPROVER);
    expect(early).toMatchObject({ ok: false, error: { kind: 'not-confirmed' } });
  });

  test('an asker who is no admin any more has asked for nothing', async () => {
    const world = flattenWorld({ people: [{ ...ADMIN, roles: ['viewer'] }, APPROVER] });
    const to = await confirmed(world);
    const refused = await world.desk.approve(to, APPROVER);
    expect(refused).toMatchObject({ ok: false, error: { kind: 'not-permitted' } });
  });

  test('of two approvals at once, also in two processes, one runs', async () => {
    const world = flattenWorld();
    const to = await confirmed(world);
    const both = await world.finish(
      Promise.all([world.desk.approve(to, APPROVER), world.open().approve(to, APPROVER)]),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(world.a.sent).toHaveLength(1);
  });

  test('five minutes later it is worth nothing, and cancelled it stays cancelled', async () => {
    const world = flattenWorld();
    const to = await confirmed(world);
    await world.clock.advance(299_999);
    const second = await confirmed(world, 'b').catch(() => null);
    expect(second).toBeNull();
    await world.clock.advance(1);
    expect(await world.desk.approve(to, APPROVER)).toMatchObject({ error: { kind: 'expired' } });
    const other = await confirmed(world);
    expect(await world.desk.cancel(other.token, APPROVER)).toMatchObject({ ok: true });
    expect(await world.desk.approve(other, APPROVER)).toMatchObject({ error: { kind: 'used' } });
  });
});

describe('what is not flat is named', () => {
  test('an account that may not be traded on is left alone and reported', async () => {
    const world = flattenWorld({ tradeAccess: [] });
    const to = await confirmed(world);
    const done = await world.finish(world.desk.approve(to, APPROVER));
    const report = done.ok ? done.value.record.report : null;
    expect(done).toMatchObject({ value: { record: { state: 'partly' } } });
    expect(report).toMatchObject([{ isFlat: false, why: 'read-only', closes: 0 }]);
  });

  test('a venue that always refuses is asked three times, and its reason is told', async () => {
    const world = flattenWorld();
    const refuse: WriterFault = { kind: 'refuse', reason: 'market-closed' };
    world.a.faults.push(...Array.from({ length: 9 }, () => refuse));
    const to = await confirmed(world);
    const done = await world.finish(world.desk.approve(to, APPROVER));
    const report = done.ok ? done.value.record.report : null;
    expect(report).toMatchObject([{ isFlat: false, why: 'refused', reason: 'market-closed' }]);
    expect(world.a.sent).toHaveLength(3);
  });

  test('stops that the venue keeps without their position are cancelled, once', async () => {
    const world = flattenWorld();
    const stops = {
      takeProfit: [],
      stopLoss: [{ price: asPrice(dec(48_000)), share: dec(1) }],
      trailing: null,
    };
    const kept = new Map([['stops', stops]]);
    const { a } = world;
    const leg = a.leg.bind(a);
    Object.assign(a, {
      leg: async (...args: Parameters<AccountWriter['leg']>) => {
        const ground = await leg(...args);
        const now = kept.get('stops');
        return ground.ok && now ? { ok: true, value: { ...ground.value, stops: now } } : ground;
      },
      stops: {
        ...{ hasLadder: true, hasTrailing: true },
        set: async () => {
          kept.clear();
          return { kind: 'accepted', venueRef: null };
        },
      },
    });
    const to = await confirmed(world);
    const done = await world.finish(world.desk.approve(to, APPROVER));
    expect(done).toMatchObject({ value: { record: { report: [{ orphans: 'cancelled' }] } } });
    expect(kept.size).toBe(0);
  });
});

const FAULTS: fc.Arbitrary<WriterFault> = fc.oneof(
  fc.constantFrom<WriterFault>(
    { kind: 'accept-then-hang' },
    { kind: 'accept-then-reset' },
    { kind: 'hang-before' },
    { kind: 'reset-before' },
    { kind: 'refuse', reason: 'rate-limited' },
    { kind: 'duplicate' },
  ),
  fc
    .integer({ min: 1, max: 6 })
    .map((reads): WriterFault => ({ kind: 'delayed-visibility', reads })),
);

test('under every fault: nothing is sent over an open outcome, and flat is only what is flat', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(FAULTS, { maxLength: 2 }),
      fc.constantFrom('1', '0.003', '250'),
      async (faults, size) => {
        let overlapping = 0;
        let world: World | null = null;
        const wrapWriter = (writer: AccountWriter): AccountWriter => ({
          ...writer,
          reduce: writer.reduce && {
            reduce: (order, signal) => {
              const open = [...(world?.shelf.actions.values() ?? [])].filter(
                ({ state }) => state === 'executing' || state === 'unknown',
              );
              // The one that is being sent is the only one.
              if (open.length !== 1) overlapping += 1;
              return writer.reduce?.reduce(order, signal) as ReturnType<
                NonNullable<AccountWriter['reduce']>['reduce']
              >;
            },
          },
        });
        world = flattenWorld({ wrapWriter });
        const { a, leg, desk } = world;
        const before = a.legs.get(leg);
        if (before) a.legs.set(leg, { ...before, contracts: dec(size) });
        a.faults.push(...faults);
        const to = await confirmed(world);
        const done = await world.finish(desk.approve(to, APPROVER));
        if (!done.ok) throw new Error(done.error.kind);
        const { report, state } = done.value.record;
        expect(overlapping).toBe(0);
        const isGone = !a.legs.has(leg);
        for (const row of report ?? []) if (row.isFlat) expect(isGone).toBe(true);
        // The venue is well after its faults, and there is time: it ends flat.
        expect(state).toBe('done');
        expect(isGone).toBe(true);
        const isDoubled = faults.some(({ kind }) => kind === 'duplicate');
        if (!isDoubled) expect(new Set(a.effects).size).toBe(a.effects.length);
      },
    ),
    { numRuns: 120, seed: 20_261_126 },
  );
}, 60_000);
