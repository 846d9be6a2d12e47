import fc from 'fast-check';
import type { Chart } from '../../../../src/replies/chart.ts';

const words = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    'binance-quant-b',
    '保证金使用率最高的那个账户',
    '',
    'x'.repeat(4000),
    '\u202Eevil\n',
  ),
);
const figure = fc.constantFrom(
  '–',
  '1.8%',
  '$1,234,567.89',
  '-$123,456,789,012.33',
  '无',
  '9'.repeat(80),
);
const severity = fc.constantFrom(null, 'ok', 'watch', 'warn', 'crit', 'emerg');
/** Everything a double can be, and mostly what a ratio is. */
const value = fc.oneof(fc.double({ min: -1, max: 2 }), fc.double(), fc.constant(0));
const maybe = fc.option(value);

const frame = {
  title: words,
  asOf: fc.constantFrom('as of 14:32:05 UTC', '截至 2026-03-01 14:32:05 UTC+8'),
  notes: fc.array(fc.record({ text: words, severity }), { maxLength: 3 }),
  empty: words,
};
const marks = fc.array(fc.record({ at: value, severity: severity.map((each) => each ?? 'ok') }), {
  maxLength: 5,
});
const many = { maxLength: 24 };

const ladder = fc.record({
  kind: fc.constant('ladder' as const),
  ...frame,
  legend: fc.record({ liquidation: words, mark: words, stop: words }),
  rows: fc.array(
    fc.record({ label: words, distance: maybe, text: figure, severity, stopDistance: maybe }),
    many,
  ),
  marks,
});

const bars = fc.record({
  kind: fc.constant('bars' as const),
  ...frame,
  rows: fc.array(fc.record({ label: words, value: maybe, text: figure, severity }), many),
  marks,
});

const exposure = fc.record({
  kind: fc.constant('exposure' as const),
  ...frame,
  legend: fc.record({ long: words, short: words, net: words }),
  rows: fc.array(
    fc.record({ label: words, long: value, short: value, net: value, text: figure }),
    many,
  ),
});

const at = fc.integer({ min: 1_760_000_000_000, max: 1_760_086_400_000 });
const lines = fc.record({
  kind: fc.constant('lines' as const),
  ...frame,
  series: fc.array(
    fc.record({
      label: words,
      points: fc.array(fc.record({ at, value: maybe }), { maxLength: 40 }),
      text: figure,
      lowText: figure,
      highText: figure,
    }),
    { maxLength: 6 },
  ),
  timeLabels: fc.array(fc.record({ at, text: words }), { maxLength: 20 }),
});

const beforeAfter = fc.record({
  kind: fc.constant('before-after' as const),
  ...frame,
  legend: fc.record({ before: words, after: words }),
  rows: fc.array(
    fc.record({
      label: words,
      before: maybe,
      after: maybe,
      beforeText: figure,
      afterText: figure,
      severityAfter: severity,
    }),
    many,
  ),
});

/** Any chart that the types allow, sensible or not. */
export const randomChart: fc.Arbitrary<Chart> = fc.oneof(
  ladder,
  bars,
  exposure,
  lines,
  beforeAfter,
);
