import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sim, startSim } from '../../src/sim/start-sim.ts';
import { parseMetrics } from '../fakes/parse-metrics.ts';
import { type StubHttp, startStubHttp } from '../fakes/stub-http.ts';

/** The console as an operator runs it: a desk file, a process, signals; the venue is the simulator. */
const root = new URL('../..', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-running-'));
const file = join(folder, 'desk.yaml');
let sim: Sim;
let outside: StubHttp;
let child: ChildProcess;
let log = '';

const deskFile = (change: { roles?: string; extra?: string } = {}) => {
  const account = sim.accounts.find(({ venue }) => venue === 'bybit');
  if (!account) throw new Error('no account');
  const { apiKey, secret } = account.credentials;
  return `
accounts:
  - { id: one, venue: bybit, apiKey: "${apiKey}", secret: "${secret}", baseUrl: "${sim.origin}", access: trade }
people:
  - { id: ann, roles: [${change.roles ?? 'admin'}] }
destinations:
  - { id: pager, webhook: { url: "${outside.origin}/pager", secret: "not a secret" } }
watchdog: { url: "${outside.origin}/ping/abc?x=1", every: 1s }
http: { listen: "127.0.0.1:${PORT}" }
${change.extra ?? ''}`;
};
/** Below the range that the system hands out by itself. */
const PORT = 21_000 + (process.pid % 9000);

const until = async (what: string, isSo: () => boolean | Promise<boolean>) => {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what} did not happen: ${log.slice(-2000)}`);
};

const get = async (path: string) => {
  const answer = await fetch(`http://127.0.0.1:${PORT}${path}`).catch(() => null);
  return { status: answer?.status ?? 0, text: (await answer?.text()) ?? '' };
};

/** Without what only tells of this machine: that it is slow, and has no way to a venue's streams. */
const ailments = async (): Promise<string[]> => {
  const { status, text } = await get('/healthz');
  if (status === 0) return ['no answer'];
  const { reasons } = JSON.parse(text) as { reasons: string[] };
  return reasons.filter((reason) => !/^(stalled|stream )/.test(reason));
};

const env = () => ({
  PATH: process.env['PATH'] ?? '',
  PLIMSOLL_DESK: file,
  PLIMSOLL_STORE: join(folder, 'desk.db'),
});

const write = (change: Parameters<typeof deskFile>[0] = {}) =>
  writeFileSync(file, deskFile(change), { mode: 0o600 });

async function ask(line: string): Promise<{ exit: number | null; text: string }> {
  const asking = spawn(process.execPath, ['start.mjs', 'ask', line, '--as', 'ann'], {
    cwd: root,
    env: env(),
  });
  let text = '';
  for (const stream of [asking.stdout, asking.stderr]) {
    stream.on('data', (part) => {
      text += String(part);
    });
  }
  const exit = await new Promise<number | null>((resolve) => asking.on('close', resolve));
  return { exit, text };
}

beforeAll(async () => {
  sim = await startSim({ seed: 'running' });
  outside = await startStubHttp(() => ({ status: 200 }));
  write();
  child = spawn(process.execPath, ['start.mjs'], { cwd: root, env: env() });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (part) => {
      log += String(part);
    });
  }
  child.stdin?.end();
  await until('health', async () => (await ailments()).length === 0);
}, 60_000);

afterAll(async () => {
  child.kill('SIGTERM');
  await new Promise((resolve) =>
    child.exitCode === null ? child.on('close', resolve) : resolve(0),
  );
  await Promise.all([sim.close(), outside.close()]);
  rmSync(folder, { recursive: true, force: true });
});

test('metrics are in the format that Prometheus reads, and hold no secret', async () => {
  await until('a reading', async () =>
    (await get('/metrics')).text.includes('margin_usage_ratio{'),
  );
  const { status, text } = await get('/metrics');
  expect(status).toBe(200);
  const metrics = parseMetrics(text);
  const one = { account: 'one', venue: 'bybit' };
  expect([0, 1]).toContain(metrics.value('plimsoll_healthy', {}));
  expect(metrics.value('plimsoll_account_data_age_seconds', one)).toBeLessThan(60);
  expect(metrics.value('plimsoll_margin_usage_ratio', one)).toBeGreaterThan(0);
  expect(metrics.value('plimsoll_outbox_queued', { destination: 'pager' })).toBeGreaterThanOrEqual(
    0,
  );
  expect(
    metrics.value('plimsoll_venue_requests_total', { venue: 'bybit', outcome: 'ok' }),
  ).toBeGreaterThan(0);
  expect(text).not.toMatch(/not a secret|127\.0\.0\.1/);
});

test('the outside check is told, at its own address and query', async () => {
  const pings = () => outside.requests.filter(({ path }) => path.startsWith('/ping'));
  await until('a ping', () => pings().length > 0);
  expect(pings()[0]).toMatchObject({ method: 'GET', path: '/ping/abc' });
  expect(pings()[0]?.query.get('x')).toBe('1');
});

test('a drill goes the real way to the webhook, and says how long it took', async () => {
  const { exit, text } = await ask('/alerts test pager');
  expect({ exit, text }).toMatchObject({ exit: 0, text: expect.stringContaining('Arrived after') });
  const drill = outside.requests.find(({ body }) => body.includes('"isDrill":true'));
  expect(drill?.headers['plimsoll-signature']).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/);
});

test('SIGHUP: a faulty file changes nothing, a good one takes rights away at once', async () => {
  write({ roles: 'king' });
  child.kill('SIGHUP');
  await until('the refusal', () => log.includes('desk file not taken over'));
  expect(log).toContain('people[0].roles[0]');
  expect(await ailments()).toEqual([]);
  write({ extra: 'drill: "10:30"' });
  const again = await ask('/reload');
  expect(again).toMatchObject({ exit: 0, text: expect.stringContaining('Taken over: drill.') });
  write({ roles: 'viewer', extra: 'drill: "10:30"\nrefresh: { positions: 4s }' });
  child.kill('SIGHUP');
  await until('the takeover', () => log.includes('"sections":"people"'));
  expect(log).toContain('"restartNeededFor":"refresh"');
  expect((await ask('/reload')).exit).toBe(2);
  expect(await ailments()).toEqual([]);
}, 60_000);

test.each([
  {
    why: 'rules, and nobody who would be told',
    text: 'alerts: { marginUsage: { WARN: 40% } }',
    says: 'destinations: nobody would be told',
  },
  {
    why: 'one id for two places',
    text: [
      'destinations:',
      '  - { id: a, webhook: { url: "http://127.0.0.1:1" } }',
      '  - { id: a, webhook: { url: "http://127.0.0.1:2" } }',
    ].join('\n'),
    says: 'destinations[1].id: is used twice',
  },
])('scenario 48: $why: refused with exit code 2', async ({ text, says }) => {
  const other = join(folder, 'other.yaml');
  const account = '{ id: one, venue: bybit, apiKey: k, secret: s, baseUrl: "http://127.0.0.1:1" }';
  writeFileSync(other, `accounts: [${account}]\n${text}\n`, { mode: 0o600 });
  const refused = spawn(process.execPath, ['start.mjs'], {
    ...{ cwd: root, stdio: ['ignore', 'ignore', 'pipe'] },
    env: { ...env(), PLIMSOLL_DESK: other, PLIMSOLL_STORE: join(folder, 'other.db') },
  });
  let said = '';
  refused.stderr?.on('data', (part) => {
    said += String(part);
  });
  const exit = await new Promise((resolve) => refused.on('close', resolve));
  expect({ exit, said }).toEqual({ exit: 2, said: expect.stringContaining(says) });
});
