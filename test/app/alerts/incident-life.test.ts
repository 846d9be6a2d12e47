import { expect, test } from 'vitest';
import { type Arrived, alertWorld, intentOf } from './alert-world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const brief = (arrived: readonly Arrived[]) => arrived.map(({ how, title }) => `${how} ${title}`);
const atMinutes = (arrived: readonly Arrived[], start: number) =>
  arrived.map(({ at }) => Math.floor((at - start) / MINUTE));

test('what is critical is said at once, and so is getting worse; a warning waits five seconds', async () => {
  const world = await alertWorld();
  await world.take(intentOf({ level: 'CRIT' }));
  expect(brief(world.drain())).toEqual(['loud Critical: quant-a · margin usage 72.0%']);
  await world.take(intentOf({ level: 'EMERG', reason: 'LEVEL_UP', value: '0.86' }));
  const [worse] = world.drain();
  expect(worse?.title).toBe('EMERGENCY: quant-a · margin usage 86.0%');
  expect(worse?.text).toContain('Was 72.0%');
  expect(worse?.text).toContain('Next: /margin quant-a');
});

test('one account is one story: its alerts share a message', async () => {
  const world = await alertWorld();
  await world.take(
    intentOf({ level: 'WARN' }),
    intentOf({ level: 'WARN', rule: 'healthFactor', value: '1.4' }),
  );
  await world.pass(6000);
  const [only] = world.drain();
  expect(only?.title).toBe('Warning: quant-a · margin usage 72.0% and 1 more');
  expect(only?.message.record.members).toHaveLength(2);
});

test('getting better is an edit, and the end turns the message green with how long and how bad it was', async () => {
  const world = await alertWorld();
  await world.take(intentOf({ level: 'CRIT', value: '0.75' }));
  world.drain();
  await world.pass(1000);
  await world.take(intentOf({ level: 'WARN', reason: 'LEVEL_DOWN', value: '0.6' }));
  await world.pass(1000);
  expect(brief(world.drain())).toEqual(['edit Warning: quant-a · margin usage 60.0%']);
  await world.pass(59_000);
  await world.take(intentOf({ level: 'CRIT', reason: 'RESOLVED', value: '0.4' }));
  await world.pass(1000);
  const [green, line] = world.drain();
  expect([green?.how, green?.title]).toEqual(['edit', 'Over: quant-a · margin usage']);
  expect(green?.text).toContain('Lasted 61 s');
  expect(green?.text).toContain('Worst 75.0%');
  expect(green?.message.view.buttons).toEqual([]);
  expect([line?.how, line?.title]).toEqual(['reply', 'Over after 61 s: quant-a']);
  await world.pass(HOUR, 5000);
  expect(world.drain()).toEqual([]);
});

test('30: a restart with 1,000 unchanged alerts says nothing', async () => {
  const before = await alertWorld();
  const many = Array.from({ length: 1000 }, (_, n) =>
    intentOf({ level: 'WARN', account: `account-${n}` }),
  );
  await before.take(...many);
  await before.pass(40_000);
  before.kill();
  const after = await alertWorld({ shelf: before.shelf, startsAt: before.clock.now() });
  await after.pass(10 * MINUTE, 5000);
  expect(after.drain()).toEqual([]);
  expect(after.desk.open()).toHaveLength(1000);
});

test('31: what arose while nobody watched comes in one digest, what is critical at once', async () => {
  const world = await alertWorld();
  const offlineMs = 372_000;
  const reason = 'CATCH_UP';
  await world.take(
    intentOf({ account: 'a', reason, offlineMs }),
    intentOf({ account: 'b', reason, offlineMs }),
    intentOf({ account: 'c', reason: 'LEVEL_UP', offlineMs }),
  );
  await world.pass(6000);
  const [digest, ...more] = world.drain();
  expect(more).toEqual([]);
  expect(digest?.text).toContain('Nobody watched for 7 min: 2 new, 1 worse since.');
  await world.take(intentOf({ account: 'd', level: 'EMERG', reason, offlineMs }));
  expect(world.drain().map(({ title }) => title)).toEqual(['EMERGENCY: d · margin usage 72.0%']);
});

