import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock as clock } from '../src/adapters/clock/system-clock.ts';
import { type AlertsRunning, startAlerts } from '../src/wire/alerts.ts';
import { startWatching, type WatchRunning } from '../src/wire/alerts-watch.ts';
import { startChats } from '../src/wire/chats.ts';
import { startDemoProgram } from './fakes/demo-program.ts';
import { startFakeDiscord } from './fakes/fake-discord/start-fake-discord.ts';
import { startFakeTelegram } from './fakes/fake-telegram/start-fake-telegram.ts';

type Demo = Awaited<ReturnType<typeof startDemoProgram>>;
type Discord = Awaited<ReturnType<typeof startFakeDiscord>>;
type Telegram = Awaited<ReturnType<typeof startFakeTelegram>>;

const GROUP = { id: -100_777, type: 'supergroup', title: 'night watch' } as const;
const stop = new AbortController();
const printed: string[] = [];
let discord: Discord;
let telegram: Telegram;
let demo: Demo;
let alerts: AlertsRunning;
let watch: WatchRunning;
let room: string;
let gateways: Awaited<ReturnType<typeof startChats>>;

beforeAll(async () => {
  [discord, telegram] = await Promise.all([startFakeDiscord(), startFakeTelegram(clock)]);
  room = discord.channel();
  telegram.chat(GROUP);
  const { token, application, guild, apiUrl } = discord;
  demo = await startDemoProgram({
    freshForMs: 2000,
    setup: {
      refreshMs: 2000,
      staleAfterMs: 10_000,
      destinations: [
        { id: 'room', discord: { channel: room }, minLevel: 'CRIT' },
        { id: 'night', telegram: { chat: String(GROUP.id) }, minLevel: 'CRIT' },
      ],
      chat: {
        discord: { token, application, guild, apiUrl, roles: {} },
        telegram: { token: telegram.token, apiRoot: telegram.apiRoot, webhook: null },
        chats: { discord: [], telegram: [] },
      },
    },
  });
  const { program } = demo;
  const opened = await startAlerts(program, { clock, signal: stop.signal });
  if (!opened) throw new Error('no alerts');
  alerts = opened;
  program.alerts.current = alerts;
  alerts.onTerminal((text) => printed.push(text));
  watch = await startWatching(program, { alerts, signal: stop.signal });
  gateways = await startChats(program);
  alerts.gatewaysAre(gateways);
}, 60_000);

afterAll(async () => {
  stop.abort();
  await Promise.all(gateways.map((gateway) => gateway.close()));
  await watch.done;
  await demo.close();
  await Promise.all([discord.close(), telegram.close()]);
}, 30_000);

async function until(what: string, isSo: () => boolean, limitMs = 20_000): Promise<number> {
  const startedAt = clock.now();
  while (!isSo()) {
    if (clock.now() - startedAt > limitMs) throw new Error(`never: ${what}`);
    await clock.after(20);
  }
  return clock.now() - startedAt;
}

const streams = () => watch.streams.health();
const inRoom = () => JSON.stringify(discord.shown(room));
const inGroup = () => JSON.stringify(telegram.shown(telegram.chat(GROUP)));
const told = () => [printed.join('\n'), inRoom(), inGroup()];

test('every stream of the demo desk is up, and says so', async () => {
  await until('all streams', () => streams().every(({ state }) => state === 'connected'));
  // Ten accounts and groups of marks over four venues.
  expect(streams().filter(({ account }) => account !== null)).toHaveLength(6);
  expect(new Set(streams().map(({ heardAt }) => heardAt === null))).toEqual(new Set([false]));
}, 30_000);

test('a price that moves against a position is told on all three networks', async () => {
  const calm = 'okx-quant-c SOL/USDT:USDT';
  await until(
    'a first look',
    () => (watch.loops.find(({ name }) => name === 'watch')?.lastAt() ?? 0) > 0,
  );
  const held = demo.program.desk.lastKnown().accounts.flatMap(({ positions }) => positions);
  const leg = held.find(({ account, instrument }) => {
    return account === 'okx-quant-c' && instrument.asset === 'SOL';
  });
  expect(leg?.side).toBeDefined();
  const before = told();
  expect(before.some((text) => /Critical/.test(text) && text.includes(calm))).toBe(false);
  demo.sim.market.move('SOL', leg?.side === 'long' ? -0.04 : 0.04);
  const names = () => told().every((text) => text.includes('okx-quant-c'));
  const tookMs = await until('critical everywhere', names);
  expect(printed.some((text) => text.includes('okx-quant-c'))).toBe(true);
  // Two seconds are given to company; a reading alone may take as long as it is due.
  expect(tookMs).toBeLessThan(8000);
}, 40_000);

test('streams that die are built anew, and every account is read again', async () => {
  const { ever } = demo.sim.sockets.count();
  const readAt = new Map(
    demo.program.desk.lastKnown().accounts.map((each) => [each.account.id, each.positionsAt ?? 0]),
  );
  demo.sim.sockets.drop();
  await until('connected anew', () => {
    return (
      demo.sim.sockets.count().ever >= ever + 6 &&
      streams().every(({ state }) => state === 'connected')
    );
  });
  await until('read again', () =>
    demo.program.desk
      .lastKnown()
      .accounts.every((each) => (each.positionsAt ?? 0) > (readAt.get(each.account.id) ?? 0)),
  );
}, 40_000);

test('a venue that says nothing while something fires resolves nothing, and its age grows', async () => {
  const firing = () => alerts.desk.open().length;
  const before = firing();
  expect(before).toBeGreaterThan(0);
  for (const { id } of demo.sim.accounts) demo.sim.fault(id, { kind: 'dead' });
  demo.sim.sockets.silence('on');
  demo.sim.sockets.garbage();
  await clock.after(3000);
  expect(firing()).toBeGreaterThanOrEqual(before);
  const ages = streams().map(({ heardAt }) => clock.now() - (heardAt ?? 0));
  expect(Math.min(...ages)).toBeGreaterThan(1000);
  for (const { id } of demo.sim.accounts) demo.sim.fault(id, null);
  demo.sim.sockets.silence('off');
}, 30_000);

test('/status shows every stream and destination with its age', async () => {
  const { stdout } = await demo.ask('/status', { json: true });
  const { data } = JSON.parse(stdout);
  expect(
    data.accounts.every((row: { streamAgeMs: number | null }) => row.streamAgeMs !== null),
  ).toBe(true);
  const ids = data.destinations.map(({ id }: { id: string }) => id);
  expect(ids).toEqual(expect.arrayContaining(['discord', 'telegram', 'room', 'night', 'terminal']));
});
