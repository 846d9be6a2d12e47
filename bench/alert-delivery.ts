import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Intent } from '../src/alerts/alert.ts';
import { type AlertDesk, openAlertDesk } from '../src/app/alerts/alert-desk.ts';
import { dec } from '../src/domain/decimal.ts';
import type { AlertStore } from '../src/ports/alert-store.ts';
import type { Destination } from '../src/ports/destination.ts';
import { createFormatter } from '../src/replies/format.ts';
import { createTranslate } from '../src/replies/translate.ts';
import { fakeAlertStore } from '../test/fakes/fake-store-alerts.ts';
import { tempStore } from '../test/fakes/temp-store.ts';
import type { Row } from './row.ts';

const ROUNDS = 200;
const WARM_UP = 20;
const TICKS = 40;
const A_TICK = 50;
/** Rounds are a minute apart for the desk, so that none of them is a storm. */
const MINUTE = 61_000;

const quietLog = { error: () => {}, warn: () => {} };
const voiceOf = (locale: 'en' | 'zh-CN') => ({
  say: createTranslate(locale),
  format: createFormatter(locale, 'UTC'),
});

/** From a finding to the provider's receipt of the request; durable, and the same without a store. */
export async function benchAlertDelivery(): Promise<Row[]> {
  const provider = await startProvider();
  const temp = tempStore();
  try {
    const { alerts } = await temp.open();
    const durable = await timeCritical(alerts, provider);
    const bare = await timeCritical(fakeAlertStore(), provider);
    const rate = await transitionRate(alerts, provider);
    const bareRate = await transitionRate(fakeAlertStore(), provider);
    return [
      {
        name: 'critical finding → request at the provider, p50 / p99',
        figure: `${ms(at(durable, 0.5))} / ${ms(at(durable, 0.99))}, kept on disk first`,
        baseline: `${ms(at(bare, 0.5))} / ${ms(at(bare, 0.99))} without the store`,
        ratio: (at(durable, 0.5) / at(bare, 0.5)).toFixed(1),
      },
      {
        name: `durable alert transitions, ${A_TICK} a tick, one commit each tick`,
        figure: `${Math.round(rate)}/s`,
        baseline: `${Math.round(bareRate)}/s without the store`,
        ratio: (rate / bareRate).toFixed(2),
      },
    ];
  } finally {
    await temp.close();
    await provider.close();
  }
}

interface Provider {
  readonly destination: Destination;
  /** When the last request arrived. */
  arrivedAt(): number;
  close(): Promise<void>;
}

async function startProvider(): Promise<Provider> {
  let arrived = 0;
  let count = 0;
  const server = createServer((request, response) => {
    arrived = performance.now();
    count += 1;
    request.resume();
    response.end(String(count));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    destination: {
      id: 'room',
      send: async ({ record }) => {
        const response = await fetch(url, { method: 'POST', body: JSON.stringify(record) });
        return { kind: 'delivered', messageId: await response.text() };
      },
    },
    arrivedAt: () => arrived,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function timeCritical(store: AlertStore, provider: Provider): Promise<number[]> {
  let now = Date.now();
  const desk = await deskOf(store, provider, () => now);
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    now += MINUTE;
    const begun = performance.now();
    await desk.take({ intents: [intentOf(round, now)], inhibited: new Map() }, [
      instanceRow(round),
    ]);
    await desk.settled();
    if (round >= WARM_UP) times.push(provider.arrivedAt() - begun);
    // Over again at once: the next round finds a calm desk.
    const over = { ...intentOf(round, now), id: `over ${now}`, reason: 'RESOLVED' as const };
    await desk.take({ intents: [over], inhibited: new Map() }, []);
    await desk.settled();
  }
  return times.sort((a, b) => a - b);
}

async function transitionRate(store: AlertStore, provider: Provider): Promise<number> {
  let now = Date.now() + ROUNDS * MINUTE * 2;
  const desk = await deskOf(store, provider, () => now);
  const begun = performance.now();
  for (let tick = 0; tick < TICKS; tick += 1) {
    now += 1000;
    const numbers = Array.from({ length: A_TICK }, (_, each) => 10_000 + tick * A_TICK + each);
    const intents = numbers.map((each) => ({ ...intentOf(each, now), level: 'WARN' as const }));
    await desk.take({ intents, inhibited: new Map() }, numbers.map(instanceRow));
  }
  const seconds = (performance.now() - begun) / 1000;
  await desk.settled();
  return (TICKS * A_TICK) / seconds;
}

async function deskOf(
  store: AlertStore,
  { destination }: Provider,
  now: () => number,
): Promise<AlertDesk> {
  const opened = await openAlertDesk({
    store,
    clock: { now, after: async () => {} },
    log: quietLog,
    settings: () => ({
      destinations: [
        {
          ...{ id: 'room', network: 'discord', minLevel: 'INFO', fallback: null, quiet: null },
          ...{ canEdit: true, isRepeatable: true },
        },
      ],
      routes: [],
      timeZone: 'UTC',
    }),
    destinations: [destination],
    localeOf: () => 'en',
    voices: { en: voiceOf('en'), 'zh-CN': voiceOf('zh-CN') },
    random: Math.random,
    token: () => `v1.${randomBytes(16).toString('base64url')}`,
    boot: 'bench',
  });
  if (!opened.ok) throw new Error(`the alert desk says ${opened.error.kind}`);
  return opened.value;
}

function intentOf(round: number, at: number): Intent {
  const account = `account-${round}`;
  return {
    id: `intent ${at} ${round}`,
    fingerprint: `marginUsage ${account}`,
    rule: 'marginUsage',
    subject: { kind: 'account', venue: 'bybit', account },
    ...{ episode: 1, reason: 'FIRST', level: 'CRIT', at, flaps: 0, offlineMs: null },
    value: dec('0.72'),
    threshold: dec('0.7'),
    dataAgeMs: 800,
    facts: {},
  };
}

function instanceRow(round: number) {
  const id = `instance-${round}`;
  return { put: { kind: 'instance' as const, id, body: JSON.stringify({ id, level: 'CRIT' }) } };
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
