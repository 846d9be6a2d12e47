import { expect, test } from 'vitest';
import { createReadIncident, type ReadIncident } from '../../../src/app/alerts/read-incident.ts';
import { createFormatter } from '../../../src/replies/format.ts';
import { createTranslate, type Locale } from '../../../src/replies/translate.ts';
import { snapshotOf } from '../../commands/small-desk.ts';
import { A, aCommentator, B, faultOf, reportOf } from '../commentary/a-commentator.ts';
import { alertWorld, intentOf, type WorldOptions } from './alert-world.ts';

const voiceIn = (locale: Locale) => ({
  say: createTranslate(locale),
  format: createFormatter(locale, 'UTC'),
});
const never = <T>() => new Promise<T>(() => {});
const saying =
  (...later: (readonly string[] | null)[]): ReadIncident =>
  async () => ({ now: ['By the rules.'], later: async () => later[0] ?? null });

const spoken = ({ how, text }: { how: string; text: string }) =>
  `${how} ${/By [^.]*\./.exec(text)?.[0] ?? '-'}`;

/** Two critical alerts and a warning, and what went where when; texts of readings apart. */
async function callsWith(read: ReadIncident | undefined, options: WorldOptions = {}) {
  const world = await alertWorld({ ...options, ...(read ? { read } : {}) });
  await world.take(intentOf({ account: 'a', level: 'CRIT' }));
  await world.pass(5000);
  await world.take(intentOf({ account: 'b', level: 'EMERG' }));
  await world.pass(1000);
  await world.take(intentOf({ account: 'c', level: 'WARN' }));
  await world.pass(60_000);
  const start = world.calls[0]?.at ?? 0;
  return {
    world,
    calls: world.calls.map(({ at, how, place }) => `${at - start} ${place} ${how}`),
    texts: world.drain().map(spoken),
  };
}

test('a critical message is edited once it has arrived, and again when the model says otherwise', async () => {
  const { promise, resolve } = Promise.withResolvers<readonly string[]>();
  const read: ReadIncident = async () => ({ now: ['By the rules.'], later: () => promise });
  const { world, texts } = await callsWith(read);
  expect(texts).toEqual([
    ...['loud -', 'edit By the rules.', 'loud -', 'edit By the rules.', 'loud -'],
  ]);
  resolve(['By the model.']);
  await world.pass(1000);
  expect(world.drain().map(spoken)).toEqual(['edit By the model.', 'edit By the model.']);
});

test.each([
  { name: 'stalls', read: async () => ({ now: ['By the rules.'], later: () => never<null>() }) },
  { name: 'fails', read: saying(null) },
  { name: 'agrees', read: saying(['By the rules.']) },
  { name: 'is absent', read: saying() },
] satisfies { name: string; read: ReadIncident }[])(
  'when the model $name, everything goes out at the same moments',
  async ({ read }) => {
    const { calls, texts } = await callsWith(read);
    expect(calls).toEqual([
      ...['0 room loud', '250 room edit', '5000 room loud', '5250 room edit'],
      expect.stringMatching(/^\d+ room loud$/),
    ]);
    expect(texts.filter((text) => text.startsWith('edit'))).toEqual([
      'edit By the rules.',
      'edit By the rules.',
    ]);
  },
);

test.each([
  { name: 'never comes', read: () => never<null>() },
  { name: 'breaks', read: () => Promise.reject(new Error('no')) },
  { name: 'has nothing to say', read: async () => null },
] satisfies { name: string; read: ReadIncident }[])(
  'a reading that $name leaves every message as it is without one',
  async ({ read }) => {
    expect((await callsWith(read)).calls).toEqual((await callsWith(undefined)).calls);
  },
);

test('loud messages go out at the very moments at which they go without a reading', async () => {
  const loud = ({ calls }: { calls: string[] }) => calls.filter((call) => call.endsWith('loud'));
  expect(loud(await callsWith(saying(['By the model.'])))).toEqual(
    loud(await callsWith(undefined)),
  );
});

