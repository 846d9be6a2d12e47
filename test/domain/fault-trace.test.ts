import { expect, test } from 'vitest';
import { faultTrace } from '../../src/domain/fault-trace.ts';

const CANARY = 'https://venue.test/?signature=canary';

test.each([
  { why: 'the message is the thrower’s own text', thrown: new TypeError(CANARY) },
  { why: 'also over several lines', thrown: new Error(`one\n${CANARY}`) },
  { why: 'a cause is not followed', thrown: new Error('x', { cause: new Error(CANARY) }) },
  { why: 'libraries hang requests on errors', thrown: Object.assign(new Error(), { url: CANARY }) },
  { why: 'anything can be thrown', thrown: CANARY },
])('no word of the thrower: $why', ({ thrown }) => {
  expect(faultTrace(thrown)).not.toContain('canary');
});

test('kind and place remain', () => {
  expect(faultTrace(new RangeError('x'))).toMatch(/^RangeError\n\s+at .*fault-trace\.test/);
});
