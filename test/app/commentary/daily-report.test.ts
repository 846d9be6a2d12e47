import { expect, test } from 'vitest';
import { runDailyReport } from '../../../src/app/commentary/daily-report.ts';
import type { Outcome } from '../../../src/app/dispatch.ts';
import type { SendOutcome } from '../../../src/ports/chat.ts';
import type { Reply } from '../../../src/replies/reply.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

const reply: Reply = {
  ...{ title: 'Report', severity: null, figures: [], tables: [], paragraphs: [], notes: [] },
  takenAt: 1,
};

function outcomeOf(text: string): Outcome {
  const answer = { data: {}, gaps: [], reply: { ...reply, paragraphs: [text] } };
  return { exit: 0, command: 'report', answer, problem: null, takenAt: 1 };
}

async function afterADay(sends: readonly SendOutcome[], later: Outcome | 'moved' | null) {
  const clock = fakeClock(0);
  const stop = new AbortController();
  const left = [...sends];
  const sent: { key: string; text: string | undefined; at: number }[] = [];
  const errors: string[] = [];
  const running = runDailyReport({
    dispatch: async () => ({ ...outcomeOf('rules'), later: async () => later }),
    places: () => [
      {
        locale: 'en',
        to: {
          id: 'risk-room',
          send: async ({ key, view }) => {
            sent.push({ key, text: view.reply.paragraphs[0], at: clock.now() });
            return left.shift() ?? { kind: 'delivered', messageId: '1' };
          },
        },
      },
    ],
    nextAt: (after) => (Math.floor(after / 1000) + 1) * 1000,
    ...{ clock, signal: stop.signal },
    log: { error: (event) => errors.push(event), warn: () => {} },
  });
  await clock.advance(999);
  expect(sent).toEqual([]);
  await clock.advance(1);
  const early = sent.length;
  await clock.advance(60_000);
  stop.abort();
  await clock.advance(60_000);
  await running;
  return { early, sent, errors };
}

test('at its time, with the ranking of the model where there is one', async () => {
  const { early, sent } = await afterADay([], outcomeOf('plan'));
  expect(early).toBe(1);
  expect(sent[0]).toEqual({ key: 'report 1000', text: 'plan', at: 1000 });
});

test.each([
  { why: 'a pause: again a minute later under the same key', kind: 'retry' as const, tries: 2 },
  { why: 'gone for good: never again, and the log says so', kind: 'dead' as const, tries: 1 },
  { why: 'nobody knows: a second one would be worse', kind: 'unknown' as const, tries: 1 },
])('$why', async ({ kind, tries }) => {
  const outcomes = {
    retry: { kind: 'retry', retryAfterMs: 1, scope: 'chat' },
    dead: { kind: 'dead', reason: 'gone' },
    unknown: { kind: 'unknown' },
  } as const;
  const { sent, errors } = await afterADay([outcomes[kind]], null);
  expect(sent.filter(({ key }) => key === 'report 1000')).toHaveLength(tries);
  expect(errors).toEqual(kind === 'dead' ? ['daily report not delivered'] : []);
});
