import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { renderMetrics } from '../../../src/adapters/http/render-metrics.ts';
import { serveStatus, statusListener } from '../../../src/adapters/http/status-server.ts';
import { dec } from '../../../src/domain/decimal.ts';
import type { SelfReport } from '../../../src/ports/self-report.ts';
import { parseMetrics } from '../../fakes/parse-metrics.ts';

const NOW = 1_700_000_000_000;
const REPORT: SelfReport = {
  ...{ ailments: [], version: '1.2.3', startedAt: NOW - 60_000, now: NOW, lagMs: 12 },
  accounts: [
    {
      ...{ account: 'one', venue: 'bybit', readAt: NOW - 2500 },
      ...{ marginUsage: dec('0.705'), healthFactor: dec('2.5') },
    },
    { account: 'two', venue: 'okx', readAt: null, marginUsage: null, healthFactor: null },
  ],
  firing: [{ level: 'CRIT', count: 2 }],
  queues: [
    { destination: 'room', queued: 3, oldestDueMs: 4200, isBroken: false },
    { destination: 'mail', queued: 0, oldestDueMs: null, isBroken: true },
  ],
  loops: [{ loop: 'watch', lastAt: NOW - 100 }],
  streams: [{ stream: 'marks "bybit"\n\\', heardAt: NOW - 1000 }],
  deliveries: [{ destination: 'room', outcome: 'delivered', count: 7 }],
  venueRequests: [{ venue: 'okx', outcome: 'rate-limited', count: 4 }],
  drills: [{ destination: 'mail', latencyMs: null }],
};

test.each([
  { name: 'healthy', labels: {}, value: 1, why: 'nothing is wrong' },
  {
    name: 'account_data_age_seconds',
    labels: { account: 'one', venue: 'bybit' },
    value: 2.5,
    why: 's',
  },
  {
    ...{ name: 'account_data_age_seconds', labels: { account: 'two', venue: 'okx' } },
    ...{ value: undefined, why: 'never read: no sample, not zero' },
  },
  {
    name: 'margin_usage_ratio',
    labels: { account: 'one', venue: 'bybit' },
    value: 0.705,
    why: 'a fraction',
  },
  {
    name: 'margin_usage_ratio',
    labels: { account: 'two', venue: 'okx' },
    value: undefined,
    why: 'unknown',
  },
  {
    name: 'health_factor_ratio',
    labels: { account: 'one', venue: 'bybit' },
    value: 2.5,
    why: 'a multiple',
  },
  { name: 'alerts_firing', labels: { level: 'CRIT' }, value: 2, why: 'by level' },
  { name: 'outbox_queued', labels: { destination: 'room' }, value: 3, why: 'waiting' },
  { name: 'outbox_oldest_seconds', labels: { destination: 'room' }, value: 4.2, why: 'waiting' },
  {
    name: 'outbox_oldest_seconds',
    labels: { destination: 'mail' },
    value: 0,
    why: 'nothing waits',
  },
  { name: 'destination_broken', labels: { destination: 'mail' }, value: 1, why: 'broken' },
  {
    name: 'deliveries_total',
    labels: { destination: 'room', outcome: 'delivered' },
    value: 7,
    why: 'count',
  },
  {
    name: 'venue_requests_total',
    labels: { venue: 'okx', outcome: 'rate-limited' },
    value: 4,
    why: 'count',
  },
  { name: 'drill_arrived', labels: { destination: 'mail' }, value: 0, why: 'lost' },
  { name: 'drill_latency_seconds', labels: { destination: 'mail' }, value: undefined, why: 'lost' },
])('plimsoll_$name $labels: $why', async ({ name, labels, value }) => {
  const metrics = parseMetrics(await renderMetrics(REPORT));
  expect(metrics.value(`plimsoll_${name}`, labels)).toBe(value);
});

test('a desk without anything has a page that can be read', async () => {
  const nothing = { accounts: [], firing: [], queues: [], loops: [], streams: [] };
  const page = await renderMetrics({
    ...REPORT,
    ...nothing,
    deliveries: [],
    venueRequests: [],
    drills: [],
  });
  expect(parseMetrics(page).value('plimsoll_healthy', {})).toBe(1);
});

async function served(report: SelfReport) {
  const server = await serveStatus(
    statusListener(() => report),
    { hostname: '127.0.0.1', port: 0 },
  );
  if (server === null) throw new Error('not listening');
  const { port } = server.address() as AddressInfo;
  return { server, port, url: `http://127.0.0.1:${port}` };
}

test.each([
  { ailments: [], status: 200, body: { status: 'ok', reasons: [] } },
  { ailments: ['outbox'], status: 503, body: { status: 'unwell', reasons: ['outbox'] } },
])('/healthz with $ailments answers $status', async ({ ailments, status, body }) => {
  const { server, url } = await served({ ...REPORT, ailments });
  const answer = await fetch(`${url}/healthz`);
  expect([answer.status, await answer.json()]).toEqual([status, body]);
  expect((await fetch(`${url}/anything`)).status).toBe(404);
  expect((await fetch(`${url}/healthz`, { method: 'POST' })).status).toBe(404);
  server.close();
});

test('an address that is taken is said, not thrown', async () => {
  const { server, port } = await served(REPORT);
  expect(
    await serveStatus(
      statusListener(() => REPORT),
      { hostname: '127.0.0.1', port },
    ),
  ).toBeNull();
  server.close();
});
