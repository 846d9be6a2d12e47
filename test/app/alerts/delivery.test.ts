import { expect, test } from 'vitest';
import type { SendOutcome } from '../../../src/ports/chat.ts';
import { alertWorld, intentOf } from './alert-world.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Lets `most` calls through in any `windowMs`; the others are told how long to wait. Counts those that came too early. */
function limited(most: number, windowMs: number, now: () => number) {
  const passed: number[] = [];
  let closedUntil = 0;
  const seen = { refused: 0, early: 0 };
  const script = (): SendOutcome | null => {
    const at = now();
    if (at < closedUntil) seen.early += 1;
    const recent = passed.filter((each) => each > at - windowMs);
    if (recent.length < most) {
      passed.push(at);
      return null;
    }
    seen.refused += 1;
    const retryAfterMs = (recent[0] as number) + windowMs - at;
    closedUntil = at + retryAfterMs;
    return { kind: 'retry', retryAfterMs, scope: 'chat' };
  };
  return { script, seen };
}

test.each([
  { name: '22: 20 a minute', most: 20, windowMs: MINUTE, places: [{ id: 'room' }] },
  {
    name: '23: 5 in 2 s',
    most: 5,
    windowMs: 2000,
    places: [{ id: 'room', network: 'discord', isRepeatable: true }],
  },
])(
  '$name: forty incidents at once all arrive in five seconds and nothing is sent into a ban',
  async (row) => {
    const world = await alertWorld({ places: row.places });
    const { script, seen } = limited(row.most, row.windowMs, world.clock.now);
    world.script('room', script);
    const start = world.clock.now();
    await world.take(
      ...Array.from({ length: 40 }, (_, n) => intentOf({ account: `account-${n}` })),
    );
    await world.pass(2 * MINUTE, 250);
    const arrived = world.drain();
    const members = new Set(
      arrived.flatMap(({ message }) =>
        message.record.members.map(({ subject }) => subject['account']),
      ),
    );
    expect(members.size).toBe(40);
    expect((arrived[0]?.at ?? Infinity) - start).toBeLessThanOrEqual(5250);
    expect(seen).toEqual({ refused: 0, early: 0 });
  },
);

test('22: forty emergencies and critical ones one by one never go out inside a ban', async () => {
  const world = await alertWorld();
  const { script, seen } = limited(5, 30 * SECOND, world.clock.now);
  world.script('room', script);
  for (let n = 0; n < 40; n += 1) {
    await world.take(intentOf({ account: `account-${n}`, level: n % 4 === 0 ? 'EMERG' : 'CRIT' }));
    await world.pass(1500);
  }
  await world.pass(2 * MINUTE);
  expect(seen.early).toBe(0);
  expect(seen.refused).toBeGreaterThan(0);
  const named = world
    .drain()
    .flatMap(({ message }) => message.record.members.map(({ subject }) => subject['account']));
  expect(new Set(named).size).toBe(40);
});

test.each([
  { retryAfterMs: 376, waits: 626, why: 'a fraction of a second is never cut' },
  { retryAfterMs: 376.2, waits: 627, why: 'rounded up' },
  { retryAfterMs: 5000, waits: 5250, why: 'what an adapter takes when the header is missing' },
])('24: after a 429 of $retryAfterMs ms the next call comes after $waits: $why', async (row) => {
  const world = await alertWorld({ places: [{ id: 'room' }, { id: 'other' }] });
  world.script('room', (_, call) =>
    call === 1 ? { kind: 'retry', retryAfterMs: row.retryAfterMs, scope: 'chat' } : null,
  );
  const start = world.clock.now();
  await world.take(intentOf({ level: 'CRIT' }));
  await world.pass(row.waits - 1, row.waits - 1);
  expect(world.calls.filter(({ place }) => place === 'room')).toHaveLength(1);
  await world.pass(1, 1);
  const calls = world.calls.filter(({ place }) => place === 'room');
  expect(calls.map(({ at }) => at - start)).toEqual([0, row.waits]);
  expect(new Set(calls.map(({ key }) => key)).size).toBe(1);
  expect(world.drain().filter(({ place }) => place === 'other')).toHaveLength(1);
});

test('24: a pause for the whole bot holds every place of that network, and no other', async () => {
  const world = await alertWorld({
    places: [{ id: 'a' }, { id: 'b' }, { id: 'c', network: 'discord' }],
  });
  let isOn = true;
  world.script('a', () => {
    if (!isOn) return null;
    isOn = false;
    return { kind: 'retry', retryAfterMs: 10 * SECOND, scope: 'network' };
  });
  await world.take(intentOf({ level: 'CRIT' }));
  await world.pass(2000);
  world.drain();
  await world.take(intentOf({ level: 'EMERG', reason: 'LEVEL_UP' }));
  expect(world.drain().map(({ place }) => place)).toEqual(['c']);
  await world.pass(10 * SECOND);
  expect(
    world
      .drain()
      .map(({ place }) => place)
      .sort(),
  ).toEqual(['a', 'b']);
});