test.each([
  { level: 'CRIT', minutes: [0, 5, 15, 35, 65, 95] },
  { level: 'EMERG', minutes: [0, 2, 4, 6, 8] },
  { level: 'WARN', minutes: [0, 240, 480] },
  { level: 'INFO', minutes: [0] },
] as const)(
  'the heartbeat of $level goes on until somebody has it in hand',
  async ({ level, minutes }) => {
    // Escalation speaks at moments of its own; here there is nobody to escalate to.
    const world = await alertWorld({
      routes: [{ match: {}, to: ['room'], escalate: [{ afterMs: 99 * HOUR, to: ['room'] }] }],
    });
    const start = world.clock.now();
    await world.take(intentOf({ level }));
    await world.pass(((minutes.at(-1) ?? 0) + 1) * MINUTE, 2000);
    const wanted = level === 'EMERG' ? expect.arrayContaining([...minutes]) : [...minutes];
    expect(atMinutes(world.drain(), start)).toEqual(wanted);
  },
);

test('34: an acknowledgement ends when it got worse, when a critical one joins, and when its time is up', async () => {
  const world = await alertWorld();
  await world.take(intentOf({ level: 'CRIT' }));
  const [first] = world.desk.open();
  const id = first?.id ?? '';
  const ack = () => world.desk.press({ incident: id, verb: 'ack', forMs: null, by: 'lee' });
  await ack();
  await world.pass(1000);
  expect(brief(world.drain())).toEqual([
    'loud Critical: quant-a · margin usage 72.0%',
    'edit Critical: quant-a · margin usage 72.0%',
  ]);
  await world.pass(20 * MINUTE, 2000);
  expect(world.drain(), 'no reminders while it is in hand').toEqual([]);
  await world.take(intentOf({ level: 'WARN', reason: 'REPEAT' }));
  await world.pass(6000);
  expect(
    world.drain().filter(({ how }) => how === 'loud'),
    'covered',
  ).toEqual([]);

  await world.take(intentOf({ level: 'EMERG', reason: 'LEVEL_UP', value: '0.9' }));
  expect(brief(world.drain()).at(-1)).toBe('loud EMERGENCY: quant-a · margin usage 90.0%');
  await ack();
  await world.take(intentOf({ level: 'CRIT', rule: 'healthFactor', value: '1.1' }));
  await world.pass(3000);
  expect(
    world.drain().filter(({ how }) => how === 'loud'),
    'a new critical member',
  ).toHaveLength(1);
  expect(world.desk.incident(id)?.ack).toBe(null);

  await ack();
  world.drain();
  await world.pass(30 * MINUTE, 2000);
  const [expired] = world.drain().filter(({ how }) => how === 'loud');
  expect(expired?.text).toContain('The time of lee is up and it still fires.');
});

test.each([{ verb: 'snooze', said: 'Put off until now, and it still fires.' }] as const)(
  '33: a snooze that ends while it fires is said exactly once',
  async ({ verb, said }) => {
    const world = await alertWorld();
    await world.take(intentOf({ level: 'WARN' }));
    await world.pass(6000);
    const [open] = world.desk.open();
    await world.desk.press({ incident: open?.id ?? '', verb, forMs: null, by: 'lee' });
    await world.pass(1000);
    world.drain();
    await world.pass(70 * MINUTE, 2000);
    const loud = world.drain().filter(({ how }) => how === 'loud');
    expect(loud.map(({ text }) => text.includes(said))).toEqual([true]);
  },
);

test('33: a silence that ends over five firing accounts is said in exactly one notice', async () => {
  const world = await alertWorld();
  const made = await world.desk.silence({
    ...{ kind: 'make', by: 'ops', match: { venue: 'bybit' }, level: 'CRIT', reason: 'maintenance' },
    forMs: HOUR,
  });
  expect(made.ok && made.value.ok).toBe(true);
  for (const account of ['a', 'b', 'c', 'd', 'e'])
    await world.take(intentOf({ level: 'CRIT', account }));
  await world.pass(59 * MINUTE, 2000);
  expect(world.drain()).toEqual([]);
  expect(world.desk.balance().suppressed).toBeGreaterThanOrEqual(5);
  await world.pass(2 * MINUTE, 1000);
  expect(world.drain().map(({ title }) => title)).toEqual(['Critical: 5 alerts']);
});

test.each([
  { ask: { forMs: 25 * HOUR, level: 'WARN' }, error: 'too-long' },
  { ask: { forMs: 24 * HOUR, level: 'WARN' }, error: null },
  { ask: { forMs: 4 * HOUR + 1, level: 'CRIT' }, error: 'too-long-for-crit' },
  { ask: { forMs: 4 * HOUR, level: 'CRIT' }, error: null },
  { ask: { forMs: 0, level: 'WARN' }, error: 'no-end' },
] as const)('a silence always ends: $ask.forMs ms at $ask.level', async ({ ask, error }) => {
  const world = await alertWorld();
  const made = await world.desk.silence({
    ...{ kind: 'make', by: 'ops', match: { account: 'a' }, reason: 'test', ...ask },
  });
  expect(made.ok && (made.value.ok ? null : made.value.error)).toBe(error);
});

