import { expect, test } from 'vitest';
import { parsePositions } from '../../../../src/adapters/venues/ztdx/parse-positions.ts';
import { SAMPLE } from './stand-in-ztdx.ts';

const parsed = (rows: readonly unknown[]) => {
  const list = parsePositions({ positions: rows });
  if (!list.ok) throw new Error(list.error);
  return list.value;
};

test.each([
  { why: 'as on the page', body: { positions: [SAMPLE] } },
  { why: 'wrapped', body: { success: true, data: { positions: [SAMPLE] } } },
  { why: 'wrapped, bare', body: { success: true, data: [SAMPLE] } },
  { why: 'bare', body: [SAMPLE] },
])('the list is found: $why', ({ body }) => {
  const list = parsePositions(body);
  expect(list.ok && list.value.open.map(({ id }) => id)).toEqual([SAMPLE.id]);
});

test.each([
  { why: 'no body', body: null },
  { why: 'an empty object', body: {} },
  { why: 'a list that is null', body: { positions: null } },
  { why: 'an object in its place', body: { positions: {} } },
  { why: 'another list', body: { orders: [] } },
])('a body without a list is not an empty book: $why', ({ body }) => {
  expect(parsePositions(body)).toEqual({ ok: false, error: 'positions' });
});

test('an empty list is flat', () => {
  expect(parsePositions({ positions: [] })).toEqual({
    ok: true,
    value: { open: [], unreadable: [] },
  });
});

test.each([
  { why: 'closed', row: { ...SAMPLE, status: 'closed' } },
  { why: 'liquidated', row: { ...SAMPLE, status: 'LIQUIDATED' } },
  { why: 'of size zero', row: { ...SAMPLE, size_in_tokens: '0.000' } },
  { why: 'closed, and unreadable besides', row: { status: 'closed' } },
])('a row that is no position any more is left out in silence: $why', ({ row }) => {
  expect(parsed([row, SAMPLE])).toMatchObject({ open: [{ id: SAMPLE.id }], unreadable: [] });
});

test.each([
  { why: 'a status nobody documented', over: { status: 'frozen' }, field: 'status' },
  { why: 'no size', over: { size_in_tokens: undefined }, field: 'size_in_tokens' },
  { why: 'a size in words', over: { size_in_tokens: 'NaN' }, field: 'size_in_tokens' },
  { why: 'a size below zero', over: { size_in_tokens: '-0.1' }, field: 'size_in_tokens' },
  { why: 'no side', over: { side: null }, field: 'side' },
  { why: 'a side of another vocabulary', over: { side: 'buy' }, field: 'side' },
  { why: 'an unknown pair', over: { symbol: 'BTCEUR' }, field: 'symbol' },
])('a row that cannot be used is named, and hides no other: $why', ({ over, field }) => {
  const list = parsed([
    { ...SAMPLE, ...over },
    { ...SAMPLE, id: 'b' },
  ]);
  expect(list.open.map(({ id }) => id)).toEqual(['b']);
  expect(list.unreadable).toEqual([{ symbol: over.symbol ?? 'BTCUSDT', field }]);
});

test('rows without a symbol, or that are no rows, are named with a question mark', () => {
  const list = parsed([{ ...SAMPLE, symbol: undefined }, 'row', { ...SAMPLE, symbol: '<b>\n' }]);
  expect(list.unreadable).toEqual([
    { symbol: '?', field: 'symbol' },
    { symbol: '?', field: 'row' },
    { symbol: '?', field: 'symbol' },
  ]);
});

test.each([
  { why: 'absent is not known, and no fault', over: { mark_price: undefined }, noted: [] },
  { why: 'empty likewise', over: { mark_price: '' }, noted: [] },
  { why: 'nonsense is a fault', over: { mark_price: 'n/a' }, noted: ['mark_price'] },
])('an optional figure costs itself only: $why', ({ over, noted }) => {
  const list = parsed([{ ...SAMPLE, ...over }]);
  expect(list.open[0]?.markPrice).toBeNull();
  expect(list.unreadable.map(({ field }) => field)).toEqual(noted);
});

test.each([
  { why: 'null: the venue says none', price: null, kind: 'none' },
  { why: 'zero: no price liquidates it', price: '0', kind: 'none' },
  { why: 'below zero: likewise', price: '-12.5', kind: 'none' },
  { why: 'not said', price: undefined, kind: 'unknown' },
  { why: 'nonsense', price: '—', kind: 'unknown' },
  { why: 'the smallest price', price: '0.00000001', kind: 'price' },
])('a liquidation price is a state: $why', ({ price, kind }) => {
  expect(parsed([{ ...SAMPLE, liquidation_price: price }]).open[0]?.liquidation.kind).toBe(kind);
});

test.each([
  { why: 'a way out of its path', id: '../../auth/login' },
  { why: 'dots alone', id: '..' },
  { why: 'nothing', id: '' },
])('an id that could lead elsewhere is not used: $why', ({ id }) => {
  expect(parsed([{ ...SAMPLE, id }])).toMatchObject({
    open: [{ id: null }],
    unreadable: [{ symbol: 'BTCUSDT', field: 'id' }],
  });
});