test('25: ten minutes of server errors, then it arrives once, and says that it is late', async () => {
  const world = await alertWorld();
  const start = world.clock.now();
  world.script('room', () =>
    world.clock.now() - start < 10 * MINUTE ? { kind: 'unknown' } : null,
  );
  await world.take(intentOf({ level: 'WARN' }));
  await world.pass(11 * MINUTE, 1000);
  const arrived = world.drain();
  expect(arrived).toHaveLength(1);
  expect(arrived[0]?.text).toMatch(/Late by 1\d min/);
  expect(world.desk.balance()).toMatchObject({ lost: [], pending: 0, difference: 0 });
});

test.each([
  { network: 'discord', isRepeatable: true, tagged: false },
  { network: 'telegram', isRepeatable: false, tagged: true },
])(
  '26: accepted but never answered on $network: the same key again, tagged $tagged',
  async (row) => {
    const world = await alertWorld({ places: [{ id: 'room', ...row }] });
    world.script('room', (_, call) => (call === 1 ? { kind: 'unknown' } : null));
    await world.take(intentOf({ level: 'CRIT' }));
    await world.pass(2 * SECOND);
    expect(new Set(world.calls.map(({ key }) => key)).size).toBe(1);
    const [again, ...more] = world.drain();
    expect(more).toEqual([]);
    expect(again?.text.includes('Possible repeat')).toBe(row.tagged);
  },
);

test('26: after longer than a nonce is remembered a repeat is tagged on Discord too', async () => {
  const world = await alertWorld({
    places: [{ id: 'room', network: 'discord', isRepeatable: true }],
  });
  const start = world.clock.now();
  world.script('room', () => (world.clock.now() - start < 6 * MINUTE ? { kind: 'unknown' } : null));
  await world.take(intentOf({ level: 'WARN' }));
  await world.pass(8 * MINUTE, 1000);
  expect(world.drain()[0]?.text).toContain('Possible repeat');
});

test('38: a place that refuses: the fallback has it within thirty seconds, and hears why', async () => {
  const world = await alertWorld({
    places: [
      { id: 'night', network: 'discord', fallback: 'room' },
      { id: 'room', minLevel: 'EMERG' },
    ],
  });
  world.script('night', () => ({ kind: 'dead', reason: 'forbidden' }));
  const start = world.clock.now();
  await world.take(intentOf({ level: 'CRIT' }));
  await world.pass(3 * SECOND);
  const arrived = world.drain();
  const alert = arrived.find(({ title }) => title.includes('quant-a'));
  expect(alert?.place).toBe('room');
  expect((alert?.at ?? Infinity) - start).toBeLessThanOrEqual(30 * SECOND);
  await world.pass(MINUTE);
  const { lost, difference, pending } = world.desk.balance();
  expect({ lost, difference, pending }).toEqual({ lost: [], difference: 0, pending: 0 });
});

test('38: a place that is slow: the fallback has what is critical after thirty seconds', async () => {
  const world = await alertWorld({
    places: [
      { id: 'night', fallback: 'room' },
      { id: 'room', network: 'discord', minLevel: 'EMERG' },
    ],
  });
  world.script('night', () => ({ kind: 'retry', retryAfterMs: 5 * MINUTE, scope: 'chat' }));
  const start = world.clock.now();
  await world.take(intentOf({ level: 'CRIT' }));
  await world.pass(31 * SECOND);
  expect(world.drain().map(({ place, at }) => `${place} ${at - start}`)).toEqual(['room 30250']);
});

test('39: a group that moved gets the message under its new id, for good', async () => {
  const world = await alertWorld();
  world.script('room', (message) =>
    message.chat === '-1002' ? null : { kind: 'moved', chat: '-1002' },
  );
  await world.take(intentOf({ level: 'CRIT' }));
  await world.pass(1000);
  expect(world.drain().map(({ message }) => message.chat)).toEqual(['-1002']);
  world.kill();
  const after = await alertWorld({ shelf: world.shelf, startsAt: world.clock.now() });
  await after.take(intentOf({ level: 'EMERG', reason: 'LEVEL_UP' }));
  expect(after.drain().map(({ message }) => message.chat)).toEqual(['-1002']);
});

