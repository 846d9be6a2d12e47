import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSendLanes } from '../../../src/app/chat/send-lanes.ts';
import type { ChatPlace, SendJob, SendOutcome, SendPriority } from '../../../src/ports/chat.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

const group: ChatPlace = { network: 'telegram', chat: '-1', topic: null, isPrivate: false };
const delivered: SendOutcome = { kind: 'delivered', messageId: '1' };

function setUp() {
  const clock = fakeClock(0);
  const sent: { name: string; at: number }[] = [];
  const lanes = createSendLanes(clock);
  const outcomes = new Map<string, SendOutcome>();
  const run = (
    name: string,
    script: SendOutcome[] = [],
    more: Partial<Omit<SendJob, 'attempt'>> = {},
  ) => {
    void lanes
      .run({
        place: group,
        priority: 'alert',
        notAfter: null,
        isRepeatable: false,
        ...more,
        attempt: async () => {
          sent.push({ name, at: clock.now() });
          return script.shift() ?? delivered;
        },
      })
      .then((outcome) => outcomes.set(name, outcome));
  };
  const pass = async (ms: number, step = 100) => {
    for (let at = 0; at < ms; at += step) await clock.advance(step);
  };
  return { clock, sent, outcomes, run, pass };
}

test('a pause the platform asks for is kept to the millisecond, then the message goes', async () => {
  const { sent, outcomes, run, clock } = setUp();
  run('a', [{ kind: 'retry', retryAfterMs: 7321, scope: 'chat' }]);
  run('b');
  await clock.advance(0);
  await clock.advance(7320);
  expect(sent.map(({ name }) => name)).toEqual(['a']);
  await clock.advance(1);
  await clock.advance(0);
  expect(sent.slice(1).map(({ name, at }) => `${name} ${at}`)).toEqual(['a 7321', 'b 7321']);
  expect(outcomes.get('a')).toEqual(delivered);
});

test('a pause of the whole network holds every chat; a pause of a chat only that one', async () => {
  const { sent, run, clock } = setUp();
  run('a', [{ kind: 'retry', retryAfterMs: 5000, scope: 'network' }]);
  await clock.advance(0);
  run('elsewhere', [], { place: { ...group, chat: '-2' } });
  run('discord', [], { place: { ...group, network: 'discord', chat: '-1' } });
  await clock.advance(4999);
  expect(sent.map(({ name }) => name)).toEqual(['a', 'discord']);
  await clock.advance(1);
  expect(sent.map(({ name }) => name).sort()).toEqual(['a', 'a', 'discord', 'elsewhere']);
});

test('what cannot wait goes first', async () => {
  const { sent, run, clock, pass } = setUp();
  const order: SendPriority[] = ['info', 'alert', 'answer', 'liquidation'];
  run('first', [{ kind: 'retry', retryAfterMs: 100, scope: 'chat' }]);
  await clock.advance(0);
  for (const priority of order) run(priority, [], { priority });
  await pass(10_000);
  expect(sent.map(({ name }) => name).filter((name) => name !== 'first')).toEqual(
    order.toReversed(),
  );
});

test.each([
  {
    why: 'an unknown outcome is not repeated where a repeat would show twice',
    isRepeatable: false,
    attempts: 1,
    kind: 'unknown',
  },
  { why: 'with a nonce it is', isRepeatable: true, attempts: 2, kind: 'delivered' },
])('$why', async ({ isRepeatable, attempts, kind }) => {
  const { sent, outcomes, run, pass } = setUp();
  run('a', [{ kind: 'unknown' }], { isRepeatable });
  await pass(5000);
  expect(sent).toHaveLength(attempts);
  expect(outcomes.get('a')?.kind).toBe(kind);
});

test('what is not worth sending any more is not sent, and says so', async () => {
  const { sent, outcomes, run, clock } = setUp();
  run('a', [{ kind: 'retry', retryAfterMs: 1000, scope: 'chat' }], { notAfter: 500 });
  await clock.advance(0);
  await clock.advance(1000);
  expect(sent).toHaveLength(1);
  expect(outcomes.get('a')).toEqual({ kind: 'dead', reason: 'refused' });
});

test('any storm: every message ends in an outcome, budgets hold, nothing goes inside a pause', async () => {
  const outcome = fc.oneof(
    fc.constant<SendOutcome>(delivered),
    fc
      .nat(8000)
      .map((retryAfterMs): SendOutcome => ({ kind: 'retry', retryAfterMs, scope: 'chat' })),
    fc.constant<SendOutcome>({ kind: 'unknown' }),
    fc.constant<SendOutcome>({ kind: 'dead', reason: 'forbidden' }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.tuple(
          fc.array(outcome, { maxLength: 3 }),
          fc.constantFrom<SendPriority>('liquidation', 'alert', 'info'),
        ),
        { minLength: 1, maxLength: 40 },
      ),
      async (jobs) => {
        const { sent, outcomes, run, pass } = setUp();
        jobs.forEach(([script, priority], index) => {
          run(String(index), [...script], { priority });
        });
        await pass(30 * 60_000, 1000);
        expect(outcomes.size).toBe(jobs.length);
        for (const { at } of sent) {
          const inSecond = sent.filter((other) => other.at >= at && other.at < at + 1000);
          expect(inSecond.length).toBeLessThanOrEqual(3);
          const inMinute = sent.filter((other) => other.at >= at && other.at < at + 60_000);
          expect(inMinute.length).toBeLessThanOrEqual(18);
        }
      },
    ),
    { seed: 3, numRuns: 25 },
  );
});
