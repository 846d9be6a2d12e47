import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTranslate, type Locale } from '../src/replies/translate.ts';
import { startDemoProgram } from './fakes/demo-program.ts';

let world: Awaited<ReturnType<typeof startDemoProgram>>;
beforeAll(async () => {
  world = await startDemoProgram();
}, 30_000);
afterAll(() => world.close());

async function json(line: string, how: { as?: string; locale?: Locale } = {}) {
  const { stdout, stderr, exit } = await world.ask(line, { json: true, as: 'admin', ...how });
  return { exit, stderr, data: stdout === '' ? null : JSON.parse(stdout).data };
}

describe.each(['en', 'zh-CN'] as const)('in %s', (locale) => {
  const say = createTranslate(locale);

  test('/stop, /status and /resume: the latch, and who turned it', async () => {
    const stopped = await json('/stop', { locale });
    expect(stopped).toMatchObject({ exit: 0, data: { stopped: true, by: 'admin' } });
    const status = await json('/status', { as: 'viewer', locale });
    expect(status.data.protection.latch).toMatchObject({ stopped: true, by: 'admin' });
    const resumed = await world.ask('/resume', { as: 'admin', locale });
    expect(resumed.stdout).toContain(say('latch.resume.title'));
    expect(await json('/status', { as: 'viewer', locale })).toMatchObject({
      data: { protection: { latch: { stopped: false } } },
    });
  });

  test.each([
    { line: '/flatten mars', key: 'flatten.unknownScope' },
    { line: '/flatten bybit-reserve', key: 'flatten.noLegs' },
    { line: '/flatten', key: 'usage.missing' },
  ] as const)('$line is refused with a sentence', async ({ line, key }) => {
    const { exit, stderr } = await json(line, { locale });
    expect(exit).toBe(2);
    const facts = { scope: 'mars', name: 'scope', usage: '/flatten SCOPE', known: '' };
    const text = (say as (plain: string, facts: object) => string)(key, facts);
    expect(stderr).toContain(text.slice(0, 12));
  });
});

test.each([
  { line: '/stop', as: 'trader' },
  { line: '/resume', as: 'approver' },
  { line: '/flatten all', as: 'trader' },
])('$line is not open to a $as', async ({ line, as }) => {
  expect((await json(line, { as })).exit).toBe(2);
});

test('/flatten all: every leg of every venue is closed, once two people agree', async () => {
  const asked = await json('/flatten all');
  const { preview } = asked.data;
  const open = world.sim.accounts.flatMap(({ positions }) => positions).length;
  expect(preview.legs).toHaveLength(open);
  expect((await json(`/confirm ${preview.token}`)).stderr).toContain('Type the scope as well: all');
  const waiting = await json(`/confirm ${preview.token} all`);
  expect(waiting).toMatchObject({ exit: 0, data: { outcome: { state: 'pending' } } });
  const done = await json(`/approve ${preview.token}`, { as: 'approver' });
  expect(done.data.outcome.legs.filter(({ isFlat }: { isFlat: boolean }) => !isFlat)).toEqual([]);
  expect(done).toMatchObject({ exit: 0, data: { outcome: { state: 'done', unread: [] } } });
  expect(world.sim.accounts.flatMap(({ positions }) => positions)).toEqual([]);
  const closes = world.sim.effects().filter(({ kind }) => kind === 'close');
  expect(closes).toHaveLength(open);
  expect(await json(`/check ${preview.token}`, { as: 'viewer' })).toMatchObject({
    data: { outcome: { state: 'done' } },
  });
}, 60_000);

describe('/protect: a plan that two people agree to', () => {
  const ASKED = '/protect bybit-quant-a when=hf<1.1 add=50 from=bybit-reserve live=yes';

  test('proposed, confirmed, agreed to, listed, ended', async () => {
    const asked = await json(ASKED, { as: 'trader' });
    const { token, id, needsApproval } = asked.data.preview;
    expect(needsApproval).toBe(true);
    expect((await json(`/approve ${token}`, { as: 'approver' })).exit).toBe(2);
    expect(await json(`/confirm ${token}`, { as: 'trader' })).toMatchObject({
      data: { outcome: { state: 'pending' } },
    });
    expect((await json(`/approve ${token}`, { as: 'trader' })).exit).toBe(2);
    expect(await json(`/approve ${token}`, { as: 'approver' })).toMatchObject({
      data: { outcome: { state: 'done' } },
    });
    const listed = await json('/protect', { as: 'viewer' });
    expect(listed.data.plans).toMatchObject([{ id, dryRun: false, account: 'bybit-quant-a' }]);
    expect((await json(`/protect end=${id}`, { as: 'viewer' })).exit).toBe(2);
    expect((await json(`/protect end=${id}`, { as: 'trader' })).data.plans).toEqual([]);
  });

  test.each([
    { line: ASKED, as: 'viewer' },
    { line: '/protect mars when=hf<1.1 add=50', as: 'trader' },
    { line: '/protect bybit-quant-a when=hf>1.1 add=50 from=bybit-reserve', as: 'trader' },
    { line: '/protect bybit-quant-a when=hf<1.1 add=50', as: 'trader' },
    { line: '/protect bybit-quant-a when=hf<1.1 add=50 from=okx-quant-c', as: 'trader' },
    { line: '/protect bybit-quant-a when=profit>10% reduce=25% cap=5', as: 'trader' },
    { line: '/protect bybit-quant-a when=hf<1.1 add=50 reduce=25%', as: 'trader' },
    { line: '/protect end=nobody', as: 'trader' },
  ])('$line by a $as is refused', async ({ line, as }) => {
    expect(await json(line, { as })).toMatchObject({ exit: 2, data: null });
  });
});
