import { randomBytes } from 'node:crypto';
import { flushCompileCache } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../../../src/adapters/clock/system-clock.ts';
import { openStore } from '../../../../src/adapters/store/open-store.ts';
import type { Intent } from '../../../../src/alerts/alert.ts';
import type { DestinationRule } from '../../../../src/alerts/delivery-rules.ts';
import { openAlertDesk } from '../../../../src/app/alerts/alert-desk.ts';
import { chatDestination } from '../../../../src/app/alerts/chat-destination.ts';
import { createSendLanes } from '../../../../src/app/chat/send-lanes.ts';
import { dec } from '../../../../src/domain/decimal.ts';
import type { ChatGateway } from '../../../../src/ports/chat.ts';
import type { Clock } from '../../../../src/ports/clock.ts';
import { createFormatter } from '../../../../src/replies/format.ts';
import { createTranslate } from '../../../../src/replies/translate.ts';
import { fastNow, type LifePlan, type LifeWord, RATE } from './life-plan.ts';

// One life of an alert desk: the real store, the real chat client, and an end that is no goodbye.
const plan = JSON.parse(process.argv[2] ?? '{}') as LifePlan;
const { network, end } = plan;
const say = (word: LifeWord) => process.stdout.write(`${JSON.stringify(word)}\n`);
const log = { warn: () => {}, error: () => {} };

let aheadMs = plan.aheadMs;
const clock: Clock = {
  now: () => fastNow(plan.startedAt) + aheadMs,
  after: (ms, signal) => systemClock.after(ms / RATE, signal),
};
function goAhead(ms: number): void {
  aheadMs += ms;
  say({ kind: 'ahead', ms });
}

const opened = await openStore({ path: plan.store });
if (!opened.ok) throw new Error(opened.error.kind);
const store = opened.value;

let isArmed = false;
let passes = 0;
async function failpoint(name: string): Promise<void> {
  if (!isArmed || name !== (end === 'frozen' ? 'answered' : end)) return;
  passes += 1;
  if (passes !== plan.pass) return;
  if (end === 'frozen') {
    say({ kind: 'frozen' });
    // What was said must be out before everything stands still.
    await sleep(50);
    process.kill(process.pid, 'SIGSTOP');
    return;
  }
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => {});
}

const gateway = await connect();
flushCompileCache();
const voice = { say: createTranslate('en'), format: createFormatter('en', 'UTC') };
const place = (id: string): DestinationRule => ({
  ...{ id, network, minLevel: 'WARN', fallback: null, quiet: null, canEdit: true },
  isRepeatable: network === 'discord',
});
const MINUTE = 60_000;
const desk = await openAlertDesk({
  ...{ store: store.alerts, clock, log, failpoint, random: Math.random, boot: String(process.pid) },
  settings: () => ({
    destinations: [place('room'), place('second')],
    routes: [{ match: {}, to: ['room'], escalate: [{ afterMs: 5 * MINUTE, to: ['second'] }] }],
    timeZone: 'UTC',
  }),
  destinations: (['room', 'second'] as const).map((id, index) =>
    chatDestination({ id, network, chat: plan.chats[index] ?? '', topic: null }, () => gateway),
  ),
  localeOf: () => 'en',
  voices: { en: voice, 'zh-CN': voice },
  token: () => `v1.${randomBytes(16).toString('base64url')}`,
});
if (!desk.ok) throw new Error(desk.error.kind);
const { take, press, open, runDue, settled, balance, isFenced } = desk.value;

await recover();
await live();
await runDue();
await settled();
say({ kind: 'done', isFenced: isFenced() });
process.exit(0);

function connect(): Promise<ChatGateway> {
  const { token, application, url } = plan;
  const shared = {
    clock,
    log,
    token,
    commands: [],
    lanes: createSendLanes(clock),
    onEvent: () => {},
  };
  return network === 'discord'
    ? import('../../../../src/adapters/chat/discord/start-discord.ts').then(({ startDiscord }) =>
        startDiscord({
          ...shared,
          ...{ application, guild: null, apiUrl: `${url}/api`, suggest: () => [] },
          registeredHash: { get: () => null, set: () => {} },
        }),
      )
    : import('../../../../src/adapters/chat/telegram/start-telegram.ts').then(({ startTelegram }) =>
        startTelegram({ ...shared, apiRoot: url, webhook: null, onMoved: () => {} }),
      );
}

/** What the last life left behind goes out; then everything is over, so that the next story stands alone. */
async function recover(): Promise<void> {
  const rows = await store.alerts.load();
  if (!rows.ok) throw new Error(rows.error.kind);
  const known = new Set(rows.value.filter(({ kind }) => kind === 'instance').map(({ id }) => id));
  for (const account of plan.before) if (!known.has(account)) await fire(account, 'CRIT');
  await untilSent();
  const { lost, difference, pending } = balance();
  const acked = open().map(({ key, ack }) => [key.replace('account ', ''), ack?.by ?? null]);
  say({
    kind: 'recovered',
    balance: { lost: lost.length, difference, pending },
    acked: Object.fromEntries(acked),
  });
  for (const incident of open())
    await tell(incident.key.replace('account ', ''), 'CRIT', 'RESOLVED');
  await untilSent();
  goAhead(MINUTE);
}

async function untilSent(): Promise<void> {
  for (let round = 0; round < 1500; round += 1) {
    await runDue();
    await settled();
    if (balance().pending === 0) return;
    await sleep(20);
  }
}

async function live(): Promise<void> {
  isArmed = end !== 'press inside' && end !== 'press after' && !end?.startsWith('timer');
  say({ kind: 'armed' });
  for (const { account, level } of plan.fresh) await fire(account, level);
  await untilSent();
  isArmed = true;
  if (end?.startsWith('press')) {
    for (const { id } of open()) {
      await press({ incident: id, verb: 'ack', forMs: null, by: 'lee' });
    }
  }
  if (end?.startsWith('timer')) {
    goAhead(5 * MINUTE + 1000);
    await runDue();
  }
}

function fire(account: string, level: Intent['level']) {
  return tell(account, level, 'FIRST');
}

/** As an evaluator does: what it found and the row by which it knows, kept together. */
function tell(account: string, level: Intent['level'], reason: 'FIRST' | 'RESOLVED') {
  const subject = { kind: 'account', venue: 'bybit', account } as const;
  const intent: Intent = {
    ...{ id: `${account} ${reason}`, fingerprint: account, rule: 'marginUsage', subject, level },
    ...{
      episode: 1,
      reason,
      at: clock.now(),
      flaps: 0,
      offlineMs: null,
      dataAgeMs: 500,
      facts: {},
    },
    value: dec('0.72'),
    threshold: dec('0.7'),
  };
  const row = { kind: 'instance', id: account, body: JSON.stringify({ account, reason }) } as const;
  return take({ intents: [intent], inhibited: new Map() }, [{ put: row }]);
}
