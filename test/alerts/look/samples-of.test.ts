import { describe, expect, test } from 'vitest';
import type { RuleId } from '../../../src/alerts/alert.ts';
import type { AlertView } from '../../../src/alerts/look/alert-view.ts';
import { samplesOf } from '../../../src/alerts/look/samples-of.ts';
import { dec } from '../../../src/domain/decimal.ts';
import { asPrice } from '../../../src/domain/units.ts';
import type { AccountSnapshot } from '../../../src/portfolio/snapshot.ts';
import { account, instrument, position } from '../../risk/sample-desk.ts';
import { gap, readAt, settingsOf, viewAt } from './watcher.ts';

const BTC = instrument('BTC/USDT:USDT');
const long = position({
  ...{ instrument: BTC, contracts: '1', entry: '60000', mark: '60000', mode: 'isolated' },
  ...{ collateral: '6000', maintenance: '300', pnl: '0', liquidation: '54300' },
});
const SETTINGS = settingsOf();

function samples(rule: RuleId, view: AlertView) {
  return samplesOf(view, SETTINGS).filter((each) => each.rule === rule);
}

function the(rule: RuleId, view: AlertView) {
  const [found, ...others] = samples(rule, view);
  if (found === undefined || others.length > 0) throw new Error(`not one sample of ${rule}`);
  return found;
}

const rich = (more: object = {}) =>
  readAt(
    account({ positions: [long], equity: '10000', initial: '6000', maintenance: '300', ...more }),
    100,
  );

describe('of an account', () => {
  test('margin usage as the risk engine has it, with the reading it is from', () => {
    const found = the('marginUsage', viewAt(105, [rich()]));
    expect(found).toMatchObject({ observedAt: 100_000, data: 'fresh' });
    expect(String(found.value)).toBe('0.6');
  });

  test.each([
    { why: 'nothing left and margin in use: all of it', equity: '-5', initial: '6000', value: '1' },
    { why: 'nothing left and nothing in use: not known', equity: '0', initial: '0', value: 'null' },
    { why: 'equity not known', equity: null, initial: '6000', value: 'null' },
  ])('margin usage with $why', ({ equity, initial, value }) => {
    const poor = readAt(account({ positions: [long], equity, initial }), 100);
    expect(String(the('marginUsage', viewAt(105, [poor])).value)).toBe(value);
  });

  test('13 · refused, late and young are told apart', () => {
    const at = (seconds: number, kind: 'unauthorized' | 'unavailable') =>
      the('marginUsage', viewAt(seconds, [{ ...rich(), gaps: [gap(kind, 'account')] }])).data;
    expect([at(131, 'unauthorized'), at(131, 'unavailable')]).toEqual(['error', 'stale']);
    expect([at(130, 'unauthorized'), at(130, 'unavailable')]).toEqual(['fresh', 'fresh']);
  });

  test.each([
    ['normal', '0'],
    ['NORMAL', '0'],
    ['warning_1', '2'],
    ['something_new', '2'],
    ['reduce_only', '3'],
    ['MARGIN_CALL', '3'],
    ['liquidating', '4'],
  ])('the venue’s word %s is worth %s', (venueStatus, value) => {
    const base = rich();
    const said = { ...base, margin: base.margin && { ...base.margin, venueStatus } };
    expect(String(the('venueStatus', viewAt(105, [said])).value)).toBe(value);
  });

  test('health warns only where nobody knows a chance', () => {
    const [found] = samples('healthFactor', viewAt(105, [rich()])).filter(
      ({ subject }) => subject.kind === 'position',
    );
    // Without candles there is no chance, so all levels count.
    expect(found?.values).toEqual({});
    expect(String(found?.value)).toBe('20');
  });
});

