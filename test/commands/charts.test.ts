import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { exposureChart } from '../../commands/layout/exposure-chart.ts';
import { liquidationChart } from '../../commands/layout/liq-chart.ts';
import { marginChart } from '../../commands/layout/margin-chart.ts';
import type { Chart } from '../../src/replies/chart.ts';
import type { Locale } from '../../src/replies/translate.ts';
import { assessDesk } from '../../src/risk/assess-desk.ts';
import { assessExposure } from '../../src/risk/exposure.ts';
import type { AccountFacts, Leg } from './small-desk.ts';
import { contextFor, snapshotOf } from './small-desk.ts';

/** Of no known brackets, so that only the venue says where it is liquidated. */
const LEG: Leg = {
  symbol: 'ADA/USDT:USDT',
  side: 'long',
  contracts: '0.5',
  entry: '50000',
  mark: '50000',
};

function accountOf(id: string, ...legs: readonly Partial<Leg>[]): AccountFacts {
  const margin = { equity: '10000', available: '4000', initial: '6000', maintenance: '100' };
  return { id, venue: 'bybit', ...margin, legs: legs.map((leg) => ({ ...LEG, ...leg })) };
}

function ladderOf(accounts: readonly AccountFacts[], locale: Locale = 'en') {
  const snapshot = snapshotOf(...accounts);
  const { positions } = assessDesk(snapshot);
  return liquidationChart(positions, { title: 'Ladder', snapshot }, contextFor(snapshot, locale));
}

function barsOf(accounts: readonly AccountFacts[], locale: Locale = 'en') {
  const snapshot = snapshotOf(...accounts);
  const about = { title: 'Usage', takenAt: snapshot.takenAt };
  return marginChart(assessDesk(snapshot), about, contextFor(snapshot, locale));
}

function exposureOf(accounts: readonly AccountFacts[]) {
  const snapshot = snapshotOf(...accounts);
  return exposureChart(assessExposure(snapshot), { title: 'E', snapshot }, contextFor(snapshot));
}

const notesOf = ({ notes }: Chart) => (notes ?? []).map(({ text }) => text);
const UNREAD: AccountFacts = { id: 'okx-b', venue: 'okx', status: 'missing' };

describe('the ladder of /liq', () => {
  test.each([
    { why: 'a long, stop on the way', side: 'long', liq: '45000', stop: '47000', is: [0.1, 0.04] },
    { why: 'a short, stop on the way', side: 'short', liq: '60000', stop: '55000', is: [0.2, 0.1] },
    { why: 'a stop at liquidation', side: 'long', liq: '45000', stop: '45000', is: [0.1, 0] },
    { why: 'one behind it', side: 'long', liq: '45000', stop: '44000', is: [0.1, -0.02] },
    { why: 'no stop', side: 'long', liq: '45000', stop: 'none', is: [0.1, null] },
    { why: 'past its price', side: 'long', liq: '51000', stop: 'none', is: [-0.02, null] },
    { why: 'none to reach', side: 'long', liq: 'none', stop: '47000', is: [null, null] },
  ] as const)('$why', ({ side, liq, stop, is }) => {
    const [row] = ladderOf([accountOf('a', { side, liq, stop })]).rows;
    const [distance, stopDistance] = is;
    expect(row?.distance ?? null).toBe(distance);
    if (stopDistance === null) expect(row?.stopDistance).toBeNull();
    else expect(row?.stopDistance).toBeCloseTo(stopDistance, 12);
  });

  test('nearest on top, then those nobody knows, then those without a price', () => {
    const other = (base: string) => ({ symbol: `${base}/USDT:USDT` });
    const chart = ladderOf([
      accountOf('a', { ...other('NONE'), liq: 'none' }, { ...other('WHO') }),
      accountOf('b', { ...other('FAR'), liq: '30000' }, { ...other('NEAR'), liq: '49000' }),
    ]);
    const shown = chart.rows.map(({ label, text }) => `${label.slice(5)} ${text}`);
    expect(shown).toEqual([
      'NEAR long b 2.0%',
      'FAR long b 40.0%',
      'WHO long a –',
      'NONE long a none',
    ]);
    expect(chart.rows.map(({ severity }) => severity)).toEqual(['emerg', 'ok', null, 'ok']);
  });

  test('names the account only where there are several', () => {
    const [row] = ladderOf([accountOf('a', { liq: '45000' })], 'zh-CN').rows;
    expect(row?.label).toMatch(/^\w{4} ADA 多$/);
  });

  test('keeps the first sixteen and says how many are left to the text', () => {
    const accounts = Array.from({ length: 18 }, (_, index) =>
      accountOf(`a${index}`, { liq: '45000' }),
    );
    const chart = ladderOf([...accounts, UNREAD]);
    expect(chart.rows).toHaveLength(16);
    expect(notesOf(chart)).toEqual(['+2 more in the text', 'partial: 1 of 19 accounts missing']);
    expect(chart.asOf).toBe('as of 14:32:05 UTC');
  });

  test('draws the levels at which the band changes', () => {
    expect(ladderOf([]).marks).toEqual([
      { at: 0.15, severity: 'warn' },
      { at: 0.08, severity: 'crit' },
      { at: 0.03, severity: 'emerg' },
    ]);
  });
});

