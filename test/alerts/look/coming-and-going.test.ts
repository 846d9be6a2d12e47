import { describe, expect, test } from 'vitest';
import { sampleParts } from '../../../src/alerts/look/samples-of.ts';
import { dec } from '../../../src/domain/decimal.ts';
import type { Position } from '../../../src/domain/position.ts';
import { asAccountId, asPrice } from '../../../src/domain/units.ts';
import type { AccountSnapshot } from '../../../src/portfolio/snapshot.ts';
import { account, instrument, position } from '../../risk/sample-desk.ts';
import { gap, readAt, settingsOf, viewAt, watcher } from './watcher.ts';

const BTC = instrument('BTC/USDT:USDT');
const near: Position = {
  ...position({
    ...{ instrument: BTC, contracts: '1', entry: '60000', mark: '60000', mode: 'isolated' },
    ...{ collateral: '6000', maintenance: '300', pnl: '0', liquidation: '57000' },
  }),
  stopLoss: { kind: 'price', price: asPrice(dec('59500')) },
};
const holding = (positions: readonly Position[]): AccountSnapshot =>
  account({ positions, equity: '100000', initial: '10' });
/** Without the rules that this desk of one coin would always set off. */
const quiet = settingsOf({ concentration: { off: true } });

describe('gone or not known', () => {
  const start = () => {
    const eye = watcher(quiet);
    expect(eye.look(viewAt(10, [readAt(holding([near]), 10)]))).toEqual([
      'liquidationDistance FIRST CRIT',
    ]);
    return eye;
  };

  test('10 · a reading that hides a row lacks it: not closed', () => {
    const eye = start();
    const partial = readAt(holding([]), 20, [gap('malformed', 'row')]);
    expect(eye.look(viewAt(20, [partial]))).toEqual([]);
  });

  test('10 · a reading that failed keeps the old figures: not closed, however old', () => {
    const eye = start();
    const failed = {
      ...readAt(holding([near]), 10, [gap('unavailable', 'account')]),
      status: 'stale' as const,
    };
    const told = [50, 3600].flatMap((at) => eye.look(viewAt(at, [failed])));
    expect(told.filter((line) => line.startsWith('liquidationDistance'))).toEqual([]);
  });

  test('10 · never read again after a start: not closed', () => {
    const eye = start();
    const missing = { ...holding([]), status: 'missing' as const, positionsAt: null, margin: null };
    expect(eye.look(viewAt(20, [missing], { startedAt: 15_000 }))).toEqual([]);
  });

  test('11 · a whole and newer reading without it: closed, once', () => {
    const eye = start();
    const told = [20, 25, 30].flatMap((at) => eye.look(viewAt(at, [readAt(holding([]), at)])));
    expect(told).toEqual(['closed WARN', 'liquidationDistance CLOSED CRIT']);
  });

  test('the same reading again is no newer evidence', () => {
    const eye = start();
    expect(eye.look(viewAt(11, [readAt(holding([]), 10)]))).toEqual([]);
  });

  test('an account that left the desk takes its alerts along', () => {
    expect(start().look(viewAt(20, []))).toEqual(['liquidationDistance CLOSED CRIT']);
  });

  test('47 · the rule is taken out of the desk file meanwhile', () => {
    const eye = start();
    const off = watcher(
      settingsOf({ concentration: { off: true }, liquidationDistance: { off: true } }),
    );
    for (const [key, instance] of eye.instances) off.instances.set(key, instance);
    const told = [20, 25].flatMap((at) => off.look(viewAt(at, [readAt(holding([near]), at)])));
    expect(told).toEqual(['liquidationDistance RULE_REMOVED CRIT']);
  });

  test('a price that nobody sends any more does not end a move', () => {
    const eye = watcher(quiet);
    const far: Position = { ...near, liquidation: { kind: 'none' } };
    const marks = new Map([
      [
        'BTC',
        [
          { at: 1000, price: dec(100) },
          { at: 10_000, price: dec(120) },
        ],
      ],
    ]);
    expect(eye.look(viewAt(10, [readAt(holding([far]), 10)], { marks }))).toEqual([
      'priceMove FIRST CRIT',
    ]);
    expect(eye.look(viewAt(20, [readAt(holding([far]), 20)]))).toEqual([]);
    expect(eye.look(viewAt(30, [readAt(holding([]), 30)]))).toEqual([
      'closed WARN',
      'priceMove CLOSED CRIT',
    ]);
  });
});