describe('of a position', () => {
  test('distance to the venue’s price', () => {
    expect(String(the('liquidationDistance', viewAt(105, [rich()])).value)).toBe('0.095');
  });

  test.each([
    {
      why: 'no price liquidates it: safe',
      changes: { liquidation: { kind: 'none' } },
      value: null,
      values: ['unused', 'unused', 'unused'],
    },
    {
      why: 'nobody knows',
      changes: { liquidation: { kind: 'unknown' }, markPrice: null },
      value: null,
      values: [],
    },
  ] as const)('$why', ({ changes, value, values }) => {
    const one = readAt(account({ positions: [{ ...long, ...changes, collateral: null }] }), 100);
    const found = the('liquidationDistance', viewAt(105, [one]));
    expect(found.value).toBe(value);
    expect(Object.values(found.values)).toEqual(values);
  });

  const stop = (price: string | null | 'none') =>
    price === null
      ? ({ kind: 'unknown' } as const)
      : price === 'none'
        ? ({ kind: 'none' } as const)
        : ({ kind: 'price', price: asPrice(dec(price)) } as const);

  test.each([
    { why: 'none, and large', stopLoss: 'none', value: '3', stop: 'missing', data: 'fresh' },
    {
      why: 'not told of: never missing',
      stopLoss: null,
      value: 'null',
      stop: undefined,
      data: 'error',
    },
    { why: 'half way to liquidation', stopLoss: '57150', value: '0', stop: 'fine', data: 'fresh' },
    { why: 'more than half way', stopLoss: '57149', value: '2', stop: 'too-far', data: 'fresh' },
    {
      why: 'at the price of liquidation',
      stopLoss: '54300',
      value: '3',
      stop: 'beyond',
      data: 'fresh',
    },
  ])('a stop that is $why', ({ stopLoss, value, stop: said, data }) => {
    const one = readAt(account({ positions: [{ ...long, stopLoss: stop(stopLoss) }] }), 100);
    const found = the('missingStop', viewAt(105, [one]));
    expect([String(found.value), found.facts['stop'], found.data]).toEqual([value, said, data]);
    expect(found.forMs).toEqual(said === 'beyond' ? { CRIT: 60_000 } : {});
  });

  test('stops that could not be read are not missing', () => {
    const one = readAt(account({ positions: [{ ...long, stopLoss: stop('none') }] }), 100, [
      gap('unavailable', 'stops'),
    ]);
    expect(the('missingStop', viewAt(105, [one]))).toMatchObject({ data: 'error', value: null });
  });

  test('a small one without a stop is a warning', () => {
    const small = { ...long, contracts: dec('0.1'), stopLoss: stop('none') };
    const one = readAt(account({ positions: [small] }), 100);
    expect(String(the('missingStop', viewAt(105, [one])).value)).toBe('2');
  });

  test('on OKX a cross and an isolated leg are two alerts', () => {
    const legs = (['cross', 'isolated'] as const).map((marginMode) => ({
      ...long,
      venue: 'okx',
      marginMode,
    }));
    const one = readAt(account({ venue: 'okx', positions: legs }), 100);
    const found = samples('liquidationDistance', viewAt(105, [one]));
    expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });
});

describe('of the desk', () => {
  test('healthy alone, thin together is said', () => {
    const others = [
      rich({ equity: '13000' }),
      readAt(account({ id: 'b', equity: '100', initial: '49' }), 90),
    ];
    const found = the('pooledMargin', viewAt(105, others));
    expect(found.facts['healthyAlone']).toBe('yes');
    expect(found.observedAt).toBe(90_000);
    expect(the('pooledMargin', viewAt(105, [rich()])).facts['healthyAlone']).toBe('no');
  });

  test('an account that was never read leaves the pool unjudged', () => {
    const found = the(
      'pooledMargin',
      viewAt(105, [rich(), account({ id: 'b', status: 'missing' })]),
    );
    expect(found.data).toBe('stale');
    expect(found.observedAt).toBeNull();
  });

  test('hedges are judged inside their book only', () => {
    const inBook = (base: AccountSnapshot, id: string) => ({
      ...base,
      account: { ...base.account, id: id as typeof base.account.id, books: ['basis'] },
    });
    const short = position({
      instrument: BTC,
      account: 'b',
      side: 'short',
      contracts: '0.5',
      mark: '60000',
    });
    const accounts = [
      inBook(readAt(account({ positions: [long], equity: '1' }), 100), 'a'),
      inBook(readAt(account({ id: 'b', positions: [short], equity: '1' }), 101), 'b'),
      readAt(
        account({ id: 'c', positions: [{ ...short, account: 'c' as typeof short.account }] }),
        100,
      ),
    ];
    const found = the('hedgeRatio', viewAt(105, accounts, { hedgedBooks: ['basis'] }));
    expect(String(found.value)).toBe('0.5');
    expect(found.subject).toEqual({ kind: 'book', book: 'basis', asset: 'BTC' });
    expect(samples('hedgeRatio', viewAt(105, accounts))).toEqual([]);
  });
});

