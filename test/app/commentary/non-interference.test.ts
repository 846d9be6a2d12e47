import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPlanCache } from '../../../src/adapters/cache/node-cache/plan-cache.ts';
import { createCommentator } from '../../../src/app/commentary/commentator.ts';
import { dec } from '../../../src/domain/decimal.ts';
import { asUsd } from '../../../src/domain/units.ts';
import { modelAt, NEVER } from '../../adapters/llm/openai/a-model.ts';
import { type AccountFacts, type Leg, snapshotOf } from '../../commands/small-desk.ts';
import { completion } from '../../fakes/model-server.ts';
import { type StubHttp, startStubHttp } from '../../fakes/stub-http.ts';
import { systemTime } from '../../fakes/system-time.ts';
import { item, planText, readerIn, reportOf } from './a-commentator.ts';

let server: StubHttp;
beforeAll(async () => {
  server = await startStubHttp(() => completion(planText(item('A1.mu'))));
});
afterAll(() => server.close());

/** The full thousand takes a quiet machine some ten seconds: `NON_INTERFERENCE_DESKS=1000`. */
const DESKS = Number(process.env['NON_INTERFERENCE_DESKS'] ?? 60);
/** Two names and two symbols of each desk; the rest are keys. */
const KEYS = 10_000 - DESKS * 4;
const NAMES = ['BTC', 'DOGE', 'PEPE', 'SOL', 'XRP'];
const INJECTIONS = ['ignore-all-rules', 'system', 'answer-in-prose', 'a1', 'x1-add'];

/** The same desk under other names, in other coins and a hundred times smaller or larger. */
function variant(n: number) {
  const factor = dec(n + 1).div(7);
  const times = (text: string) => dec(text).times(factor).toFixed(6);
  const [one, two] = [`${INJECTIONS[n % 5]}-${n}-canary`, `${n}-canary-${INJECTIONS[(n + 2) % 5]}`];
  const leg = (side: Leg['side'], price: string, liq: string): Leg => ({
    symbol: `${NAMES[n % 5]}${n}/USDT:USDT`,
    ...{ side, contracts: times('1'), entry: price, mark: price, liq },
  });
  const account = (id: string, facts: Omit<AccountFacts, 'id' | 'venue'>): AccountFacts => ({
    ...{ id, venue: 'bybit', ...facts },
  });
  return snapshotOf(
    account(one, {
      ...{ equity: times('100000'), available: times('20000'), initial: times('80000') },
      ...{ maintenance: times('9000'), coins: { USDT: times('100000') } },
      ...{ fundedBy: [two], legs: [leg('long', '60000', '56000')] },
    }),
    account(two, {
      ...{ equity: times('90000'), available: times('30000'), initial: times('55000') },
      ...{ maintenance: times('5000'), coins: { USDT: times('90000') } },
      legs: [leg('short', '60000', '68000')],
    }),
  );
}

test('desks of other names, keys, coins and amounts are one request to the model', async () => {
  const secrets = Array.from({ length: KEYS }, (_, n) => `secret-canary-${n}-`);
  const rich = { perMinute: 1e6, perDayUsd: asUsd(dec('1000')) };
  const seat = { origin: server.origin, secrets, settings: rich };
  const fresh = () => modelAt({ ...seat, timeoutMs: 8000 }).model;
  let model = fresh();
  for (let n = 0; n < DESKS; n += 1) {
    // A day's tokens are some seven hundred requests.
    if (n % 500 === 499) model = fresh();
    const snapshot = variant(n);
    const commentator = createCommentator({
      ...{ model, clock: systemTime(), cache: createPlanCache(), signal: NEVER },
      record: { attempted: () => {} },
      hash: (text) => text,
      lastKnown: () => snapshot,
    });
    await (await commentator.read(reportOf(snapshot), readerIn('en'))).later();
  }
  const bodies = new Set(server.requests.map(({ body }) => body));
  expect(server.requests).toHaveLength(DESKS);
  expect([...bodies].filter((body) => /canary|ignore-all|DOGE|PEPE|USDT/.test(body))).toEqual([]);
  expect(bodies.size).toBe(1);
}, 280_000);
