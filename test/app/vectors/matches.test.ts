import { expect, test } from 'vitest';
import { matches } from '../../../src/app/vectors/matches.ts';
import { dec } from '../../../src/domain/decimal.ts';

const tolerance = { type: 'abs', value: dec('0.01') } as const;

test.each([
  { why: 'item by item within the tolerance', got: [dec('1.005'), dec(2)], is: true },
  { why: 'one item off', got: [dec('1.02'), dec(2)], is: false },
  { why: 'too short', got: [dec(1)], is: false },
  { why: 'too long', got: [dec(1), dec(2), dec(3)], is: false },
  { why: 'not a list', got: dec(1), is: false },
  {
    why: 'a record that counts like a list',
    got: { '0': dec(1), '1': dec(2), length: '2' },
    is: false,
  },
])('a list matches $why', ({ got, is }) => {
  expect(matches(['1', 2], got, tolerance)).toBe(is);
});

test('a list where a record is due does not match', () => {
  expect(matches({ a: '1' }, [dec(1)], tolerance)).toBe(false);
});