describe('of the market', () => {
  const marks = (...prices: [number, string][]) =>
    new Map([['BTC', prices.map(([at, price]) => ({ at: at * 1000, price: dec(price) }))]]);
  test.each([
    {
      why: 'up from the lowest of the window',
      marks: marks([0, '90'], [200, '100'], [400, '98'], [500, '105']),
      value: '0.0714',
      direction: 'up',
    },
    {
      why: 'down from the highest',
      marks: marks([210, '100'], [400, '90']),
      value: '0.1',
      direction: 'down',
    },
    {
      why: 'what is older than the window does not count',
      marks: marks([100, '50'], [450, '100']),
      value: '0',
      direction: 'up',
    },
  ])('$why', ({ marks: given, value, direction }) => {
    const found = the('priceMove', viewAt(500, [], { marks: given }));
    expect(found.value?.toFixed(4).replace(/\.?0+$/, '')).toBe(value);
    expect(found.facts['direction']).toBe(direction);
  });

  test('funding counts both ways; a coin above its dollar is as far off as one below', () => {
    const funding = [{ instrument: BTC, rate: dec('-0.002'), observedAt: 1 }];
    const coins = [{ coin: 'USDT', usd: dec('1.006'), observedAt: 1 }];
    const view = viewAt(5, [], { funding, coins });
    expect(String(the('funding', view).value)).toBe('0.002');
    expect(String(the('depeg', view).value)).toBe('0.006');
  });
});

describe('of ourselves', () => {
  test.each([
    { why: 'young', read: 100, now: 105, age: '5000', unused: false },
    { why: 'one half is older', read: 100, marginRead: 60, now: 105, age: '45000', unused: false },
    {
      why: 'flat: old figures are a warning at most',
      flat: true,
      read: 100,
      now: 900,
      age: '800000',
      unused: true,
    },
  ])('age: $why', ({ read, marginRead, now, age, unused, flat }) => {
    const base = readAt(flat ? account({ equity: '1' }) : rich(), read);
    const one =
      marginRead === undefined
        ? base
        : { ...base, margin: base.margin && { ...base.margin, observedAt: marginRead * 1000 } };
    const found = the('dataAge', viewAt(now, [one]));
    expect(String(found.value)).toBe(age);
    expect(Object.values(found.values).includes('unused')).toBe(unused);
  });

  test('a venue is down by the share of its accounts that are late or refused', () => {
    const late = readAt(account({ id: 'b', equity: '1' }), 10);
    const refused = readAt(account({ id: 'c', equity: '1' }), 100, [
      gap('unauthorized', 'account'),
    ]);
    const found = the('venueDown', viewAt(105, [rich(), late, refused]));
    expect(found.value?.toFixed(2)).toBe('0.67');
  });

  test('blind is how long nothing of exposure came in; who was never seen may hold anything', () => {
    const missing = account({ id: 'b', status: 'missing' });
    expect(String(the('blind', viewAt(180, [rich(), missing])).value)).toBe('80000');
    expect(String(the('blind', viewAt(180, [missing], { startedAt: 50_000 })).value)).toBe(
      '130000',
    );
    expect(String(the('blind', viewAt(180, [readAt(account({ equity: '1' }), 0)])).value)).toBe(
      '0',
    );
  });

  test('one venue whose own clock is wrong does not make ours wrong', () => {
    const clocks = [5, 9000, -10].map((offsetMs, index) => ({ venue: `v${index}`, offsetMs }));
    expect(String(the('clockOff', viewAt(1, [], { clocks })).value)).toBe('5');
  });

  test('right after a start nobody is called late', () => {
    const view = viewAt(700, [rich()], { isSettling: true });
    expect(
      ['dataAge', 'venueDown', 'blind'].flatMap((rule) => samples(rule as RuleId, view)),
    ).toEqual([]);
  });
});

test('a rule that is off sees nothing', () => {
  const off = settingsOf({ marginUsage: { off: true, accounts: { b: {} } } });
  const view = viewAt(105, [rich(), readAt(account({ id: 'b', equity: '1', initial: '1' }), 100)]);
  const found = samplesOf(view, off).filter(({ rule }) => rule === 'marginUsage');
  expect(found.map(({ scope }) => scope.account)).toEqual(['b']);
});