describe('what happened outside the console', () => {
  const far: Position = {
    ...near,
    contracts: dec(1),
    liquidation: { kind: 'price', price: asPrice(dec('40000')) },
  };
  const sized = (contracts: string): Position => ({ ...far, contracts: dec(contracts) });
  const marks = (...prices: string[]) =>
    new Map([['BTC', prices.map((price, at) => ({ at: 10_000 + at, price: dec(price) }))]]);
  /** From one whole reading at 10 s to the next at 20 s. */
  const change = (from: Position[], to: Position[], more: object = {}, seen: object = {}) => {
    const eye = watcher(
      settingsOf({
        ...{ concentration: { off: true } },
        priceMove: { off: true },
        missingStop: { off: true },
      }),
    );
    eye.look(viewAt(10, [readAt(holding(from), 10)]));
    return eye.look(viewAt(20, [readAt(holding(to), 20)], seen), more);
  };

  test.each([
    { why: 'nothing', from: [far], to: [far], told: [] },
    { why: 'opened', from: [], to: [far], told: ['opened WARN'] },
    { why: 'closed', from: [far], to: [], told: ['closed WARN'] },
    { why: 'resized by exactly a tenth', from: [far], to: [sized('1.1')], told: ['resized WARN'] },
    { why: 'resized by less', from: [far], to: [sized('1.0999')], told: [] },
    {
      why: 'turned round',
      from: [far],
      to: [{ ...far, side: 'short' as const, liquidation: { kind: 'none' as const } }],
      told: ['closed WARN', 'opened WARN'],
    },
    {
      why: 'gone while the price passed the stop',
      from: [far],
      to: [],
      marks: ['60000', '59500'],
      told: ['stop-filled WARN'],
    },
    {
      why: 'gone while the price passed everything: the stop was first',
      from: [far],
      to: [],
      marks: ['39000'],
      told: ['stop-filled WARN'],
    },
    {
      why: 'gone without a stop',
      from: [{ ...far, stopLoss: { kind: 'none' as const } }],
      to: [],
      marks: ['40000'],
      told: ['liquidated EMERG'],
    },
    {
      why: 'half of it gone without a stop',
      from: [{ ...far, stopLoss: { kind: 'none' as const } }],
      to: [sized('0.5')],
      marks: ['39999'],
      told: ['liquidated EMERG'],
    },
    {
      why: 'gone at the take-profit',
      from: [{ ...far, takeProfit: { kind: 'price' as const, price: asPrice(dec('61000')) } }],
      to: [],
      marks: ['61000'],
      told: ['take-profit-filled WARN'],
    },
    {
      why: 'larger while the price passed the stop',
      from: [far],
      to: [sized('2')],
      marks: ['59000'],
      told: ['resized WARN'],
    },
  ])('$why', ({ from, to, marks: prices, told }) => {
    expect(change(from, to, {}, { marks: marks(...(prices ?? [])) })).toEqual(told);
  });

  test('the venue’s word comes before our guess, unless it is of before', () => {
    const say = (at: number) => ({
      told: [
        {
          account: asAccountId('a'),
          instrument: BTC.symbol,
          side: 'long',
          kind: 'deleveraged',
          at,
        },
      ],
    });
    expect(change([far], [sized('0.5')], say(15_000))).toEqual(['deleveraged CRIT']);
    expect(change([far], [sized('0.5')], say(9000))).toEqual(['resized WARN']);
  });

  const expected = (contracts: string | null, until = 60_000) => ({
    expected: [
      {
        account: asAccountId('a'),
        instrument: BTC.symbol,
        side: 'long',
        until,
        contracts: contracts === null ? null : dec(contracts),
      },
    ],
  });
  test.each([
    { why: 'there', to: '0.5', of: expected('0.5'), told: [] },
    { why: 'on the way there', to: '0.7', of: expected('0.5'), told: [] },
    { why: 'farther than we asked for', to: '0.4', of: expected('0.5'), told: ['resized WARN'] },
    { why: 'the other way', to: '1.5', of: expected('0.5'), told: ['resized WARN'] },
    { why: 'too late', to: '0.5', of: expected('0.5', 20_000), told: ['resized WARN'] },
    { why: 'where the end is not known', to: '3', of: expected(null), told: [] },
  ])('our own act explains a change: $why', ({ to, of, told }) => {
    expect(change([far], [sized(to)], of)).toEqual(told);
  });

  test('a reading that is late or hides a row is no evidence', () => {
    for (const gaps of [[gap('malformed', 'row')], [gap('unavailable', 'positions')]]) {
      const eye = watcher(quiet);
      eye.look(viewAt(10, [readAt(holding([far]), 10)]));
      expect(eye.look(viewAt(20, [readAt(holding([]), 20, gaps)]))).toEqual([]);
    }
    const eye = watcher(settingsOf({ concentration: { off: true }, dataAge: { off: true } }));
    eye.look(viewAt(10, [readAt(holding([far]), 10)]));
    expect(eye.look(viewAt(60, [readAt(holding([]), 20)]))).toEqual([]);
  });

  test('the very first reading is no news', () => {
    expect(watcher(quiet).look(viewAt(10, [readAt(holding([far]), 10)]))).toEqual([]);
  });
});

test('52 · a part of the look that throws every time leaves the others alone', () => {
  const poisoned = new Proxy(near, {
    get(target, key) {
      if (key === 'stopLoss') throw new Error('a bug');
      return Reflect.get(target, key);
    },
  });
  const other = { ...near, account: asAccountId('b') };
  const accounts = [holding([poisoned]), account({ id: 'b', positions: [other], equity: '1' })];
  const view = viewAt(
    10,
    accounts.map((each) => readAt(each, 10)),
  );
  let thrown = 0;
  const found = sampleParts(view, quiet).flatMap((part) => {
    try {
      return part();
    } catch {
      thrown += 1;
      return [];
    }
  });
  expect(thrown).toBe(1);
  expect(found.filter(({ rule }) => rule === 'liquidationDistance')).toHaveLength(1);
  expect(found.filter(({ rule }) => rule === 'dataAge')).toHaveLength(2);
});
