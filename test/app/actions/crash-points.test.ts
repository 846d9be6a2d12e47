import { describe, expect, test } from 'vitest';
import type { ActionDesk } from '../../../src/app/actions/action-desk.ts';
import type { ActionRequest } from '../../../src/app/actions/action-record.ts';
import { dec } from '../../../src/domain/decimal.ts';
import { asAccountId, asPrice } from '../../../src/domain/units.ts';
import type { WriterFault } from '../../fakes/fake-writer.ts';
import { dying } from '../../torture/dying.ts';
import { type LadderOptions, ladderWorld, share, TRADER } from './ladder-world.ts';

type World = ReturnType<typeof ladderWorld>;

const ACTS: Readonly<Record<string, (world: World) => ActionRequest>> = {
  'add margin': (world) => ({
    ...{ kind: 'position', handle: world.handle() },
    ask: { kind: 'add-margin', ask: { kind: 'amount', amount: dec(100) } },
  }),
  'take margin': (world) => ({
    ...{ kind: 'position', handle: world.handle() },
    ask: { kind: 'remove-margin', ask: { kind: 'amount', amount: dec(100) } },
  }),
  'set stops': (world) => ({
    ...{ kind: 'position', handle: world.handle() },
    ask: {
      kind: 'set-stops',
      change: {
        takeProfit: [{ price: asPrice(dec(60_000)), share: share('1') }],
        stopLoss: [{ price: asPrice(dec(48_000)), share: share('1') }],
        trailing: 'keep',
      },
    },
  }),
  reduce: (world) => ({
    ...{ kind: 'position', handle: world.handle() },
    ask: { kind: 'reduce', ask: { kind: 'share', share: dec('0.1') } },
  }),
  transfer: () => ({
    ...{ kind: 'transfer', from: asAccountId('a'), to: asAccountId('b') },
    ...{ amount: dec(100), currency: 'USDT' },
  }),
};
const FAULTS: readonly (WriterFault | null)[] = [
  null,
  { kind: 'accept-then-reset' },
  { kind: 'reset-before' },
  { kind: 'accept-then-hang' },
  { kind: 'hang-before' },
  { kind: 'refuse', reason: 'insufficient-balance' },
  { kind: 'delayed-visibility', reads: 2 },
  { kind: 'delayed-visibility', reads: 9 },
];

async function actOnce(desk: ActionDesk, request: ActionRequest) {
  const made = await desk.propose(request);
  if (!made.ok) throw new Error(`not previewed: ${JSON.stringify(made.error)}`);
  return desk.confirm({ token: made.value.token, typed: null });
}

/** Time passes until every deadline and pause is over. */
async function passing(world: World, work: Promise<unknown>): Promise<void> {
  let isOver = false;
  void work.then(() => {
    isOver = true;
  });
  for (let round = 0; round < 60 && !isOver; round += 1) {
    await world.clock.advance(2500);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A minute later whatever was accepted can be seen. */
async function catchUp({ a }: World): Promise<void> {
  for (let read = 0; read < 10; read += 1) await a.wallet('USDT', new AbortController().signal);
}

/** What must hold whatever happened: one effect at most, and nothing claimed that the venue does not show. */
function judge(world: World, why: string) {
  const row = world.row();
  const effects = world.a.effects.filter((each) => each === row?.id);
  const sent = world.a.sent.filter(({ clientRef }) => clientRef === row?.id);
  expect(effects.length, why).toBeLessThanOrEqual(1);
  expect(sent.length, why).toBeLessThanOrEqual(1);
  if (row?.state === 'done') expect(effects, why).toHaveLength(1);
  if (['refused', 'expired', 'cancelled', 'pending'].includes(row?.state ?? 'pending')) {
    expect(effects, why).toHaveLength(0);
  }
  return row?.state ?? 'none';
}

describe.each(Object.entries(ACTS))('%s', (_name, requestOf) => {
  test.each(FAULTS)('lost at every step, the venue: %o', async (fault) => {
    const ends = new Set<string>();
    let isThrough = false;
    for (const when of ['before', 'after'] as const) {
      isThrough = false;
      for (let at = 1; !isThrough && at < 60; at += 1) {
        const world = ladderWorld();
        if (fault) world.a.faults.push(fault);
        const death = dying(at, when);
        const options: LadderOptions = { wrapStore: death.wrap, wrapWriter: death.wrap };
        const flow = actOnce(world.start(options).of(TRADER), requestOf(world));
        const over = Promise.race([flow.then(() => 'through' as const), death.died]);
        await passing(world, over);
        isThrough = (await over) === 'through' && death.calls() < at;
        await world.clock.advance(61_000);
        await catchUp(world);
        const again = world.start();
        await again.recover();
        for (let look = 0; look < 12; look += 1) await again.settle();
        ends.add(judge(world, `${when} call ${at}`));
      }
    }
    expect(isThrough).toBe(true);
    expect(ends.has('executing')).toBe(false);
    expect(ends.has('approved')).toBe(false);
  });
});
