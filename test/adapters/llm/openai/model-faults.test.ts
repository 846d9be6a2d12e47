import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { ModelFault } from '../../../../src/ports/language-model.ts';
import { completion, failing, inOrder } from '../../../fakes/model-server.ts';
import type { StubFault, StubHandler, StubHttp } from '../../../fakes/stub-http.ts';
import { startStubHttp } from '../../../fakes/stub-http.ts';
import { DEADLINE_MS, KEY, modelAt, NEVER, REQUEST } from './a-model.ts';

// Its reading is no part of an exchange.
beforeAll(() => import('openai'));

let server: StubHttp | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

const PLANTED = 'words of the provider';
const stalled: StubFault = () => {};
const reset: StubFault = (response) => response.socket?.destroy();
const stalledBody: StubFault = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"choices":');
};
const cutBody: StubFault = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
  response.write('{"choices":', () => response.socket?.destroy());
};
const dripped: StubFault = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const drip = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(drip));
};
const json = (text: string): StubFault => {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(text);
  };
};
const BOMB = gzipSync(Buffer.alloc(20_000_000, 0x20));
const bomb: StubFault = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
  response.end(BOMB);
};

interface Row {
  readonly why: string;
  readonly says: ReturnType<StubHandler>;
  readonly fault: ModelFault;
  /** Requests that the server saw. */
  readonly asked?: number;
}

const ROWS: readonly Row[] = [
  { why: 'no answer at all', says: stalled, fault: 'timeout' },
  { why: 'headers, then silence', says: stalledBody, fault: 'timeout' },
  { why: 'one byte at a time', says: dripped, fault: 'timeout' },
  { why: 'a reset, tried once more', says: reset, fault: 'network', asked: 2 },
  { why: 'a body that ends early', says: cutBody, fault: 'network', asked: 2 },
  { why: 'too many requests', says: failing(429, { message: PLANTED }), fault: 'rate-limit' },
  {
    why: 'no money left, said as 429',
    says: failing(429, { code: 'insufficient_quota', message: PLANTED }),
    fault: 'quota',
  },
  { why: 'no money left, said as 402', says: failing(402, { message: PLANTED }), fault: 'quota' },
  { why: 'a key it does not know', says: failing(401, { message: KEY }), fault: 'config' },
  { why: 'not allowed', says: failing(403, { message: PLANTED }), fault: 'config' },
  { why: 'no such model', says: failing(404, { message: PLANTED }), fault: 'config' },
  { why: 'a request it refuses', says: failing(400, { message: PLANTED }), fault: 'unsupported' },
  { why: 'a fault of its own', says: failing(500, PLANTED), fault: 'server', asked: 2 },
  {
    why: 'a page with 503 that says when to come back',
    says: failing(503, `<html>${PLANTED}</html>`, { 'retry-after': '7' }),
    fault: 'server',
  },
  {
    why: 'a redirect, which would carry the text elsewhere',
    says: failing(307, PLANTED, { location: 'http://127.0.0.1:9/v1' }),
    fault: 'config',
  },
  { why: 'broken JSON', says: json('{"choices": [{'), fault: 'bad-json' },
  {
    why: 'a page with 200',
    says: { headers: { 'content-type': 'text/html' }, body: `<html>${PLANTED}</html>` },
    fault: 'bad-shape',
  },
  { why: 'nothing with 200', says: json(''), fault: 'bad-shape' },
  { why: 'nothing with 204', says: { status: 204, body: '' }, fault: 'bad-shape' },
  { why: 'an error with 200', says: { body: { error: PLANTED } }, fault: 'bad-shape' },
  { why: 'no choices', says: { body: { choices: null } }, fault: 'bad-shape' },
  { why: 'an empty list of choices', says: { body: { choices: [] } }, fault: 'bad-shape' },
  { why: 'no content', says: completion(null), fault: 'bad-shape' },
  { why: 'empty content', says: completion(''), fault: 'bad-shape' },
  {
    why: 'a refusal, which also ends with stop',
    says: completion(null, { message: { refusal: PLANTED } }),
    fault: 'refusal',
  },
  { why: 'a filter', says: completion('{', { finish_reason: 'content_filter' }), fault: 'filter' },
  {
    why: 'cut at the token limit',
    says: completion('{', { finish_reason: 'length' }),
    fault: 'length',
  },
  {
    why: 'an end without a reason',
    says: completion('{}', { finish_reason: null }),
    fault: 'bad-shape',
  },
  {
    why: 'a tool call',
    says: completion(null, { finish_reason: 'tool_calls' }),
    fault: 'unexpected',
  },
  { why: 'a bomb of 20 MB in 20 kB', says: bomb, fault: 'too-large' },
];

