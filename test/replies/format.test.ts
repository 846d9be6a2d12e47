import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Decimal, dec } from '../../src/domain/decimal.ts';
import type { Rounding } from '../../src/replies/format.ts';
import { createFormatter } from '../../src/replies/format.ts';

const en = createFormatter('en', 'UTC');
const zh = createFormatter('zh-CN', 'Asia/Shanghai');

describe('dollars', () => {
  test.each<{ value: string; rounding: Rounding; shows: string; why: string }>([
    { value: '1234567.89', rounding: 'down', shows: '$1,234,567', why: 'equity never rounds up' },
    { value: '1234567.01', rounding: 'up', shows: '$1,234,568', why: 'a requirement never down' },
    { value: '1234567.5', rounding: 'nearest', shows: '$1,234,568', why: 'half to even' },
    { value: '-1234.2', rounding: 'down', shows: '-$1,235', why: 'down is toward minus infinity' },
    { value: '-1234.8', rounding: 'up', shows: '-$1,234', why: 'up is toward plus infinity' },
    { value: '100', rounding: 'down', shows: '$100', why: 'whole dollars from 100' },
    { value: '99.999', rounding: 'down', shows: '$99.99', why: 'cents below' },
    {
      value: '99.999',
      rounding: 'nearest',
      shows: '$100.00',
      why: 'rounding may reach the next size',
    },
    { value: '0.01', rounding: 'down', shows: '$0.01', why: 'the last cent' },
    { value: '0.000123', rounding: 'nearest', shows: '$0.00012', why: 'dust is not zero' },
    { value: '-0.000123', rounding: 'up', shows: '-$0.00012', why: 'nor is owed dust' },
    { value: '0', rounding: 'down', shows: '$0', why: 'zero means zero' },
    { value: '-0', rounding: 'down', shows: '$0', why: 'and has no sign' },
    {
      value: '12345678901234567890.99',
      rounding: 'down',
      shows: '$12,345,678,901,234,567,890',
      why: 'more digits than a float holds',
    },
  ])('$value $rounding is $shows: $why', ({ value, rounding, shows }) => {
    expect(en.usd(dec(value), rounding)).toBe(shows);
    expect(zh.usd(dec(value), rounding)).toBe(shows);
    expect(en.amount(dec(value), rounding)).toBe(shows.replace('$', ''));
  });

  test('compact ones follow the language and the direction', () => {
    expect(en.compactUsd(dec('1239999'), 'down')).toBe('$1.23M');
    expect(en.compactUsd(dec('1231000'), 'up')).toBe('$1.24M');
    expect(zh.compactUsd(dec('1239999'), 'down')).toBe('$123万');
    expect(en.compactUsd(dec('-999'), 'nearest')).toBe('-$999');
  });
});

