import { expect, test } from 'vitest';
import { httpDeadMan } from '../../../src/adapters/push/http-dead-man.ts';
import { startStubHttp } from '../../fakes/stub-http.ts';

test.each([
  { path: '/ping/abc', fail: '/ping/abc/fail', query: '' },
  { path: '/ping/abc/', fail: '/ping/abc/fail', query: '' },
  { path: '/api/push/t', fail: '/api/push/t/fail', query: '?status=up' },
])('$path$query: well by GET, not well at $fail with the reason', async ({ path, fail, query }) => {
  const stub = await startStubHttp(() => ({ status: 200 }));
  const to = httpDeadMan(`${stub.origin}${path}${query}`, 700);
  expect([await to.well(), await to.unwell('outbox')]).toEqual([true, true]);
  expect(stub.requests.map((each) => [each.method, each.path, each.body])).toEqual([
    ['GET', path, ''],
    ['POST', fail, 'outbox'],
  ]);
  await stub.close();
});

test.each([404, 500, 302])('an answer of %i is not heard', async (status) => {
  const stub = await startStubHttp(() => ({ status }));
  expect(await httpDeadMan(stub.origin, 700).well()).toBe(false);
  await stub.close();
});
