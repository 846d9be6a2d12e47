import { expect, test } from 'vitest';
import { createModelBudget } from '../../../../src/adapters/llm/openai/model-budget.ts';
import { createModelQueue } from '../../../../src/adapters/llm/openai/model-queue.ts';
import { dec } from '../../../../src/domain/decimal.ts';
import { asUsd } from '../../../../src/domain/units.ts';
import type { ModelPriority } from '../../../../src/ports/language-model.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

const usd = (text: string) => asUsd(dec(text));
const price = { input: usd('2'), output: usd('8') };
const WORST = { input: 500, output: 200 };

function budgetOf(limits: { perMinute?: number; perDay?: string; isPriced?: boolean }) {
  const clock = fakeClock();
  const { perMinute = 1000, perDay = '1', isPriced = true } = limits;
  const settings = { perMinute, perDayUsd: usd(perDay), price: isPriced ? price : null };
  const budget = createModelBudget(settings, clock);
  const allowed = (priority: ModelPriority, most = 2000) => {
    let calls = 0;
    while (calls < most && budget.reserve(WORST, priority) !== null) calls += 1;
    return calls;
  };
  return { clock, budget, allowed };
}

test.each([
  { why: 'ten a minute: seven for all, the rest for critical', perMinute: 10, all: 7, critical: 3 },
  { why: 'one a minute is one for whoever comes first', perMinute: 1, all: 1, critical: 0 },
  // 0.0026 dollars each, at worst: 0.0182 of 0.026 for all.
  { why: 'money', perDay: '0.026', all: 7, critical: 3 },
  // 700 tokens each, at worst: 350,000 of 500,000 for all.
  { why: 'tokens, where no price is known', isPriced: false, perDay: '0', all: 500, critical: 214 },
])('$why', ({ all, critical, ...limits }) => {
  const { allowed } = budgetOf(limits);
  expect(allowed('warning')).toBe(all);
  expect(allowed('critical')).toBe(critical);
});

test('a minute later there are calls again, a day later money', async () => {
  const { clock, allowed } = budgetOf({ perMinute: 2, perDay: '0.0104' });
  expect(allowed('critical')).toBe(2);
  await clock.advance(59_999);
  expect(allowed('critical')).toBe(0);
  await clock.advance(1);
  expect(allowed('critical')).toBe(2);
  await clock.advance(60_000);
  expect(allowed('critical')).toBe(0);
  await clock.advance(86_400_000);
  expect(allowed('critical')).toBe(2);
});

test('what was not used comes back; what nobody counted does not', () => {
  const { budget, allowed } = budgetOf({ perDay: '0.0052' });
  budget.reserve(WORST, 'critical')?.settle({ input: 0, output: 0 });
  budget.reserve(WORST, 'critical')?.settle(null);
  expect(allowed('critical')).toBe(1);
});

test('two run, twenty wait, and the oldest of the least urgent makes room', async () => {
  const queue = createModelQueue();
  const never = new AbortController().signal;
  await queue.enter('reply', never);
  await queue.enter('reply', never);
  const order: string[] = [];
  const wait = (name: string, priority: ModelPriority) =>
    queue.enter(priority, never).then((isIn) => order.push(`${name} ${isIn ? 'in' : 'shed'}`));
  const jobs = [wait('old report', 'report'), wait('new report', 'report')];
  for (let i = 0; i < 18; i += 1) jobs.push(wait(`reply ${i}`, 'reply'));
  jobs.push(wait('crit', 'critical'));
  await jobs[0];
  expect(order).toEqual(['old report shed']);
  queue.leave();
  await jobs.at(-1);
  expect(order.at(-1)).toBe('crit in');
  const gone = new AbortController();
  const leaving = queue.enter('critical', gone.signal);
  gone.abort();
  expect(await leaving).toBe(false);
});
