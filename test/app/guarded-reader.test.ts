import { expect, test } from 'vitest';
import { guardedInspect } from '../../src/app/guarded-reader.ts';
import { err } from '../../src/domain/result.ts';
import { asAccountId } from '../../src/domain/units.ts';
import { venueError } from '../../src/domain/venue-error.ts';
import type { AccountReader } from '../../src/ports/venue.ts';
import { fakeClock } from '../fakes/fake-clock.ts';

function inspecting(inspect: AccountReader['inspect']) {
  const clock = fakeClock();
  const logged: string[] = [];
  const reader: AccountReader = {
    account: asAccountId('a'),
    venue: 'fake',
    read: () => Promise.reject(new Error('not asked here')),
    inspect,
  };
  const log = { error: (event: string) => logged.push(event), warn: () => {} };
  const answer = guardedInspect(reader, { clock, log, timeoutMs: 8_000 });
  return { answer, clock, logged };
}

test('an inspection that never notices its end does not hold up the doctor', async () => {
  const { answer, clock } = inspecting(() => new Promise(() => {}));
  await clock.advance(8_000);
  await clock.advance(250);
  expect(await answer).toEqual(err(venueError('unavailable', { code: 'timeout', ms: 8_000 })));
});

test('one that rejects is a logged bug, and its words go nowhere', async () => {
  const { answer, logged } = inspecting(() => Promise.reject(new Error('https://x?signature=1')));
  expect(await answer).toEqual(err(venueError('unavailable', { code: 'unexpected' })));
  expect(logged).toEqual(['reader rejected']);
});
