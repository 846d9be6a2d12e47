import { expect, test } from 'vitest';
import { runWatchdogMessage } from '../../../src/app/self-watch/watchdog-message.ts';
import { watchdogReply } from '../../../src/app/self-watch/watchdog-reply.ts';
import { err, ok } from '../../../src/domain/result.ts';
import type { SendOutcome } from '../../../src/ports/chat.ts';
import type { DestinationMessage } from '../../../src/ports/destination.ts';
import { voices } from '../../fakes/a-message.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

const FIVE_MIN = 300_000;
const REPORT = {
  accounts: [
    { account: 'a', venue: 'okx', readAt: 1000, marginUsage: null, healthFactor: null },
    { account: 'b', venue: 'okx', readAt: 90_000, marginUsage: null, healthFactor: null },
  ],
  ...{ ailments: [], firing: [{ level: 'CRIT', count: 2 }], queues: [], now: 91_000 },
};
const OF = { deskName: 'Main', staleAfterMs: 30_000 };

/** A chat and a store that outlive the loop. */
function room(facts = new Map<string, string>()) {
  const clock = fakeClock(0);
  const stop = new AbortController();
  const sent: DestinationMessage[] = [];
  const script: { next: SendOutcome | null; isStoreDown: boolean } = {
    next: null,
    isStoreDown: false,
  };
  const send = async (message: DestinationMessage): Promise<SendOutcome> => {
    sent.push(message);
    const { next } = script;
    script.next = null;
    return next ?? { kind: 'delivered', messageId: message.edits ?? `m${sent.length}` };
  };
  void runWatchdogMessage({
    places: () => [{ destination: { id: 'room', send }, locale: 'en' }],
    replyIn: (locale) => watchdogReply(REPORT, OF, voices[locale]),
    facts: {
      get: async (name) =>
        script.isStoreDown ? err({ kind: 'closed' }) : ok(facts.get(name) ?? null),
      put: async (name, value) => {
        facts.set(name, value);
        return ok(null);
      },
    },
    ...{ clock, signal: stop.signal },
  });
  const edits = () => sent.map((each) => each.edits);
  return { clock, sent, script, edits, facts, stop: () => stop.abort() };
}

test('one silent message, brought up to date every five minutes, also after a restart', async () => {
  const first = room();
  await first.clock.advance(0);
  await first.clock.advance(FIVE_MIN - 1);
  expect(first.edits()).toEqual([null]);
  await first.clock.advance(1);
  expect(first.edits()).toEqual([null, 'm1']);
  expect(first.sent.every(({ isSilent }) => isSilent)).toBe(true);
  first.stop();
  const second = room(first.facts);
  await second.clock.advance(0);
  expect(second.edits()).toEqual(['m1']);
  second.stop();
});

test.each<{ why: string; outcome: SendOutcome; edits: (string | null)[] }>([
  {
    why: 'deleted by hand',
    outcome: { kind: 'dead', reason: 'gone' },
    edits: [null, 'm1', null, 'm3'],
  },
  {
    why: 'a pause',
    outcome: { kind: 'retry', retryAfterMs: 1, scope: 'chat' },
    edits: [null, 'm1', 'm1'],
  },
  { why: 'nobody knows', outcome: { kind: 'unknown' }, edits: [null, 'm1', 'm1'] },
])('$why', async ({ outcome, edits }) => {
  const place = room();
  await place.clock.advance(0);
  place.script.next = outcome;
  await place.clock.advance(FIVE_MIN);
  await place.clock.advance(FIVE_MIN);
  expect(place.edits()).toEqual(edits);
  place.stop();
});

test('while the store cannot say which message is ours, no second one appears', async () => {
  const place = room();
  place.script.isStoreDown = true;
  await place.clock.advance(FIVE_MIN);
  expect(place.edits().filter((each) => each === null)).toHaveLength(1);
  place.stop();
});

test.each([
  { ailments: [], title: 'Main is watching', severity: 'ok' },
  { ailments: ['outbox'], title: 'Main is NOT well', severity: 'crit' },
])('with $ailments it says: $title', ({ ailments, title, severity }) => {
  const reply = watchdogReply({ ...REPORT, ailments }, OF, voices.en);
  expect(reply).toMatchObject({ title, severity });
  expect(reply.figures.map(({ text }) => text)).toEqual(['1/2', '90 s', '0', '2']);
  expect(reply.notes.some(({ text }) => text === 'Not well: outbox.')).toBe(ailments.length > 0);
});

test('an account that was never read has no age', () => {
  const [one] = REPORT.accounts;
  const accounts = one ? [{ ...one, readAt: null }] : [];
  const reply = watchdogReply({ ...REPORT, accounts }, OF, voices.en);
  expect(reply.figures.map(({ text }) => text).slice(0, 2)).toEqual(['0/1', '–']);
});