test('40: refused twice, it goes out in plainer and plainer form', async () => {
  const world = await alertWorld();
  const rows: number[] = [];
  world.script('room', (message, call) => {
    rows.push(message.view.reply.tables.length + message.view.reply.figures.length);
    return call <= 2 ? { kind: 'dead', reason: 'refused' } : null;
  });
  const hostile = `<b>@everyone</b> ‮ ${'x'.repeat(10_000)}`;
  await world.take(
    intentOf({ level: 'CRIT', subject: { kind: 'account', venue: 'bybit', account: hostile } }),
    intentOf({
      level: 'CRIT',
      rule: 'healthFactor',
      subject: { kind: 'account', venue: 'bybit', account: hostile },
    }),
  );
  await world.pass(1000);
  const [minimal] = world.drain();
  expect(rows).toHaveLength(3);
  expect(rows[2]).toBe(0);
  expect(minimal?.title).toMatch(/^Critical account/);
  expect(minimal?.title).not.toMatch(/[<>@‮]/u);
  expect(minimal?.title.length).toBeLessThan(120);
});

test.each([
  { reason: 'gone', why: '41: a person deleted it' },
  { reason: 'forbidden', why: '43: the thread is closed' },
  { reason: 'refused', why: '43: it is too old to edit' },
] as const)('$why: what the edit would say is said anew', async ({ reason }) => {
  const world = await alertWorld();
  await world.take(intentOf({ level: 'CRIT' }));
  world.drain();
  world.script('room', (message) => (message.edits ? { kind: 'dead', reason } : null));
  await world.take(intentOf({ level: 'WARN', reason: 'LEVEL_DOWN' }));
  await world.pass(2000);
  expect(world.drain().map(({ how, title }) => `${how} ${title}`)).toEqual([
    'silent Warning: quant-a · margin usage 72.0%',
  ]);
  expect(world.desk.balance()).toMatchObject({ lost: [], pending: 0 });
});

test('46: a process that was frozen and wakes up changes and says nothing more', async () => {
  const old = await alertWorld();
  await old.take(intentOf({ level: 'CRIT', account: 'before' }));
  old.drain();
  const fresh = await alertWorld({ shelf: old.shelf, startsAt: old.clock.now() });
  const taken = await old.desk.take(
    { intents: [intentOf({ level: 'EMERG', account: 'from-the-grave' })], inhibited: new Map() },
    [],
  );
  expect(taken).toEqual({ ok: false, error: { kind: 'fenced' } });
  await old.pass(MINUTE);
  expect(old.drain()).toEqual([]);
  expect(old.desk.isFenced()).toBe(true);
  expect(fresh.desk.open().map(({ key }) => key)).toEqual(['account before']);
});

test('49: a row taken out of the outbox by hand is sent after all, and somebody hears of it', async () => {
  const world = await alertWorld();
  world.script('room', () => ({ kind: 'retry', retryAfterMs: MINUTE, scope: 'chat' }));
  await world.take(intentOf({ level: 'CRIT' }));
  world.kill();
  for (const key of world.shelf.rows.keys())
    if (key.startsWith('outbox')) world.shelf.rows.delete(key);
  const after = await alertWorld({ shelf: world.shelf, startsAt: world.clock.now() + 2 * MINUTE });
  await after.pass(SECOND);
  expect(after.drain()).toEqual([]);
  const swept = await after.desk.sweep();
  expect(swept.ok && swept.value.lost).toHaveLength(1);
  await after.pass(5 * SECOND);
  const titles = after.drain().map(({ title }) => title);
  expect(titles).toContain('Critical: quant-a · margin usage 72.0%');
  expect(titles).toContain('Critical: desk · monitor');
  expect(after.desk.balance()).toMatchObject({ lost: [], difference: 0, pending: 0 });
});

test('49: a record of an intent removed by hand is noticed in the books', async () => {
  const world = await alertWorld();
  await world.take(intentOf({ level: 'CRIT' }));
  world.kill();
  for (const key of world.shelf.rows.keys())
    if (key.startsWith('intent')) world.shelf.rows.delete(key);
  const after = await alertWorld({ shelf: world.shelf, startsAt: world.clock.now() });
  const swept = await after.desk.sweep();
  expect(swept.ok && swept.value.difference).toBe(1);
  await after.pass(3 * SECOND);
  expect(after.drain().map(({ text }) => text)).toEqual([
    expect.stringContaining('The count of alerts does not add up'),
  ]);
});

test('a warning that nobody could be told for an hour is not forgotten', async () => {
  const world = await alertWorld();
  const start = world.clock.now();
  world.script('room', () =>
    world.clock.now() - start < 70 * MINUTE ? { kind: 'unknown' } : null,
  );
  await world.take(intentOf({ level: 'WARN' }));
  await world.pass(1.5 * HOUR, 5000);
  const arrived = world.drain();
  expect(arrived.map(({ text }) => text.includes('quant-a'))).toContain(true);
});
