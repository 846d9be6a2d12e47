import { afterEach, beforeEach, expect, test } from 'vitest';
import { wecomDestination } from '../../../src/adapters/push/wecom-destination.ts';
import { aMessage, voices } from '../../fakes/a-message.ts';
import { type StubHttp, startStubHttp } from '../../fakes/stub-http.ts';

let stub: StubHttp;
beforeEach(async () => {
  stub = await startStubHttp(() => ({ body: { errcode: 0, errmsg: 'ok' } }));
});
afterEach(() => stub.close());

const robot = () =>
  wecomDestination({ id: 'wechat', url: `${stub.origin}/send?key=k`, voices, limitMs: 700 });
const sent = () => JSON.parse(stub.requests.at(-1)?.body ?? '{}');
const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => [
    { text: `量化账户${index}`, severity: null },
    { text: '72.0%', severity: 'crit' as const },
  ]);
const long = (count: number) => ({
  tables: [
    {
      ...{ caption: null, empty: '', rows: rows(count) },
      columns: [
        { label: '账户', align: 'left' as const, priority: 1 },
        { label: '占用', align: 'right' as const, priority: 1 },
      ],
    },
  ],
});

test.each([
  { errcode: 0, why: 'taken', outcome: { kind: 'delivered' } },
  { errcode: -1, why: 'busy', outcome: { kind: 'retry', retryAfterMs: 5000 } },
  { errcode: 45_009, why: 'over 20 a minute', outcome: { kind: 'retry', retryAfterMs: 60_000 } },
  { errcode: 45_033, why: 'too many at once', outcome: { kind: 'retry' } },
  { errcode: 93_000, why: 'a wrong key', outcome: { kind: 'dead', reason: 'gone' } },
  { errcode: 40_058, why: 'this text', outcome: { kind: 'dead', reason: 'refused' } },
  { errcode: 99_999, why: 'a code nobody knows', outcome: { kind: 'dead', reason: 'refused' } },
])('$errcode: $why', async ({ errcode, outcome }) => {
  stub.answer(() => ({ body: { errcode, errmsg: 'their words' } }));
  expect(await robot().send(aMessage())).toMatchObject(outcome);
});

test('200 with a page instead of an answer: nobody knows', async () => {
  stub.answer(() => ({ body: '<html>login</html>' }));
  expect(await robot().send(aMessage())).toEqual({ kind: 'unknown' });
});

test.each([
  { level: 'CRIT', silent: false, drill: false, calls: false, why: 'critical' },
  { level: 'EMERG', silent: false, drill: false, calls: true, why: 'an emergency' },
  { level: 'EMERG', silent: true, drill: false, calls: false, why: 'only brought up to date' },
  { level: 'EMERG', silent: false, drill: true, calls: false, why: 'a drill wakes nobody' },
])('everybody is called: $why', async ({ level, silent, drill, calls }) => {
  await robot().send(aMessage({ isSilent: silent, record: { level, isDrill: drill } }));
  expect(sent().text?.mentioned_list ?? null).toEqual(calls ? ['@all'] : null);
});

test.each([
  { level: 'CRIT', count: 10, most: 4096, isCut: false },
  { level: 'CRIT', count: 400, most: 4096, isCut: true },
  { level: 'EMERG', count: 400, most: 2048, isCut: true },
])('$count rows of Chinese at $level fit into $most bytes, warnings kept', async (row) => {
  await robot().send(aMessage({ reply: long(row.count), record: { level: row.level } }));
  const { text, markdown } = sent();
  const content = (text ?? markdown).content as string;
  expect(Buffer.byteLength(content)).toBeLessThanOrEqual(row.most);
  expect(content).toContain('Got worse.');
  expect(content.endsWith('…')).toBe(row.isCut);
});

test('names cannot become markup', async () => {
  const title = '[pay](http://evil) <font color="info">`x`</font> <@all>';
  await robot().send(aMessage({ reply: { title } }));
  expect(sent().markdown.content).not.toMatch(/[<>[\]`]/);
});