describe('other figures', () => {
  test.each([
    { shows: en.percent(dec('0.0999'), 'down'), be: '9.9%', why: 'distance rounds down' },
    { shows: en.percent(dec('0.7001'), 'up'), be: '70.1%', why: 'usage rounds up' },
    { shows: en.percent(dec('0.00374'), 'down'), be: '0.37%', why: 'two decimals below 1 %' },
    { shows: en.percent(dec('-0.031'), 'down'), be: '-3.1%', why: 'past liquidation' },
    { shows: en.percent(dec('12.345'), 'down'), be: '1,234%', why: 'whole from 1000 %' },
    { shows: en.percent(dec('0'), 'down'), be: '0%', why: 'zero' },
    { shows: en.multiple(dec('1.0499'), 'down'), be: '1.04x', why: 'health rounds down' },
    { shows: en.leverage(dec('10')), be: '10x', why: 'a setting keeps its digits' },
    { shows: en.leverage(dec('2.5')), be: '2.5x', why: 'also broken ones' },
    { shows: en.quantity(dec('0.33330555787')), be: '0.333306', why: 'six significant digits' },
    { shows: en.quantity(dec('50000000')), be: '50,000,000', why: 'whole units are never cut' },
    { shows: en.quantity(dec('1234567.8')), be: '1,234,568', why: 'but fractions are' },
    { shows: en.quantity(dec('0.5')), be: '0.5', why: 'no zeros are added' },
  ])('$be: $why', ({ shows, be }) => {
    expect(shows).toBe(be);
  });

  test.each([
    { value: '60000.1', tick: '0.01', shows: '60,000.10', why: 'the tick decides the digits' },
    { value: '63812.487', tick: '0.1', shows: '63,812.5', why: 'a finer mark is rounded' },
    { value: '61250', tick: '5', shows: '61,250', why: 'a coarse tick has no decimals' },
    { value: '0.0123', tick: '0.0000001', shows: '0.0123000', why: 'small ticks' },
    {
      value: '0.00001234567891',
      tick: null,
      shows: '0.00001234568',
      why: 'seven digits without one',
    },
    { value: '62943.1838475920', tick: null, shows: '62,943.18', why: 'an average entry' },
    { value: '123456789.5', tick: null, shows: '123,456,790', why: 'whole units stay' },
    { value: '100', tick: '0', shows: '100', why: 'a useless tick' },
  ])('price $value, tick $tick is $shows: $why', ({ value, tick, shows }) => {
    const of = { tickSize: tick === null ? null : dec(tick), rounding: 'nearest' } as const;
    expect(en.price(dec(value), of)).toBe(shows);
  });

  test('what is not known is a dash, everywhere', () => {
    const texts = [
      en.usd(null, 'down'),
      en.amount(null, 'down'),
      en.compactUsd(null, 'down'),
      en.price(null, { tickSize: null, rounding: 'up' }),
      en.quantity(null),
      en.percent(null, 'up'),
      en.multiple(null, 'down'),
      en.leverage(null),
      en.age(null),
      en.shortAge(null),
      en.instant(null),
      en.time(null),
    ];
    expect(new Set(texts)).toEqual(new Set(['–']));
  });
});

describe('time', () => {
  test.each([
    { ms: 0, long: '0 s', short: '0s', chinese: '0 秒', why: 'now' },
    { ms: 1, long: '1 s', short: '1s', chinese: '1 秒', why: 'never younger than it is' },
    { ms: 119_000, long: '119 s', short: '119s', chinese: '119 秒', why: 'seconds to two minutes' },
    { ms: 120_000, long: '2 min', short: '2m', chinese: '2 分钟', why: 'minutes from there' },
    { ms: 120_001, long: '3 min', short: '3m', chinese: '3 分钟', why: 'a begun minute counts' },
    { ms: 7_200_000, long: '120 min', short: '120m', chinese: '120 分钟', why: 'up to two hours' },
    { ms: 7_201_000, long: '3 h', short: '3h', chinese: '3 小时', why: 'hours from there' },
    { ms: 200_000_000, long: '3 d', short: '3d', chinese: '3 天', why: 'days' },
    { ms: -5000, long: '0 s', short: '0s', chinese: '0 秒', why: 'a clock step is no age' },
  ])('$ms ms is $long: $why', ({ ms, long, short, chinese }) => {
    expect([en.age(ms), en.shortAge(ms), zh.age(ms)]).toEqual([long, short, chinese]);
  });

  test('instants carry their zone', () => {
    const at = Date.UTC(2026, 2, 1, 16, 5, 9);
    expect(en.instant(at)).toBe('2026-03-01 16:05:09 UTC');
    expect(zh.instant(at)).toBe('2026-03-02 00:05:09 UTC+8');
    expect(en.time(Date.UTC(2026, 2, 1))).toBe('00:00:00 UTC');
    expect(createFormatter('en', 'America/St_Johns').time(at)).toBe('12:35:09 UTC-3:30');
  });
});

test('rounding never crosses the figure against its direction', () => {
  const figure = fc
    .tuple(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.integer({ min: 0, max: 18 }))
    .map(([digits, places]) => new Decimal(`${digits}e-${places}`));
  const read = (text: string) => new Decimal(text.replace(/[$,]/g, ''));
  fc.assert(
    fc.property(figure, (value) => {
      expect(read(en.usd(value, 'down')).lte(value)).toBe(true);
      expect(read(en.usd(value, 'up')).gte(value)).toBe(true);
      expect(read(en.multiple(value, 'down').replace('x', '')).lte(value)).toBe(true);
      expect(read(en.percent(value, 'down').replace('%', '')).lte(value.times(100))).toBe(true);
    }),
    { seed: 7, numRuns: 300 },
  );
});