test('what cannot be changed is not written a second time', async () => {
  const places = [{ id: 'mail', canEdit: false }];
  const { calls } = await callsWith(saying(['By the model.']), { places });
  expect(calls.filter((call) => !call.endsWith('loud'))).toEqual([]);
});

test('an incident that changed meanwhile is not given the reading of before', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let asked = 0;
  const read: ReadIncident = async () => {
    asked += 1;
    if (asked === 1) await promise;
    return { now: [`By reading ${asked === 1 ? 'one' : 'two'}.`], later: async () => null };
  };
  const world = await alertWorld({ read });
  await world.take(intentOf({ level: 'CRIT' }));
  await world.take(intentOf({ level: 'EMERG', reason: 'LEVEL_UP', value: '0.9' }));
  await world.pass(1000);
  resolve();
  await world.pass(5000);
  const texts = world.drain().map(spoken);
  expect(texts.filter((text) => text.includes('By'))).toEqual(['edit By reading two.']);
});

test('a message that somebody deleted is not written anew for the sake of a reading', async () => {
  const world = await alertWorld({ read: saying(null) });
  world.script('room', ({ edits }) => (edits ? { kind: 'dead', reason: 'gone' } : null));
  await world.take(intentOf({ level: 'CRIT' }));
  await world.pass(60_000);
  expect(world.calls.map(({ how }) => how)).toEqual(['loud', 'edit']);
});

test('an acknowledged alert keeps its reading', async () => {
  const world = await alertWorld({ read: saying(null) });
  await world.take(intentOf({ level: 'CRIT' }));
  await world.pass(1000);
  const [incident] = world.desk.open();
  const id = incident?.id ?? '';
  await world.desk.press({ incident: id, verb: 'ack', by: 'ann', forMs: null });
  await world.pass(1000);
  const last = world.drain().at(-1);
  expect(last?.how).toBe('edit');
  expect(last?.text).toContain('By the rules.');
});

test('while a digest speaks nothing is read into single messages', async () => {
  const world = await alertWorld({ read: saying(['By the model.']) });
  const many = Array.from({ length: 20 }, (_, n) => intentOf({ account: `a${n}`, level: 'CRIT' }));
  await world.take(...many);
  await world.pass(10_000);
  await world.take(intentOf({ account: 'z', level: 'EMERG' }));
  await world.pass(80_000);
  const arrived = world.drain();
  const digest = arrived.find(({ message }) => message.record.members.length > 1);
  expect(digest).toBeDefined();
  expect(arrived.filter(({ how, title }) => how === 'loud' && title.includes('z ·'))).toHaveLength(
    1,
  );
  const read = arrived.filter(({ text }) => text.includes('By the model'));
  // The one that went ahead was read before there was a digest.
  expect(read.every(({ at }) => at < (digest?.at ?? 0))).toBe(true);
  expect(read).toHaveLength(1);
});

test('a reading speaks of the accounts of the alert alone, shortly, and of its figures as they are', async () => {
  const { commentator, attempts } = aCommentator(faultOf('timeout'));
  const report = reportOf(snapshotOf(A, B));
  const voices = { en: voiceIn('en'), 'zh-CN': voiceIn('zh-CN') };
  const read = createReadIncident({ commentator, report: () => report, voices });
  const world = await alertWorld({ read });
  await world.take(intentOf({ account: 'desk-a', level: 'CRIT' }));
  await world.pass(2000);
  const edits = world.drain().filter(({ how }) => how === 'edit');
  expect(edits).toHaveLength(1);
  const paragraphs = edits[0]?.message.view.reply.paragraphs ?? [];
  expect(paragraphs[0]).toMatch(/^desk-a /);
  expect(paragraphs.some((text) => text.startsWith('desk-b'))).toBe(false);
  expect(paragraphs.length).toBeLessThanOrEqual(4);
  expect(attempts.map(({ trigger }) => trigger)).toEqual(['alert']);
});
