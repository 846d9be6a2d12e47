import { expect, test } from 'vitest';
import { dec } from '../../src/domain/decimal.ts';
import { asRatio } from '../../src/domain/units.ts';
import type { Band } from '../../src/risk/band.ts';
import {
  bandOfDistance,
  bandOfHealth,
  bandOfProbability,
  bandOfRiskUse,
  bandOfUsage,
  worstBand,
} from '../../src/risk/band.ts';

type Row = { why: string; by: (value: ReturnType<typeof asRatio>) => Band; at: string; band: Band };

test.each<Row>([
  { why: 'distance exactly at warn', by: bandOfDistance, at: '0.15', band: 'ok' },
  { why: 'distance just inside warn', by: bandOfDistance, at: '0.1499999999', band: 'warn' },
  { why: 'distance exactly at crit', by: bandOfDistance, at: '0.08', band: 'warn' },
  { why: 'distance just inside crit', by: bandOfDistance, at: '0.0799999999', band: 'crit' },
  { why: 'distance exactly at emerg', by: bandOfDistance, at: '0.03', band: 'crit' },
  { why: 'distance just inside emerg', by: bandOfDistance, at: '0.0299999999', band: 'emerg' },
  { why: 'at the liquidation price', by: bandOfDistance, at: '0', band: 'emerg' },
  { why: 'past the liquidation price', by: bandOfDistance, at: '-0.4', band: 'emerg' },
  { why: 'health exactly at warn', by: bandOfHealth, at: '1.5', band: 'ok' },
  { why: 'health just below warn', by: bandOfHealth, at: '1.4999', band: 'warn' },
  { why: 'health exactly at crit', by: bandOfHealth, at: '1.2', band: 'warn' },
  { why: 'health just below crit', by: bandOfHealth, at: '1.1999', band: 'crit' },
  { why: 'health exactly at emerg', by: bandOfHealth, at: '1.05', band: 'crit' },
  { why: 'health just below emerg', by: bandOfHealth, at: '1.0499', band: 'emerg' },
  { why: 'more than everything lost', by: bandOfHealth, at: '-3', band: 'emerg' },
  { why: 'usage just below warn', by: bandOfUsage, at: '0.4999', band: 'ok' },
  { why: 'usage exactly at warn', by: bandOfUsage, at: '0.5', band: 'warn' },
  { why: 'usage just below crit', by: bandOfUsage, at: '0.6999', band: 'warn' },
  { why: 'usage exactly at crit', by: bandOfUsage, at: '0.7', band: 'crit' },
  { why: 'usage just below emerg', by: bandOfUsage, at: '0.8499', band: 'crit' },
  { why: 'usage exactly at emerg', by: bandOfUsage, at: '0.85', band: 'emerg' },
  { why: 'risk use of a health of exactly 1.25', by: bandOfRiskUse, at: '0.8', band: 'warn' },
  { why: 'risk use at liquidation', by: bandOfRiskUse, at: '1', band: 'emerg' },
  { why: 'nothing required', by: bandOfRiskUse, at: '0', band: 'ok' },
])('$why: $at is $band', ({ by, at, band }) => {
  expect(by(asRatio(dec(at)))).toBe(band);
});

test('the worst of several is said, and nothing when nothing is known', () => {
  expect(worstBand(['ok', null, 'crit', 'warn'])).toBe('crit');
  expect(worstBand([null, 'ok'])).toBe('ok');
  expect(worstBand([null, null])).toBeNull();
});

test.each([
  { why: 'just below watch', withinHour: 0, withinDay: 0.0099, band: 'ok' },
  { why: 'exactly at watch', withinHour: 0, withinDay: 0.01, band: 'watch' },
  { why: 'just below warn', withinHour: 0, withinDay: 0.0999, band: 'watch' },
  { why: 'exactly at warn', withinHour: 0, withinDay: 0.1, band: 'warn' },
  { why: 'exactly at crit', withinHour: 0.49, withinDay: 0.25, band: 'crit' },
  { why: 'an even chance within the hour', withinHour: 0.5, withinDay: 0.9, band: 'emerg' },
  { why: 'the hour alone is known', withinHour: 0.6, withinDay: null, band: 'emerg' },
  { why: 'the hour alone, and calm', withinHour: 0.1, withinDay: null, band: null },
  { why: 'the day alone', withinHour: null, withinDay: 0.3, band: 'crit' },
])('chances: $why', ({ withinHour, withinDay, band }) => {
  expect(bandOfProbability({ withinHour, withinDay })).toBe(band);
});