describe('the bars of /margin', () => {
  test('the pool first, then what is not known, then the most used', () => {
    const calm = { ...accountOf('calm'), initial: '100' };
    const chart = barsOf([calm, accountOf('busy'), UNREAD]);
    expect(chart.rows.map(({ label, text, severity }) => [label, text, severity])).toEqual([
      ['All accounts', '30.5%', 'ok'],
      ['okx-b', '–', 'warn'],
      ['busy', '60.0%', 'warn'],
      ['calm', '1.0%', 'ok'],
    ]);
    expect(notesOf(chart)).toEqual(['partial: 1 of 3 accounts missing']);
  });

  test('an account that owes has no usage, and is the worst there is', () => {
    const [row] = barsOf([{ ...accountOf('owes'), equity: '-5' }], 'zh-CN').rows;
    expect(row).toMatchObject({ value: null, text: '–', severity: 'emerg' });
  });
});

describe('the bars of /exposure', () => {
  test('long, short and net, coin collateral in the net alone', () => {
    const hedged = {
      ...accountOf('a', {}, { side: 'short', contracts: '0.9' }),
      coins: { ADA: '0.4' },
    };
    const { rows } = exposureOf([hedged]);
    expect(rows).toEqual([{ label: 'ADA', long: 25_000, short: 45_000, net: 0, text: 'net $0' }]);
  });

  test('what has no value is counted, not drawn as nothing', () => {
    const chart = exposureOf([accountOf('a', {}, { symbol: 'WHO/USDT:USDT', mark: null })]);
    expect(chart.rows.map(({ label }) => label)).toEqual(['ADA']);
    expect(notesOf(chart)).toEqual(['1 asset without a known value is not drawn']);
  });
});

describe('a reply', () => {
  const chartOf = async (name: string, accounts: readonly AccountFacts[]) => {
    const context = contextFor(snapshotOf(...accounts));
    const result = await commands.find((command) => command.name === name)?.run(context, {});
    return result?.ok ? result.value.reply.chart : null;
  };

  test.each([
    { name: 'liq', kind: 'ladder' },
    { name: 'margin', kind: 'bars' },
    { name: 'exposure', kind: 'exposure' },
  ])(
    'to /$name carries its chart, and none where there is nothing to draw',
    async ({ name, kind }) => {
      expect(await chartOf(name, [accountOf('a', { liq: '45000' })])).toMatchObject({ kind });
      expect(await chartOf(name, [])).toBeUndefined();
    },
  );
});
