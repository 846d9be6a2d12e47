import { expect, test } from 'vitest';
import type { Subject } from '../../../src/alerts/alert.ts';
import { alertWorld, intentOf } from './alert-world.ts';

const LEG: Subject = {
  ...{ kind: 'position', venue: 'bybit', account: 'quant-a' },
  ...{ instrument: 'BTC/USDT:USDT', side: 'short' },
};

test.each([
  { change: 'closed', level: 'WARN', says: 'position closed outside the console' },
  { change: 'take-profit-filled', level: 'WARN', says: 'take profit filled' },
  { change: 'deleveraged', level: 'CRIT', says: 'deleveraged by the venue' },
  { change: 'liquidated', level: 'EMERG', says: 'liquidated' },
] as const)('what happened is named as what it is: $change', async ({ change, level, says }) => {
  const world = await alertWorld();
  const facts = { change, before: '20', after: '8' };
  await world.take(intentOf({ level, rule: 'liquidated', reason: 'EVENT', subject: LEG, facts }));
  await world.pass(6000);
  const [told, ...more] = world.drain();
  expect(more).toEqual([]);
  expect(told?.title).toContain(`quant-a BTC/USDT:USDT short · ${says}`);
  expect(told?.text).toContain('Contracts: 20 before, 8 now.');
});

test('what happened once is still to be seen in a digest: two at a time, and one while it is open', async () => {
  const world = await alertWorld();
  const closed = (account: string) =>
    intentOf({
      ...{ level: 'WARN', rule: 'positionChanged', reason: 'EVENT', at: world.clock.now() },
      subject: { ...LEG, account },
      facts: { change: 'closed', before: '20', after: '0' },
    });
  await world.take(closed('first'), closed('second'));
  await world.pass(6000);
  const [digest] = world.drain();
  expect(digest?.title).toBe('Warning: 2 alerts');
  for (const account of ['first', 'second']) expect(digest?.text).toContain(account);
  await world.take(closed('third'));
  await world.pass(11_000);
  expect(world.drain().at(-1)?.text).toContain('third');
  await world.pass(10 * 60_000, 1000);
  expect(world.desk.open(), 'news ends by itself').toEqual([]);
});

test.each([
  { rule: 'missingStop', facts: { stop: 'beyond' }, says: 'stop beyond liquidation' },
  { rule: 'missingStop', facts: { stop: 'missing' }, says: 'no stop' },
  { rule: 'priceMove', facts: { direction: 'down', price: '61000' }, says: 'Down, to 61,000' },
  { rule: 'depeg', facts: { price: '0.991' }, says: 'One coin is $0.991.' },
  { rule: 'funding', facts: { rate: '-0.002' }, says: 'Shorts pay longs.' },
  { rule: 'funding', facts: { rate: '0.002' }, says: 'Longs pay shorts.' },
  { rule: 'pooledMargin', facts: { healthyAlone: 'yes' }, says: 'together they are thin' },
  { rule: 'venueStatus', facts: { status: 'margin_call' }, says: 'The venue says: margin_call.' },
] as const)('$rule says which way or why: $says', async ({ rule, facts, says }) => {
  const world = await alertWorld();
  await world.take(intentOf({ level: 'CRIT', rule, facts }));
  expect(world.drain()[0]?.text).toContain(says);
});

test('a message that somebody has in hand does not say that nobody has', async () => {
  const world = await alertWorld();
  await world.take(intentOf({ level: 'CRIT' }));
  await world.pass(5 * 60_000, 1000);
  expect(world.drain().at(-1)?.text).toContain('nobody has');
  const [open] = world.desk.open();
  await world.desk.press({ incident: open?.id ?? '', verb: 'ack', forMs: null, by: 'lee' });
  await world.pass(1000);
  const [edit] = world.drain().filter(({ how }) => how === 'edit');
  expect(edit?.text).toContain('lee has it in hand until');
  expect(edit?.text).not.toContain('nobody');
});