test.each(ROWS)('$why: $fault', async ({ says, fault, asked = 1 }) => {
  server = await startStubHttp(() => says);
  const { model, warned } = modelAt({ origin: server.origin });
  const startedAt = performance.now();
  const answer = await model.ask(REQUEST, NEVER);
  expect(performance.now() - startedAt).toBeLessThan(DEADLINE_MS + 200);
  expect(answer).toEqual({ ok: false, error: fault });
  expect(server.requests).toHaveLength(asked);
  expect(`${JSON.stringify(answer)}${warned.join()}`).not.toMatch(new RegExp(`${PLANTED}|${KEY}`));
});

test('nobody listens: network', async () => {
  server = await startStubHttp(() => stalled);
  const { origin } = server;
  await server.close();
  server = null;
  const { model } = modelAt({ origin });
  expect(await model.ask(REQUEST, NEVER)).toEqual({ ok: false, error: 'network' });
});

test('whoever asked goes away: cancelled', async () => {
  server = await startStubHttp(() => stalled);
  const { model } = modelAt({ origin: server.origin });
  const stop = new AbortController();
  const answer = model.ask(REQUEST, stop.signal);
  stop.abort();
  expect(await answer).toEqual({ ok: false, error: 'cancelled' });
});

test('waiting for its turn counts: deadline', async () => {
  server = await startStubHttp(() => stalled);
  const { model } = modelAt({ origin: server.origin });
  const answers = await Promise.all(Array.from({ length: 4 }, () => model.ask(REQUEST, NEVER)));
  const faults = answers.map((answer) => (answer.ok ? null : answer.error));
  expect(faults).toEqual(['timeout', 'timeout', 'deadline', 'deadline']);
});

test('three hundred megabytes are not read', async () => {
  const block = Buffer.alloc(1 << 20, 0x20);
  let sent = 0;
  server = await startStubHttp(() => (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = () => {
      while (sent < 300 && !response.destroyed) {
        sent += 1;
        if (!response.write(block)) {
          response.once('drain', more);
          return;
        }
      }
    };
    more();
  });
  const { model } = modelAt({ origin: server.origin });
  await model.ask(REQUEST, NEVER);
  sent = 0;
  const before = process.memoryUsage.rss();
  expect(await model.ask(REQUEST, NEVER)).toEqual({ ok: false, error: 'too-large' });
  // The block that is written and what lies in the sockets, twice in this process.
  expect(process.memoryUsage.rss() - before).toBeLessThan(5 * (1 << 20));
  expect(sent).toBeLessThan(20);
});

test('a good answer has its text, its tokens and its price', async () => {
  server = await startStubHttp(() => completion('{"items":[]}'));
  const { model } = modelAt({ origin: server.origin });
  const answer = await model.ask(REQUEST, NEVER);
  if (!answer.ok) throw new Error(answer.error);
  expect(answer.value).toMatchObject({
    text: '{"items":[]}',
    model: 'stand-in-1',
    tokens: { input: 377, output: 98 },
  });
  // 377 at 2 and 98 at 8 dollars a million.
  expect(answer.value.costUsd?.toFixed()).toBe('0.001538');
});

const names = (word: string) => failing(400, { message: `${PLANTED}: ${word} is not supported` });

