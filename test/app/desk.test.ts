import { expect, test } from 'vitest';
import { createDesk } from '../../src/app/desk.ts';
import type { AccountMargin } from '../../src/domain/account.ts';
import { ok } from '../../src/domain/result.ts';
import { asAccountId } from '../../src/domain/units.ts';
import type { AccountReader, AccountReading } from '../../src/ports/venue.ts';
import { fakeClock } from '../fakes/fake-clock.ts';

const good: AccountReading = {
  positions: ok({ positions: [], unreadable: [] }),
  margin: ok({ observedAt: 0 } as unknown as AccountMargin),
  stopsError: null,
};

type Behaviour = (signal: AbortSignal) => Promise<AccountReading>;

function setUp(behaviours: Record<string, Behaviour>) {
  const clock = fakeClock();
  const reads: string[] = [];
  const logged: string[] = [];
  const ids = Object.keys(behaviours);
  const readers = Object.entries(behaviours).map(
    ([id, read]): AccountReader => ({
      account: asAccountId(id),
      venue: 'fake',
      read: (signal) => {
        reads.push(id);
        return read(signal);
      },
      inspect: () => Promise.reject(new Error('not asked here')),
    }),
  );
  const desk = createDesk({
    accounts: ids.map((id) => ({
      id: asAccountId(id),
      name: id,
      venue: 'fake',
      books: [],
      fundedBy: [],
    })),
    readers,
    clock,
    log: { error: (event) => logged.push(event), warn: () => {} },
    readTimeoutMs: 8000,
    freshForMs: 5000,
    staleAfterMs: 30_000,
  });
  return { clock, desk, reads, logged };
}

const never: Behaviour = () => new Promise(() => {});

test('a reader that never answers costs its deadline and becomes a gap; the others are there', async () => {
  const { desk, clock } = setUp({ hung: never, fine: async () => good });
  const answer = desk.snapshot();
  await clock.advance(8000);
  await clock.advance(250);
  const { accounts } = await answer;
  expect(accounts.map(({ status }) => status)).toEqual(['missing', 'ok']);
  expect(accounts[0]?.gaps).toMatchObject([
    { kind: 'unavailable', detail: { code: 'timeout', ms: 8000 } },
  ]);
});

test('an adapter that hands over its half at the abort is heard', async () => {
  const half: Behaviour = (signal) =>
    new Promise((resolve) => {
      // Some steps later, as an adapter does that has to gather what it has.
      signal.addEventListener('abort', async () => {
        for (let step = 0; step < 10; step += 1) await Promise.resolve();
        resolve(good);
      });
    });
  const { desk, clock } = setUp({ half });
  const answer = desk.snapshot();
  await clock.advance(8000);
  expect((await answer).accounts[0]?.status).toBe('ok');
});

test('a rejection is a logged bug and an unavailable account, not a crash', async () => {
  const { desk, logged } = setUp({
    broken: () => Promise.reject(new Error('boom https://x?sig=1')),
  });
  const { accounts } = await desk.snapshot();
  expect(accounts[0]?.gaps[0]).toMatchObject({
    kind: 'unavailable',
    detail: { code: 'unexpected' },
  });
  expect(logged).toEqual(['reader rejected']);
});

test('within the fresh time nobody asks again; after it they do', async () => {
  const { desk, clock, reads } = setUp({ a: async () => good });
  await desk.snapshot();
  await clock.advance(4999);
  await desk.snapshot();
  expect(reads).toEqual(['a']);
  await clock.advance(1);
  await desk.snapshot();
  expect(reads).toEqual(['a', 'a']);
});

test('questions at the same moment share one read', async () => {
  const { desk, reads } = setUp({ a: async () => good });
  await Promise.all([desk.snapshot(), desk.snapshot(), desk.refresh('a')]);
  expect(reads).toEqual(['a']);
});

test('last good figures survive a failure with their age', async () => {
  let isDown = false;
  const { desk, clock } = setUp({ a: async () => (isDown ? never(AbortSignal.abort()) : good) });
  const first = await desk.snapshot();
  isDown = true;
  await clock.advance(6000);
  const second = desk.snapshot();
  await clock.advance(8000);
  await clock.advance(250);
  const account = (await second).accounts[0];
  expect(account?.status).toBe('stale');
  expect(account?.gaps[0]?.lastGoodAt).toBe(first.takenAt);
});
