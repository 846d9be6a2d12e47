import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SuggestStopGround, suggestStop } from '../../src/actions/suggest-stop.ts';
import { dec } from '../../src/domain/decimal.ts';
import { asPrice } from '../../src/domain/units.ts';

/** A hundred days: the n-th strays by n hundredths of the day's volatility, to both sides. */
const windows = Array.from({ length: 100 }, (_, n) => ({
  fall: -(n + 1) / 100,
  rise: (n + 1) / 100,
}));
const price = (text: string) => asPrice(dec(text));
const ground = (changes: Partial<SuggestStopGround> = {}): SuggestStopGround => ({
  ...{ side: 'long', markPrice: price('100'), tickSize: dec('0.1'), liquidation: 'none' },
  day: { excursions: { windows, sigma: 0.05 }, sigma: 0.05 },
  ...changes,
});

describe('where', () => {
  // exp(−0.91 × 0.05) = 0.9555…: a step farther.
  test.each([
    { why: 'below a long', side: 'long', at: '95.5' },
    { why: 'above a short', side: 'short', at: '104.7' },
  ] as const)('$why, beyond what 9 in 10 days stay short of', ({ side, at }) => {
    const found = suggestStop(ground({ side }));
    expect(found.ok && found.value.price.toString()).toBe(at);
  });

  test.each([
    { why: 'it takes four fifths of the way', liquidation: price('94.375'), ok: true },
    { why: 'a little more than that', liquidation: price('94.376'), ok: false },
    { why: 'the liquidation is nearer than the noise', liquidation: price('97'), ok: false },
    { why: 'it is past it already', liquidation: price('101'), ok: false },
  ])('$why', ({ liquidation, ok }) => {
    const found = suggestStop(ground({ liquidation }));
    expect(found.ok ? 'stop' : found.error).toBe(ok ? 'stop' : 'no-room');
  });

  test.each([
    { why: 'no-mark', changes: { markPrice: null } },
    { why: 'no-history', changes: { day: null } },
    { why: 'liquidation-not-known', changes: { liquidation: null } },
  ])('none, and why: $why', ({ why, changes }) => {
    expect(suggestStop(ground(changes))).toEqual({ ok: false, error: why });
  });
});

test('whatever is suggested lies between mark and liquidation, beyond the noise', () => {
  const side = fc.constantFrom('long' as const, 'short' as const);
  const positive = (max: number) => fc.integer({ min: 1, max });
  fc.assert(
    fc.property(
      side,
      positive(1_000_000),
      positive(400),
      positive(2_000_000),
      (way, mark, sigma, liq) => {
        const of = ground({
          ...{ side: way, markPrice: price(String(mark)), liquidation: price(String(liq)) },
          day: { excursions: { windows, sigma: sigma / 1000 }, sigma: sigma / 1000 },
        });
        const found = suggestStop(of);
        if (!found.ok) return;
        const { price: at } = found.value;
        const noise =
          Math.abs(Math.exp(((way === 'long' ? -1 : 1) * 0.9 * sigma) / 1000) - 1) * mark;
        expect(at.minus(mark).abs().toNumber()).toBeGreaterThanOrEqual(noise * 0.999);
        const isBetween = way === 'long' ? at.lt(mark) && at.gt(liq) : at.gt(mark) && at.lt(liq);
        expect(isBetween).toBe(true);
      },
    ),
    { numRuns: 500, seed: 11 },
  );
});
