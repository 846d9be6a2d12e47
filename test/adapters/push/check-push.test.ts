import { expect, test } from 'vitest';
import { checkSmtp, checkWebhook, checkWecom } from '../../../src/adapters/push/check-push.ts';
import { startFakeSmtp } from '../../fakes/fake-smtp.ts';
import { startStubHttp } from '../../fakes/stub-http.ts';

test.each([
  { status: 200, state: 'reachable', why: 'somebody is there' },
  { status: 404, state: 'reachable', why: 'many know only POST' },
  { status: 405, state: 'reachable', why: 'many know only POST' },
  { status: 401, state: 'refused', why: 'the address carries a wrong key' },
  { status: 403, state: 'refused', why: 'not from here' },
  { status: 499, state: 'reachable', why: 'the last of its kind' },
  { status: 500, state: 'unreachable', why: 'it is down' },
] as const)('a webhook that answers $status is $state: $why', async ({ status, state }) => {
  const stub = await startStubHttp(() => ({ status }));
  expect(await checkWebhook(stub.origin, 700)).toBe(state);
  expect(stub.requests.map(({ method, body }) => [method, body])).toEqual([['HEAD', '']]);
  await stub.close();
});

test.each([
  { errcode: 40_008, state: 'reachable', why: 'it would take a message' },
  { errcode: 93_000, state: 'refused', why: 'a wrong key' },
  { errcode: 45_009, state: 'reachable', why: 'it is only busy' },
] as const)('a robot that says $errcode is $state: $why', async ({ errcode, state }) => {
  const stub = await startStubHttp(() => ({ body: { errcode } }));
  expect(await checkWecom(stub.origin, 700)).toBe(state);
  expect(stub.requests[0]?.body).toBe('{}');
  await stub.close();
});

test.each([
  { step: '', reply: '', state: 'fine', why: 'logged in' },
  { step: 'AUTH', reply: '535 no', state: 'refused', why: 'a wrong password' },
  { step: 'CONNECT', reply: 'reset', state: 'unreachable', why: 'cut' },
])('a mail server is $state: $why, and no mail is sent', async ({ step, reply, state }) => {
  const smtp = await startFakeSmtp();
  smtp.script((now) => (now === step ? reply : null));
  expect(await checkSmtp(smtp.url, 1500)).toBe(state);
  expect(smtp.mails).toEqual([]);
  await smtp.close();
});

test('nobody there', async () => {
  const stub = await startStubHttp(() => ({}));
  await stub.close();
  expect([await checkWebhook(stub.origin, 700), await checkWecom(stub.origin, 700)]).toEqual([
    'unreachable',
    'unreachable',
  ]);
});