test('a silence covers an emergency only when a second person agrees', async () => {
  const world = await alertWorld();
  const made = await world.desk.silence({
    ...{ kind: 'make', by: 'ops', match: { account: 'quant-a' }, level: 'EMERG', reason: 'test' },
    forMs: HOUR,
  });
  const id = made.ok && made.value.ok ? made.value.value.id : '';
  await world.take(intentOf({ level: 'EMERG' }));
  expect(world.drain()).toHaveLength(1);
  const same = await world.desk.silence({ kind: 'agree', id, by: 'ops' });
  expect(same.ok && !same.value.ok && same.value.error).toBe('same-person');
  await world.desk.silence({ kind: 'agree', id, by: 'second' });
  await world.take(intentOf({ level: 'EMERG', reason: 'REPEAT' }));
  expect(world.drain().filter(({ how }) => how === 'loud')).toEqual([]);
});

test('35: ten presses from two networks have one effect, and both messages show it', async () => {
  const world = await alertWorld({
    places: [
      { id: 'discord-room', network: 'discord', isRepeatable: true },
      { id: 'telegram-room' },
    ],
  });
  await world.take(intentOf({ level: 'CRIT' }));
  expect(world.drain()).toHaveLength(2);
  const [open] = world.desk.open();
  const token = open?.tokens.ack ?? '';
  const meaning = world.desk.meaningOf(token);
  expect(meaning).toEqual({ incident: open?.id, verb: 'ack' });
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      world.desk.press({
        incident: meaning?.incident ?? '',
        verb: 'ack',
        forMs: null,
        by: `p${n}`,
      }),
    ),
  );
  const kinds = answers.map((each) => each.ok && (each.value.ok ? 'done' : each.value.error.kind));
  expect(kinds.filter((kind) => kind === 'done')).toHaveLength(1);
  expect(kinds.filter((kind) => kind === 'already')).toHaveLength(9);
  await world.pass(1000);
  expect(
    world
      .drain()
      .map(({ place, how }) => `${place} ${how}`)
      .sort(),
  ).toEqual(['discord-room edit', 'telegram-room edit']);
  await world.take(intentOf({ level: 'CRIT', reason: 'RESOLVED' }));
  await world.pass(2000);
  world.drain();
  const late = await world.desk.press({
    incident: open?.id ?? '',
    verb: 'ack',
    forMs: null,
    by: 'x',
  });
  expect(late.ok && !late.value.ok && late.value.error.kind).toBe('over');
  const odd = await world.desk.press({ incident: 'nope', verb: 'ack', forMs: null, by: 'x' });
  expect(odd.ok && !odd.value.ok && odd.value.error.kind).toBe('unknown');
});

const ESCALATING = {
  places: [{ id: 'room' }, { id: 'second' }, { id: 'pager', network: 'webhook', canEdit: false }],
  routes: [
    {
      match: {},
      to: ['room'],
      escalate: [
        { afterMs: 5 * MINUTE, to: ['second'] },
        { afterMs: 10 * MINUTE, to: ['pager'] },
      ],
    },
  ],
} as const;

test('36: nobody acknowledges: each next place hears of it once a round, also over a restart', async () => {
  const world = await alertWorld(ESCALATING);
  const start = world.clock.now();
  await world.take(intentOf({ level: 'CRIT' }));
  await world.pass(4 * MINUTE, 1000);
  expect(world.drain().map(({ place }) => place)).toEqual(['room']);
  world.kill();
  const after = await alertWorld({
    ...ESCALATING,
    shelf: world.shelf,
    startsAt: start + 6 * MINUTE,
  });
  await after.pass(2000, 1000);
  const first = after.drain().filter(({ place }) => place === 'second');
  expect(first.map(({ how, at }) => `${how} ${at - start}`)).toEqual([`loud ${6 * MINUTE + 1000}`]);
  expect(first[0]?.text).toContain('Escalated: nobody has taken it in hand.');
  await after.pass(4 * MINUTE, 1000);
  expect(after.drain().filter(({ place }) => place === 'pager')).toHaveLength(1);
});

