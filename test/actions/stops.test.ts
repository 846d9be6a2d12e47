import { describe, expect, test } from 'vitest';
import type { StopsChange, StopsGround } from '../../src/actions/stops.ts';
import { isBeyondLiquidation, stopsAfter } from '../../src/actions/stops.ts';
import { dec } from '../../src/domain/decimal.ts';
import type { Rung, StopsState } from '../../src/domain/stops.ts';
import { sameStops } from '../../src/domain/stops.ts';
import { asPrice, asRatio } from '../../src/domain/units.ts';

const rungs = (...list: readonly (readonly [number, number?])[]): Rung[] =>
  list.map(([price, share = 1]) => ({ price: asPrice(dec(price)), share: asRatio(dec(share)) }));
const state = (
  takeProfit: Rung[],
  stopLoss: Rung[],
  trailing: number | null = null,
): StopsState => ({
  takeProfit,
  stopLoss,
  trailing: trailing === null ? null : asRatio(dec(trailing)),
});
const change = (some: Partial<StopsChange>): StopsChange => ({
  takeProfit: 'keep',
  stopLoss: 'keep',
  trailing: 'keep',
  ...some,
});
const NONE = state([], []);
const ground = (more: Partial<StopsGround> = {}): StopsGround => ({
  side: 'long',
  markPrice: asPrice(dec(100)),
  tickSize: null,
  current: NONE,
  ...more,
});
const short = { side: 'short' } as const;

describe('what the mark allows', () => {
  test.each<{
    why: string;
    change: Partial<StopsChange>;
    on?: Partial<StopsGround>;
    error: string;
  }>([
    {
      why: 'long profit below',
      change: { takeProfit: rungs([99]) },
      error: 'take-profit-wrong-side',
    },
    {
      why: 'long profit at it',
      change: { takeProfit: rungs([100]) },
      error: 'take-profit-wrong-side',
    },
    { why: 'long stop above', change: { stopLoss: rungs([101]) }, error: 'stop-loss-wrong-side' },
    { why: 'long stop at it', change: { stopLoss: rungs([100]) }, error: 'stop-loss-wrong-side' },
    {
      why: 'short profit above',
      change: { takeProfit: rungs([101]) },
      on: short,
      error: 'take-profit-wrong-side',
    },
    {
      why: 'short stop below',
      change: { stopLoss: rungs([99]) },
      on: short,
      error: 'stop-loss-wrong-side',
    },
    {
      why: 'rounded to the mark',
      change: { stopLoss: rungs([99.6]) },
      on: { tickSize: dec(1) },
      error: 'stop-loss-wrong-side',
    },
    { why: 'no price', change: { stopLoss: rungs([0]) }, error: 'price-not-positive' },
    {
      why: 'one rung of two',
      change: { takeProfit: rungs([110, 0.5], [90, 0.5]) },
      error: 'take-profit-wrong-side',
    },
    {
      why: 'more than the whole',
      change: { takeProfit: rungs([110, 0.6], [120, 0.41]) },
      error: 'ladder-above-whole',
    },
    {
      why: 'a rung of nothing',
      change: { takeProfit: rungs([110, 0]) },
      error: 'share-not-positive',
    },
    {
      why: 'twice the same',
      change: { stopLoss: rungs([90, 0.3], [90, 0.3]) },
      error: 'same-price-twice',
    },
    {
      why: 'no mark',
      change: { stopLoss: rungs([90]) },
      on: { markPrice: null },
      error: 'no-mark',
    },
    {
      why: 'what stands is not known',
      change: { stopLoss: rungs([90]) },
      on: { current: null },
      error: 'stops-not-known',
    },
    { why: 'nothing to clear', change: { stopLoss: 'clear' }, error: 'nothing-changes' },
    {
      why: 'it stands already',
      change: { stopLoss: rungs([90]) },
      on: { current: state([], rungs([90])) },
      error: 'nothing-changes',
    },
    {
      why: 'trails by nothing',
      change: { trailing: asRatio(dec(0)) },
      error: 'trail-out-of-range',
    },
    { why: 'trails by all', change: { trailing: asRatio(dec(1)) }, error: 'trail-out-of-range' },
  ])('not: $why', ({ change: some, on, error }) => {
    expect(stopsAfter(change(some), ground(on))).toEqual({ ok: false, error });
  });
});

describe('what stands afterwards', () => {
  const current = state(rungs([120]), rungs([80]), 0.05);
  test.each<{
    why: string;
    change: Partial<StopsChange>;
    on?: Partial<StopsGround>;
    is: StopsState;
  }>([
    {
      why: 'a stop keeps the profit',
      change: { stopLoss: rungs([90]) },
      on: { current },
      is: state(rungs([120]), rungs([90]), 0.05),
    },
    {
      why: 'a profit keeps the stop',
      change: { takeProfit: rungs([130]) },
      on: { current },
      is: state(rungs([130]), rungs([80]), 0.05),
    },
    {
      why: 'clearing one keeps the others',
      change: { stopLoss: 'clear' },
      on: { current },
      is: state(rungs([120]), [], 0.05),
    },
    {
      why: 'a ladder replaces, and may be all',
      change: { takeProfit: rungs([110, 0.5], [120, 0.5]) },
      on: { current },
      is: state(rungs([110, 0.5], [120, 0.5]), rungs([80]), 0.05),
    },
    { why: 'trailing alone', change: { trailing: asRatio(dec('0.01')) }, is: state([], [], 0.01) },
    {
      why: 'what is kept may be past the mark',
      change: { stopLoss: rungs([90]) },
      on: { current: state(rungs([99]), []) },
      is: state(rungs([99]), rungs([90])),
    },
    {
      why: 'ticks toward the mark, long',
      change: { takeProfit: rungs([110.7]), stopLoss: rungs([90.2]) },
      on: { tickSize: dec('0.5') },
      is: state(rungs([110.5]), rungs([90.5])),
    },
    {
      why: 'ticks toward the mark, short',
      change: { takeProfit: rungs([90.2]), stopLoss: rungs([110.7]) },
      on: { ...short, tickSize: dec('0.5') },
      is: state(rungs([90.5]), rungs([110.5])),
    },
  ])('$why', ({ change: some, on, is }) => {
    const after = stopsAfter(change(some), ground(on));
    expect(after.ok && sameStops(after.value, is)).toBe(true);
  });
});

test.each([
  { why: 'long, before it', side: 'long', liquidation: 85, beyond: false },
  { why: 'long, at it', side: 'long', liquidation: 90, beyond: true },
  { why: 'long, past it', side: 'long', liquidation: 95, beyond: true },
  { why: 'short, before it', side: 'short', liquidation: 95, beyond: false },
  { why: 'short, past it', side: 'short', liquidation: 85, beyond: true },
  { why: 'nobody knows where it is', side: 'long', liquidation: null, beyond: false },
] as const)('a stop at 90 and the liquidation: $why', ({ side, liquidation, beyond }) => {
  const at = liquidation === null ? null : asPrice(dec(liquidation));
  const stops = state([], rungs([90]));
  expect(isBeyondLiquidation(stops, { side, liquidation: at })).toBe(beyond);
});
