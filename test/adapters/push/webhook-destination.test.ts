import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { webhookDestination } from '../../../src/adapters/push/webhook-destination.ts';
import { aMessage, voices } from '../../fakes/a-message.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';
import { type StubHttp, startStubHttp } from '../../fakes/stub-http.ts';

let stub: StubHttp;
beforeEach(async () => {
  stub = await startStubHttp(() => ({ status: 204 }));
});
afterEach(() => stub.close());

const SECRET = 'a long secret of the tests';
const pager = (secret: string | null = SECRET) =>
  webhookDestination({
    ...{ id: 'pager', url: `${stub.origin}/hook`, secret, voices, limitMs: 700 },
    clock: fakeClock(1_700_000_000_500),
  });

/** As docs/webhook.md tells a receiver to do it. */
function isGenuine(headers: Readonly<Record<string, unknown>>, body: string, secret: string) {
  const [, at, v1] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['plimsoll-signature'])) ?? [];
  const signed = `${at}.${headers['plimsoll-delivery']}.${body}`;
  return createHmac('sha256', secret).update(signed).digest('hex') === v1;
}

test('a receiver can tell that it comes from the desk, and that nothing was changed', async () => {
  await pager().send(aMessage());
  const [request] = stub.requests;
  if (!request) throw new Error('nothing arrived');
  const { headers, body } = request;
  expect(isGenuine(headers, body, SECRET)).toBe(true);
  expect(isGenuine(headers, body, 'another')).toBe(false);
  expect(isGenuine(headers, body.replace('0.72', '0.07'), SECRET)).toBe(false);
  expect(isGenuine({ ...headers, 'plimsoll-delivery': 'x' }, body, SECRET)).toBe(false);
});

test('every attempt names the same delivery; an update names the message it changes', async () => {
  const first = await pager().send(aMessage());
  await pager().send(aMessage());
  const messageId = first.kind === 'delivered' ? first.messageId : '';
  const update = await pager().send(aMessage({ key: 'next', edits: messageId }));
  const bodies = stub.requests.map(({ body }) => JSON.parse(body));
  expect(bodies.map(({ event, message }) => [event, message])).toEqual([
    ['message', messageId],
    ['message', messageId],
    ['update', messageId],
  ]);
  expect(bodies[0].delivery).toBe(bodies[1].delivery);
  expect(bodies[2].delivery).not.toBe(bodies[0].delivery);
  expect(update).toEqual({ kind: 'delivered', messageId });
});

test('the body holds figures as text and instants with a zone', async () => {
  await pager().send(aMessage());
  const { alert, sentAt, destination } = JSON.parse(stub.requests[0]?.body ?? '{}');
  expect({ sentAt, destination }).toEqual({
    sentAt: '2023-11-14T22:13:20.500Z',
    destination: 'pager',
  });
  expect(alert.members[0]).toMatchObject({ value: '0.72', since: '2023-11-14T22:13:20.000Z' });
});

test('without a secret nothing is signed', async () => {
  await pager(null).send(aMessage());
  expect(stub.requests[0]?.headers['plimsoll-signature']).toBeUndefined();
});

test.each([
  { status: 200, why: 'taken', outcome: { kind: 'delivered' } },
  { status: 299, why: 'taken', outcome: { kind: 'delivered' } },
  { status: 301, why: 'a wrong address; not followed', outcome: { kind: 'dead', reason: 'gone' } },
  { status: 307, why: 'would carry the body elsewhere', outcome: { kind: 'dead', reason: 'gone' } },
  { status: 400, why: 'a plainer text is tried', outcome: { kind: 'dead', reason: 'refused' } },
  {
    status: 401,
    why: 'ours is not accepted',
    outcome: { kind: 'dead', reason: 'credential-lost' },
  },
  { status: 403, why: 'not allowed', outcome: { kind: 'dead', reason: 'forbidden' } },
  { status: 404, why: 'nothing there', outcome: { kind: 'dead', reason: 'gone' } },
  { status: 408, why: 'it may have read it', outcome: { kind: 'unknown' } },
  { status: 410, why: 'nothing there for good', outcome: { kind: 'dead', reason: 'gone' } },
  { status: 429, why: 'an unsaid pause', outcome: { kind: 'retry', retryAfterMs: 5000 } },
  { status: 500, why: 'it may have acted', outcome: { kind: 'unknown' } },
  { status: 503, why: 'a pause that is not named', outcome: { kind: 'unknown' } },
])('$status: $why', async ({ status, outcome }) => {
  stub.answer(() => ({ status, headers: { location: `${stub.origin}/elsewhere` } }));
  expect(await pager().send(aMessage())).toMatchObject(outcome);
  expect(stub.requests.map(({ path }) => path)).toEqual(['/hook']);
});

test.each([
  { after: '0.376', ms: 376, why: 'a part of a second, never early' },
  { after: '120', ms: 120_000, why: 'as asked' },
  { after: '86400', ms: 900_000, why: 'a day is too long for an alert' },
  { after: 'Wed, 21 Oct 2026 07:28:00 GMT', ms: 5000, why: 'a date would need their clock' },
])('a pause of $after: $why', async ({ after, ms }) => {
  stub.answer(() => ({ status: 429, headers: { 'retry-after': after } }));
  expect(await pager().send(aMessage())).toMatchObject({ kind: 'retry', retryAfterMs: ms });
});

test('an answer without an end is taken by its status and not kept', async () => {
  stub.answer(() => (response) => {
    response.writeHead(200);
    response.write('x'.repeat(200_000));
  });
  expect(await pager().send(aMessage())).toMatchObject({ kind: 'delivered' });
});
