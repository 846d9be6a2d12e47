import { get, type IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { hmacSha256 } from '../../src/sim/facade.ts';
import type { SimFault } from '../../src/sim/fault.ts';
import { type Sim, startSim } from '../../src/sim/start-sim.ts';

const NOW = Date.UTC(2026, 0, 5, 8, 30);
const SICK = 'bybit-quant-a';
const WELL = 'bybit-reserve';
let sim: Sim;

beforeAll(async () => {
  sim = await startSim({ seed: 'plimsoll', now: () => NOW });
});
afterEach(() => sim.fault(SICK, null));
afterAll(() => sim.close());

/** A signed call as the venue documents it; `signal` for answers that never end. */
function balance(id: string, signal?: AbortSignal): Promise<Response> {
  const query = 'accountType=UNIFIED';
  const text = `${NOW}demo-${id}-key5000${query}`;
  return fetch(`${sim.origin}/v5/account/wallet-balance?${query}`, {
    redirect: 'manual',
    signal: signal ?? null,
    headers: {
      'x-bapi-api-key': `demo-${id}-key`,
      'x-bapi-timestamp': String(NOW),
      'x-bapi-recv-window': '5000',
      'x-bapi-sign': hmacSha256(`demo-${id}-secret`, text, 'hex'),
    },
  });
}

/** Status, and what a reader would make of the body. */
async function outcome(response: Promise<Response>): Promise<string> {
  const answer = await response.catch(() => null);
  if (answer === null) return 'refused';
  const body = await answer.text().catch(() => 'cut');
  const where = answer.headers.get('location') ?? answer.headers.get('retry-after') ?? '';
  return `${answer.status} ${kindOf(body)} ${where}`.trim();
}

function kindOf(body: string): string {
  if (!body.startsWith('{')) return body.startsWith('<') ? 'html' : body || 'empty';
  const code = /"retCode":(\d+)/.exec(body)?.[1];
  return body.endsWith('}') ? `retCode ${code}` : 'half of a body';
}

test.each<{ fault: SimFault; says: string }>([
  { fault: { kind: 'dead' }, says: 'refused' },
  { fault: { kind: 'html' }, says: '200 html' },
  { fault: { kind: 'emptyBody' }, says: '200 empty' },
  { fault: { kind: 'cutJson' }, says: '200 half of a body' },
  { fault: { kind: 'halfBody' }, says: '200 cut' },
  { fault: { kind: 'redirect' }, says: '302 empty https://elsewhere.invalid/' },
  { fault: { kind: 'status', status: 503 }, says: '503 empty' },
  {
    fault: { kind: 'status', status: 429, headers: { 'retry-after': '7' } },
    says: '429 empty 7',
  },
  { fault: { kind: 'rateLimited' }, says: '200 retCode 10006' },
  { fault: { kind: 'wrongClock' }, says: '200 retCode 10002' },
  { fault: { kind: 'wrongClock', skewMs: 5000 }, says: '200 retCode 0' },
  { fault: { kind: 'revoked' }, says: '200 retCode 10003' },
  { fault: { kind: 'slow', delayMs: 1 }, says: '200 retCode 0' },
])('$fault.kind: $says, and the neighbour is served', async ({ fault, says }) => {
  sim.fault(SICK, fault);
  expect(await outcome(balance(SICK))).toBe(says);
  expect(await outcome(balance(WELL))).toBe('200 retCode 0');
  sim.fault(SICK, null);
  expect(await outcome(balance(SICK))).toBe('200 retCode 0');
});

test('a stalled body sends its headers and half of itself, then nothing', async () => {
  sim.fault(SICK, { kind: 'stalled' });
  const abort = new AbortController();
  const response = await balance(SICK, abort.signal);
  const reader = response.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  expect(value?.length).toBe(Math.floor(Number(response.headers.get('content-length')) / 2));
  abort.abort();
  await expect(reader?.read()).rejects.toThrow();
});

test('it listens on loopback only, and answers 404 to what no venue has', async () => {
  expect(new URL(sim.origin).hostname).toBe('127.0.0.1');
  expect((await fetch(`${sim.origin}/v9/anything`)).status).toBe(404);
  expect((await fetch(`${sim.origin}/v5/market/nothing`)).status).toBe(200);
});

test('it closes although a client keeps its connection and an answer is due', async () => {
  const short = await startSim({ seed: 'plimsoll', now: () => NOW });
  const response = await new Promise<IncomingMessage>((resolve) => {
    get(`${short.origin}/v5/market/time`, resolve);
  });
  response.resume();
  await short.close();
  await expect(fetch(`${short.origin}/v5/market/time`)).rejects.toThrow();
});

test('moving the market moves what every venue says', async () => {
  const other = await startSim({ seed: 'plimsoll', now: () => NOW });
  const before = other.market.mark('BTC');
  other.market.move('BTC', -0.05);
  expect(other.market.mark('BTC').div(before).toNumber()).toBeCloseTo(0.95, 4);
  const ticker = await fetch(`${other.origin}/v5/market/tickers?category=linear&symbol=BTCUSDT`);
  const { result } = (await ticker.json()) as { result: { list: { markPrice: string }[] } };
  expect(result.list[0]?.markPrice).toBe(other.market.mark('BTC').toFixed());
  await other.close();
});
