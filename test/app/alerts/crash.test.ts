import { afterEach, expect, test } from 'vitest';
import type { AlertStore } from '../../../src/ports/alert-store.ts';
import { fakeAlertStore } from '../../fakes/fake-store-alerts.ts';
import { tempStore } from '../../fakes/temp-store.ts';
import { type Arrived, alertWorld, intentOf, type World } from './alert-world.ts';

const MINUTE = 60_000;
const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

/** A store that outlives the process: opening it again is the restart. */
const STORES: Readonly<Record<string, () => Promise<() => Promise<AlertStore>>>> = {
  memory: async () => {
    const { shelf } = await alertWorld();
    return async () => fakeAlertStore(shelf);
  },
  sqlite: async () => {
    const temp = tempStore();
    opened.push(temp);
    const store = await temp.open();
    return async () => store.alerts;
  },
};

/** The point of the crash, in the order in which they happen to one message. */
const POINTS = [
  {
    point: 'T1 before',
    why: 'C0: nothing is kept; the next evaluation finds it again',
    again: true,
  },
  { point: 'T1 inside', why: 'C1: rolled back', again: true },
  { point: 'T1 after', why: 'C2: kept, not yet sent', again: false },
  { point: 'T2 before', why: 'C3: not yet claimed', again: false },
  { point: 'T2 after', why: 'C3: claimed', again: false },
  { point: 'rendered', why: 'C4: drawn', again: false },
  {
    point: 'in the request',
    why: 'C5, C6: the platform has it, the answer was never read',
    again: false,
  },
  { point: 'answered', why: 'C7: the answer was read, not written down', again: false },
  { point: 'T3 inside', why: 'C8: rolled back', again: false },
  { point: 'T3 after', why: 'C9: settled', again: false },
] as const;

const PLACES = {
  discord: { id: 'room', network: 'discord', isRepeatable: true },
  telegram: { id: 'room', network: 'telegram', isRepeatable: false },
} as const;

/** What people see: Discord shows the same key once. */
function visible(network: keyof typeof PLACES, arrived: readonly Arrived[]): readonly Arrived[] {
  const seen = new Set<string>();
  return arrived.filter(({ message }) => {
    const isSame = network === 'discord' && seen.has(message.key);
    seen.add(message.key);
    return !isSame;
  });
}

const rows = Object.keys(STORES).flatMap((store) =>
  (['discord', 'telegram'] as const).flatMap((network) =>
    POINTS.map((point) => ({ store, network, ...point })),
  ),
);

test.each(rows)(
  '27: $store, $network, killed at "$point" ($why): nothing is lost, a repeat says so',
  async (row) => {
    const openStore = await (STORES[row.store] as () => Promise<() => Promise<AlertStore>>)();
    const places = [PLACES[row.network]];
    const world = await alertWorld({ places, store: await openStore() });
    const start = world.clock.now();
    const intent = intentOf({ level: 'CRIT' });
    if (row.point === 'in the request') {
      world.script('room', async () => {
        world.kill();
        return { kind: 'delivered', messageId: 'm1' };
      });
    } else world.dieAt(row.point);
    void world.desk.take({ intents: [intent], inhibited: new Map() }, []);
    await untilDead(world, row.point === 'in the request');
    const after = await alertWorld({ places, store: await openStore(), startsAt: start + 1000 });
    if (row.again) {
      const kept = await after.desk.take({ intents: [intent], inhibited: new Map() }, []);
      expect(kept.ok).toBe(true);
    }
    await settle(after);
    const before = world.drain();
    const all = [...before, ...after.drain()];
    const shown = visible(row.network, all);
    expect(all.length, 'lost').toBeGreaterThanOrEqual(1);
    expect(shown.length, 'duplicates').toBeLessThanOrEqual(row.network === 'discord' ? 1 : 2);
    for (const repeat of shown.slice(1)) expect(repeat.text).toContain('Possible repeat');
    expect(after.desk.balance()).toMatchObject({
      lost: [],
      difference: 0,
      pending: 0,
      delivered: 1,
    });
  },
);

test.each(Object.keys(STORES))(
  'C10, C11 on %s: an acknowledgement is kept when it was answered, and not before',
  async (name) => {
    const openStore = await (STORES[name] as () => Promise<() => Promise<AlertStore>>)();
    for (const { point, isKept } of [
      { point: 'press inside', isKept: false },
      { point: 'press after', isKept: true },
    ]) {
      const world = await alertWorld({ store: await openStore(), startsAt: 1_700_000_000_000 });
      await world.desk.take(
        { intents: [intentOf({ level: 'CRIT', account: point })], inhibited: new Map() },
        [],
      );
      await world.desk.settled();
      const incident = world.desk.open().find(({ key }) => key.endsWith(point))?.id ?? '';
      world.dieAt(point);
      void world.desk.press({ incident, verb: 'ack', forMs: null, by: 'lee' });
      await untilDead(world, false);
      const after = await alertWorld({ store: await openStore(), startsAt: 1_700_000_001_000 });
      expect(after.desk.incident(incident)?.ack?.by ?? null).toBe(isKept ? 'lee' : null);
      await settle(after);
      const edits = after.drain().filter(({ how, text }) => how === 'edit' && text.includes(point));
      expect(edits.map(({ text }) => text.includes('lee has it in hand'))).toEqual(
        isKept ? [true] : [],
      );
      after.kill();
    }
  },
);

test.each(['timer before', 'timer inside', 'timer after'])(
  'C12, C13: killed at "%s" when a step was due: it is taken once',
  async (point) => {
    const options = {
      places: [{ id: 'room' }, { id: 'second' }],
      routes: [{ match: {}, to: ['room'], escalate: [{ afterMs: 5 * MINUTE, to: ['second'] }] }],
    };
    const world = await alertWorld(options);
    await world.take(intentOf({ level: 'CRIT' }));
    await world.pass(5 * MINUTE - 1000, 1000);
    world.dieAt(point);
    await world.pass(1000, 1000);
    expect(world.hasDied()).toBe(true);
    const after = await alertWorld({
      ...options,
      shelf: world.shelf,
      startsAt: world.clock.now() + 1000,
    });
    await after.pass(2 * MINUTE, 1000);
    const steps = [...world.drain(), ...after.drain()].filter(({ place }) => place === 'second');
    expect(steps).toHaveLength(1);
  },
);

test('32: a silence that was answered is kept through a kill', async () => {
  const world = await alertWorld();
  await world.desk.silence({
    ...{ kind: 'make', by: 'ops', match: { account: 'quant-a' }, level: 'CRIT', reason: 'test' },
    forMs: 60 * MINUTE,
  });
  world.kill();
  const after = await alertWorld({ shelf: world.shelf, startsAt: world.clock.now() });
  for (let n = 0; n < 50; n += 1) {
    await after.take(
      intentOf({
        level: 'CRIT',
        subject: {
          kind: 'position',
          venue: 'bybit',
          account: 'quant-a',
          instrument: `C${n}/USDT`,
          side: 'long',
        },
      }),
    );
  }
  await after.pass(MINUTE, 1000);
  expect(after.drain()).toEqual([]);
});

/** Real stores answer later than a turn of the loop. */
async function untilDead(world: World, isRequest: boolean): Promise<void> {
  for (let turn = 0; turn < 400; turn += 1) {
    if (isRequest ? world.calls.length > 0 : world.hasDied()) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await new Promise((resolve) => setImmediate(resolve));
}

async function settle(world: World): Promise<void> {
  for (let second = 0; second < 5; second += 1) {
    await world.clock.advance(1000);
    await world.desk.runDue();
    await world.desk.settled();
  }
}