test.each([
  { ackAt: 5 * MINUTE - 1, steps: 0, why: 'one millisecond before the step' },
  { ackAt: 5 * MINUTE + 1, steps: 1, why: 'one millisecond after the step' },
])('37: acknowledged $why: $steps', async ({ ackAt, steps }) => {
  const world = await alertWorld(ESCALATING);
  await world.take(intentOf({ level: 'CRIT' }));
  await world.pass(4 * MINUTE, 1000);
  await world.pass(MINUTE - 2, MINUTE);
  const [open] = world.desk.open();
  for (let ms = 5 * MINUTE - 2; ms < ackAt; ms += 1) await world.pass(1, 1);
  await world.desk.press({ incident: open?.id ?? '', verb: 'ack', forMs: null, by: 'lee' });
  await world.pass(MINUTE, 500);
  const loud = world.drain().filter(({ place, how }) => place === 'second' && how === 'loud');
  expect(loud).toHaveLength(steps);
});

test.each([
  { level: 'WARN', titles: [], why: 'a warning that nobody saw needs no all-clear' },
  {
    level: 'CRIT',
    titles: ['loud Fired and cleared in 4 s: quant-a · margin usage'],
    why: 'something critical is said even when it is over',
  },
] as const)('42: over before it was sent: $why', async ({ level, titles }) => {
  const world = await alertWorld();
  let isBlocked = true;
  world.script('room', () =>
    isBlocked ? { kind: 'retry', retryAfterMs: 4000, scope: 'chat' } : null,
  );
  if (level === 'CRIT') await world.take(intentOf({ level }));
  else await world.take(intentOf({ level }));
  await world.pass(4000);
  await world.take(intentOf({ level, reason: 'RESOLVED' }));
  isBlocked = false;
  await world.pass(10_000);
  expect(brief(world.drain())).toEqual(titles);
  expect(world.desk.balance()).toMatchObject({ difference: 0, lost: [], pending: 0 });
});

test('42: over while the first message is on its way: it turns green after it arrived', async () => {
  const world = await alertWorld();
  world.script('room', async (_, call) => {
    if (call === 1) await world.clock.after(2000);
    return null;
  });
  await world.take(intentOf({ level: 'CRIT' }));
  await world.pass(1000);
  await world.take(intentOf({ level: 'CRIT', reason: 'RESOLVED' }));
  await world.pass(5000);
  expect(brief(world.drain())).toEqual([
    'loud Critical: quant-a · margin usage 72.0%',
    'edit Over: quant-a · margin usage',
    'reply Over after 1 s: quant-a',
  ]);
});

test('within the cool-down a warning comes back silently, what is critical aloud', async () => {
  const world = await alertWorld();
  await world.take(intentOf({ level: 'WARN' }));
  await world.pass(6000);
  await world.take(intentOf({ level: 'WARN', reason: 'RESOLVED' }));
  await world.pass(5 * MINUTE, 1000);
  world.drain();
  await world.take(intentOf({ level: 'WARN', episode: 2, flaps: 1 }));
  await world.pass(8000);
  expect(brief(world.drain())).toEqual(['edit Warning: quant-a · margin usage 72.0%']);
  await world.take(intentOf({ level: 'CRIT', reason: 'LEVEL_UP', episode: 2 }));
  expect(brief(world.drain())).toEqual(['loud Critical: quant-a · margin usage 72.0%']);
});

test('quiet hours hold a warning and not what is critical; a minimum level suppresses and says why', async () => {
  const startsAt = Date.UTC(2026, 0, 1, 23, 30);
  const world = await alertWorld({
    startsAt,
    places: [
      { id: 'mail', quiet: { from: 23 * 60, to: 7 * 60 }, canEdit: false },
      { id: 'night', minLevel: 'CRIT' },
    ],
  });
  await world.take(intentOf({ level: 'WARN', account: 'sleepy' }));
  await world.pass(10_000);
  expect(world.drain()).toEqual([]);
  await world.take(intentOf({ level: 'CRIT', account: 'awake' }));
  await world.pass(1000);
  expect(
    world
      .drain()
      .map(({ place }) => place)
      .sort(),
  ).toEqual(['mail', 'night']);
  await world.pass(7.5 * HOUR - 11_000 - 60_000, 30_000);
  world.drain();
  await world.pass(2 * MINUTE, 1000);
  expect(world.drain().map(({ place, text }) => [place, text.includes('sleepy')])).toContainEqual([
    'mail',
    true,
  ]);
  expect(world.desk.balance().suppressed).toBeGreaterThanOrEqual(1);
});