test.each([
  {
    why: 'no schemas',
    says: [names('response_format')],
    format: 'json_object',
    field: 'max_tokens',
  },
  {
    why: 'no JSON mode either',
    says: [names('json_schema'), names('json_object')],
    format: undefined,
    field: 'max_tokens',
  },
  {
    why: 'another name for the limit, and no temperature',
    says: [names('max_tokens'), names('temperature')],
    format: 'json_schema',
    field: 'max_completion_tokens',
  },
])('$why: asked again without, and never again with it', async ({ says, format, field }) => {
  const [first, ...more] = says;
  if (!first) throw new Error('no answers');
  server = await startStubHttp(inOrder(first, ...more, completion('{}')));
  const { model } = modelAt({ origin: server.origin });
  expect((await model.ask(REQUEST, NEVER)).ok).toBe(true);
  expect(server.requests).toHaveLength(says.length + 1);
  expect((await model.ask(REQUEST, NEVER)).ok).toBe(true);
  expect(server.requests).toHaveLength(says.length + 2);
  const body = JSON.parse(server.requests.at(-1)?.body ?? '');
  expect(body.response_format?.type).toBe(format);
  expect(body).toHaveProperty(field, 200);
  expect(body.messages[0].content.includes('{"items":[]}')).toBe(format !== 'json_schema');
});

test('what is sent is what is said to be sent, and three headers of ours', async () => {
  process.env['OPENAI_CUSTOM_HEADERS'] = 'x-leak: yes\nauthorization: Bearer stolen';
  process.env['OPENAI_ORG_ID'] = 'org-leak';
  process.env['OPENAI_PROJECT_ID'] = 'proj-leak';
  process.env['OPENAI_BASE_URL'] = 'http://127.0.0.1:9/v1';
  server = await startStubHttp(() => completion('{}'));
  const { model } = modelAt({ origin: server.origin });
  const told = model.bodyOf(REQUEST);
  await model.ask(REQUEST, NEVER);
  for (const name of ['CUSTOM_HEADERS', 'ORG_ID', 'PROJECT_ID', 'BASE_URL']) {
    delete process.env[`OPENAI_${name}`];
  }
  const [request] = server.requests;
  expect(request?.body).toBe(told);
  expect(request?.path).toBe('/v1/chat/completions');
  expect(request?.headers).toMatchObject({
    authorization: `Bearer ${KEY}`,
    'user-agent': 'plimsoll',
  });
  const sent = JSON.stringify(request?.headers);
  expect(sent).not.toMatch(/leak|stolen|stainless|openai/i);
});

test.each([
  { why: 'a secret of the desk', user: 'A1.mu my-bybit-secret', secrets: ['my-bybit-secret'] },
  { why: 'what looks like a key', user: 'sk-abcdefgh1jklm' },
  { why: 'what looks like a wallet', user: '0xabcdefabcdefabcdefabcdef' },
  { why: 'a figure', user: 'A1.mu 125' },
])('$why in it: nothing is sent', async ({ user, secrets }) => {
  server = await startStubHttp(() => completion('{}'));
  const { model } = modelAt({ origin: server.origin, secrets: secrets ?? [] });
  expect(await model.ask({ ...REQUEST, user }, NEVER)).toEqual({ ok: false, error: 'secret' });
  expect(server.requests).toHaveLength(0);
});

test('five failures in a row: it is left alone; a refused key: at once, and told once', async () => {
  server = await startStubHttp(() => failing(429));
  const { model } = modelAt({ origin: server.origin });
  const faults: string[] = [];
  for (let i = 0; i < 7; i += 1) {
    const answer = await model.ask(REQUEST, NEVER);
    faults.push(answer.ok ? 'ok' : answer.error);
  }
  expect(faults).toEqual([...Array(5).fill('rate-limit'), 'open', 'open']);
  server.answer(() => failing(401));
  const other = modelAt({ origin: server.origin });
  await other.model.ask(REQUEST, NEVER);
  expect(await other.model.ask(REQUEST, NEVER)).toEqual({ ok: false, error: 'open' });
  expect(other.warned).toHaveLength(1);
});
