import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { boundedFetch } from '../../../../src/adapters/venues/wire/bounded-fetch.ts';
import type { ReplyRules } from '../../../../src/adapters/venues/wire/classify-reply.ts';
import { classifyTransportFault } from '../../../../src/adapters/venues/wire/classify-transport-fault.ts';
import { retryAfterOf } from '../../../../src/adapters/venues/wire/retry-after.ts';
import { type StubHttp, type StubReply, startStubHttp } from '../../../fakes/stub-http.ts';
import { systemTime } from '../../../fakes/system-time.ts';

const RULES: ReplyRules = {
  codeOf: (body) => ('code' in body ? String(body.code) : null),
  kindOf: (code) => (code === 'clock' ? 'clock' : null),
  forbidden: 'unauthorized',
};

let stub: StubHttp | null = null;
afterEach(async () => {
  await stub?.close();
  stub = null;
});

async function send(reply: StubReply, proxy: string | null = null) {
  stub = await startStubHttp(() => reply);
  return boundedFetch(
    { url: `${stub.origin}/x?signature=abc`, method: 'POST', headers: { a: 'b' }, body: '{"q":1}' },
    { signal: new AbortController().signal, limitMs: 5_000, proxy, clock: systemTime() },
    RULES,
  );
}

test.each([
  { why: 'a success', reply: { body: { v: 1 } }, code: null },
  { why: 'a list', reply: { body: [] }, code: null },
  { why: 'a code we do not know, for the second table', reply: { body: { code: 'x' } }, code: 'x' },
  { why: 'the same below 400', reply: { status: 400, body: { code: 'x' } }, code: 'x' },
])('$why comes through', async ({ reply, code }) => {
  expect(await send(reply)).toMatchObject({ ok: true, value: { unknownCode: code } });
});

test.each([
  { why: '401 may be a wrong clock', reply: { status: 401, body: { code: 'clock' } } },
  { why: 'so may 400', reply: { status: 400, body: { code: 'clock' } } },
])('$why', async ({ reply }) => {
  expect(await send(reply)).toMatchObject({ ok: false, error: { kind: 'clock' } });
});

test('method, headers, body and query arrive as given', async () => {
  await send({ body: {} });
  const [request] = stub?.requests ?? [];
  expect(request).toMatchObject({ method: 'POST', body: '{"q":1}', headers: { a: 'b' } });
  expect(request?.query.get('signature')).toBe('abc');
});

test('a body without an end is cut before it fills the memory', async () => {
  const chunk = 'x'.repeat(2 ** 22);
  let sent = 0;
  stub = await startStubHttp(() => (response) => {
    const more = () => {
      sent += chunk.length;
      if (!response.destroyed) response.write(chunk, more);
    };
    more();
  });
  const endless = await boundedFetch(
    { url: stub.origin, method: 'GET', headers: {}, body: null },
    { signal: new AbortController().signal, limitMs: 20_000, proxy: null, clock: systemTime() },
    RULES,
  );
  expect(endless).toMatchObject({
    ok: false,
    error: { kind: 'malformed', detail: { code: 'cut' } },
  });
  expect(sent).toBeLessThan(2 ** 28);
});

test('a proxy is really used', async () => {
  const tunnels: string[] = [];
  const proxy = http.createServer();
  proxy.on('connect', (request, client, head) => {
    tunnels.push(request.url ?? '');
    const [host, port] = (request.url ?? '').split(':');
    const upstream = net.connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  try {
    const origin = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    expect((await send({ body: {} }, origin)).ok).toBe(true);
    expect(tunnels).toEqual([new URL(stub?.origin ?? '').host]);
  } finally {
    proxy.close();
    proxy.closeAllConnections();
  }
});

test.each([
  { code: 'ECONNREFUSED', word: 'refused' },
  { code: 'EHOSTUNREACH', word: 'refused' },
  { code: 'ENOTFOUND', word: 'dns' },
  { code: 'EAI_AGAIN', word: 'dns' },
  { code: 'ECONNRESET', word: 'reset' },
  { code: 'UND_ERR_SOCKET', word: 'reset' },
  { code: 'UND_ERR_CONNECT_TIMEOUT', word: 'timeout' },
  { code: 'CERT_HAS_EXPIRED', word: 'tls' },
  { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', word: 'tls' },
  { code: 'ERR_TLS_CERT_ALTNAME_INVALID', word: 'tls' },
  { code: 'EWHATEVER', word: 'unexpected' },
])('$code is $word', ({ code, word }) => {
  const cause = Object.assign(new Error('secret'), { code });
  const fault = new TypeError('fetch failed', { cause: new AggregateError([cause]) });
  expect(classifyTransportFault(fault, 10_000)).toMatchObject({
    kind: 'unavailable',
    detail: word === 'timeout' ? { code: word, ms: 10_000 } : { code: word },
  });
});

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);
test.each([
  { why: 'seconds', headers: { 'retry-after': '3' }, expected: 3_000 },
  { why: 'a date', headers: { 'retry-after': 'Thu, 01 Jan 2026 12:00:05 GMT' }, expected: 5_000 },
  {
    why: 'a date gone by',
    headers: { 'retry-after': 'Thu, 01 Jan 2026 11:00:00 GMT' },
    expected: 0,
  },
  { why: 'nothing', headers: {}, expected: null },
  { why: 'nonsense', headers: { 'retry-after': 'soon' }, expected: null },
  {
    why: 'Bybit’s own reset time',
    headers: { 'x-bapi-limit-reset-timestamp': String(NOW + 700) },
    expected: 700,
  },
  {
    why: 'the same on a clock a minute ahead of ours',
    headers: { 'x-bapi-limit-reset-timestamp': String(NOW + 60_000) },
    expected: 1_000,
  },
])('Retry-After: $why', ({ headers, expected }) => {
  expect(retryAfterOf(new Headers(headers as Record<string, string>), NOW)).toBe(expected);
});
