import { expect, test } from 'vitest';
import { alertCounter } from '../../src/app/alerts/alert-counter.ts';
import { dec } from '../../src/domain/decimal.ts';
import { err, ok } from '../../src/domain/result.ts';
import { asAccountId, asRatio, asUsd } from '../../src/domain/units.ts';
import type { AccountPoint } from '../../src/ports/account-history.ts';
import { ladderWorld, TRADER } from '../app/actions/ladder-world.ts';
import { alertWorld, intentOf } from '../app/alerts/alert-world.ts';
import { noActions } from '../fakes/no-actions.ts';
import { ask, contextFor, desk, holedDesk, snapshotOf } from './small-desk.ts';
import { NOW } from './small-market.ts';

const HOUR = 3_600_000;
const snapshot = snapshotOf(...desk);
const { actor } = contextFor(snapshot);

const point = (
  account: string,
  hoursAgo: number,
  facts: [string, string, string],
): AccountPoint => ({
  ...{ account: asAccountId(account), at: NOW - hoursAgo * HOUR, maintenanceMarginUsd: null },
  equityUsd: asUsd(dec(facts[0])),
  initialMarginUsd: asUsd(dec(facts[1])),
  healthFactor: asRatio(dec(facts[2])),
});

test('the worst moments of the day, of whichever account, with their times', async () => {
  const points = [
    point('bybit-quant-a', 10, ['1000', '200', '1.034']),
    point('okx-mm', 5, ['1000', '969.91', '3']),
    point('okx-mm', 2, ['1000', '969.91', '1.3']),
  ];
  const { data, text } = await ask(snapshot, {
    name: 'report',
    with: { dayPoints: async () => points },
  });
  expect((data as { today: object }).today).toMatchObject({
    lowestHealth: { account: 'bybit-quant-a', value: '1.034', at: '2026-03-01T04:32:05.000Z' },
    highestUsage: { account: 'okx-mm', value: '0.96991', at: '2026-03-01T09:32:05.000Z' },
  });
  const said = text(200).replace(/\s+/g, ' ');
  expect(said).toContain('Lowest health today 1.03');
  expect(said).toContain('at 04:32:05 UTC (bybit-quant-a)');
  expect(said).toContain('Highest usage today 97.0% at 09:32:05 UTC (okx-mm)');
});

test('what is read now is of the day as well, unless it is old', async () => {
  const today = async (facts: typeof desk) => {
    const { data } = await ask(snapshotOf(...facts), {
      name: 'report',
      with: { dayPoints: async () => [] },
    });
    return (data as { today: { highestUsage: { account: string } | null } }).today.highestUsage;
  };
  const whole = await today(desk);
  expect(whole).not.toBeNull();
  const stale = (holedDesk.find(({ status }) => status === 'stale') ?? {}) as { id?: string };
  expect((await today(holedDesk))?.account).not.toBe(stale.id);
});

test('alerts that ended today: worst first, with their peak; what fires is listed by itself', async () => {
  const world = await alertWorld({ startsAt: NOW - 2 * HOUR });
  const at = NOW - 2 * HOUR;
  await world.take(intentOf({ account: 'a', level: 'WARN', at }), intentOf({ account: 'b', at }));
  await world.pass(10_000);
  await world.take(
    intentOf({ account: 'a', level: 'CRIT', reason: 'LEVEL_UP', value: '0.91', at }),
  );
  await world.pass(10_000);
  await world.take(intentOf({ account: 'a', level: 'CRIT', reason: 'RESOLVED', at: at + 20_000 }));
  await world.pass(10_000);
  const alerts = alertCounter(world.desk, { actor, clock: world.clock });
  const { data, text } = await ask(snapshot, { name: 'report', with: { alerts } });
  const { today, alerts: fires } = data as {
    today: { endedAlerts: object[] };
    alerts: { subject: string }[];
  };
  expect(fires.map(({ subject }) => subject)).toEqual(['b']);
  expect(today.endedAlerts).toEqual([
    expect.objectContaining({ subject: 'a', level: 'CRIT', peak: '0.91' }),
  ]);
  expect(text(200)).toContain('Alerts that ended today');
  const limited = alertCounter(world.desk, {
    actor: { ...actor, accounts: ['b'] },
    clock: world.clock,
  });
  expect(limited.since(0).map(({ key }) => key)).toEqual(['account b']);
  expect(alerts.since(NOW + HOUR).map(({ key }) => key)).toEqual(['account b']);
});

test.each(['en', 'zh-CN'] as const)('acts of the day in words, in %s', async (locale) => {
  const world = ladderWorld();
  const actions = world.start().of(TRADER);
  const made = await actions.propose({
    ...{ kind: 'transfer', from: asAccountId('b'), to: asAccountId('a') },
    ...{ amount: dec('50'), currency: 'USDT' },
  });
  await actions.confirm({ token: made.ok ? made.value.token : '', typed: null });
  const since = async () => actions.since(0);
  const { data, text } = await ask(snapshot, {
    ...{ name: 'report', locale },
    with: { actions: { ...noActions, since } },
  });
  expect((data as { today: { acts: object[] } }).today.acts).toEqual([
    expect.objectContaining({
      action: 'transfer',
      account: 'b',
      requestedBy: 'ann',
      state: 'done',
    }),
  ]);
  expect(text(200)).toContain(locale === 'en' ? 'Move 50 USDT from b to a' : '划转 50 USDT');
});

test('that nobody acted, and that nobody knows, are two things', async () => {
  const none = await ask(snapshot, {
    name: 'report',
    with: { actions: { ...noActions, since: async () => ok([]) } },
  });
  expect(none.text(200)).toContain('Nobody has acted today.');
  const unknown = await ask(snapshot, {
    name: 'report',
    with: {
      actions: {
        ...noActions,
        since: async () => err({ kind: 'store', error: { kind: 'busy' } }),
      },
    },
  });
  expect(unknown.text(200)).toContain('could not be read');
  expect(unknown.text(200)).not.toContain('Nobody has acted');
});
