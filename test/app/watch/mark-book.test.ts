import { expect, test } from 'vitest';
import { createMarkBook } from '../../../src/app/watch/mark-book.ts';
import { Decimal, dec } from '../../../src/domain/decimal.ts';
import { asPrice } from '../../../src/domain/units.ts';

const NOW = 1_700_000_000_000;
const instrument = { venue: 'bybit', symbol: 'BTC/USDT:USDT' };
const tick = (price: string, observedAt: number, symbol = instrument.symbol) => ({
  instrument: { ...instrument, symbol },
  markPrice: asPrice(dec(price)),
  observedAt,
});

test.each([
  { why: 'newer', at: 1, isHeeded: true },
  { why: 'the same moment again', at: 0, isHeeded: false },
  { why: 'older than what is known', at: -1, isHeeded: false },
  { why: 'just ahead of our clock', at: 5000, isHeeded: true },
  { why: 'from the future', at: 5001, isHeeded: false },
])('a tick is $why: heeded $isHeeded', ({ at, isHeeded }) => {
  const book = createMarkBook(() => NOW);
  expect(book.heed(tick('100', NOW))).toBe(true);
  expect(book.heed(tick('90', NOW + at))).toBe(isHeeded);
  expect(book.markOf(instrument)?.price.toFixed()).toBe(isHeeded ? '90' : '100');
});

test.each([
  { why: 'ten seconds old still counts', at: -10_000, isHeeded: true },
  { why: 'older says nothing of now', at: -10_001, isHeeded: false },
])('the first tick: $why', ({ at, isHeeded }) => {
  expect(createMarkBook(() => NOW).heed(tick('100', NOW + at))).toBe(isHeeded);
});

test.each(['0', '-1', 'NaN', 'Infinity'])('a price of %s is none', (price) => {
  const raw = { instrument, markPrice: asPrice(new Decimal(price)), observedAt: NOW };
  expect(createMarkBook(() => NOW).heed(raw)).toBe(false);
});

test('a price that did not move touches nobody, and is known to be young all the same', () => {
  const book = createMarkBook(() => NOW);
  book.heed(tick('100', NOW - 2));
  expect(book.heed(tick('100', NOW))).toBe(false);
  expect(book.markOf(instrument)?.observedAt).toBe(NOW);
});

test('the road is of one unit of the asset, about a point a second, and a quarter of an hour long', () => {
  let now = NOW;
  const book = createMarkBook(() => now);
  for (let i = 0; i < 4000; i += 1) {
    now = NOW + i * 250;
    book.heed(tick(String(1 + i), now, '1000PEPE/USDT:USDT'));
  }
  const road = book.marks().get('PEPE') ?? [];
  expect(road.at(-1)?.price.toFixed()).toBe('4');
  expect(road.length).toBeGreaterThan(850);
  expect(road.length).toBeLessThan(1300);
  now += 16 * 60_000;
  expect(book.marks().size).toBe(0);
});

test('a price in another coin is no road of dollars', () => {
  const book = createMarkBook(() => NOW);
  book.heed(tick('0.05', NOW, 'ETH/BTC:BTC'));
  expect(book.marks().size).toBe(0);
});
