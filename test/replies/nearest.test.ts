import { expect, test } from 'vitest';
import { nearest } from '../../src/replies/nearest.ts';

const commands = ['exposure', 'positions', 'margin', 'liq', 'status', 'whoami', 'help'];

test.each([
  { typed: 'exposre', near: 'exposure', why: 'a letter is missing' },
  { typed: 'possitions', near: 'positions', why: 'a letter too many' },
  { typed: 'hlep', near: 'help', why: 'swapped neighbours are one slip' },
  { typed: 'LIQ ', near: 'liq', why: 'case does not matter, a blank is one slip' },
  { typed: 'pos', near: 'positions', why: 'the only completion' },
  { typed: 'w', near: null, why: 'one letter says too little' },
  { typed: 'moon', near: null, why: 'nothing is near' },
  { typed: '', near: null, why: 'nothing was typed' },
  { typed: 'marginals', near: 'margin', why: 'three slips in nine letters' },
  { typed: 'tax', near: null, why: 'two slips in three letters are too many' },
])('$typed: $why', ({ typed, near }) => {
  expect(nearest(typed, commands)).toBe(near);
});

test('a short coin is not taken for another one', () => {
  expect(nearest('x', ['A', 'B'])).toBe(null);
  expect(nearest('BTX', ['ETH', 'BTC'])).toBe('BTC');
});
