import ccxt from 'ccxt';
import { expect, test } from 'vitest';
import { classifyError } from '../../../../src/adapters/venues/ccxt/classify-error.ts';
import {
  binanceRules,
  bybitRules,
  okxRules,
} from '../../../../src/adapters/venues/ccxt/venue-codes.ts';

test.each([
  { thrown: new ccxt.InvalidNonce('x'), kind: 'clock' },
  { thrown: new ccxt.RateLimitExceeded('x'), kind: 'rate-limited' },
  { thrown: new ccxt.DDoSProtection('x'), kind: 'rate-limited' },
  { thrown: new ccxt.PermissionDenied('x'), kind: 'unauthorized' },
  { thrown: new ccxt.AccountSuspended('x'), kind: 'unauthorized' },
  { thrown: new ccxt.NotSupported('x'), kind: 'unsupported' },
  { thrown: new ccxt.NullResponse('x'), kind: 'malformed' },
  { thrown: new ccxt.OnMaintenance('x'), kind: 'unavailable' },
  { thrown: new ccxt.ExchangeError('x'), kind: 'unavailable' },
  { thrown: new TypeError('ccxt stumbled over a reply'), kind: 'malformed' },
  { thrown: 'not even an error', kind: 'unavailable' },
])('$thrown.name is $kind, its words are dropped', ({ thrown, kind }) => {
  expect(classifyError(thrown)).toEqual({
    kind,
    detail: { code: 'unexpected' },
    retryAfterMs: null,
  });
});

/** Codes whose ccxt class would mislead (specs of ccxt 4.5.84: -2015 alone is five classes). */
test.each([
  { rules: bybitRules, body: { retCode: 0 }, expected: null },
  { rules: bybitRules, body: { retCode: '0' }, expected: null },
  { rules: bybitRules, body: { ret_code: 10002 }, expected: 'clock' },
  { rules: bybitRules, body: { retCode: 10009 }, expected: 'rate-limited' },
  { rules: bybitRules, body: { retCode: 10016 }, expected: 'unavailable' },
  { rules: bybitRules, body: {}, expected: 'malformed' },
  // What is no code is not repeated as one: it might echo what we sent.
  { rules: bybitRules, body: { retCode: 'K3YABCDEF' }, expected: 'malformed' },
  { rules: okxRules, body: { code: '0 OK-ACCESS-KEY: K3Y' }, expected: 'malformed' },
  { rules: binanceRules, body: [], expected: null },
  { rules: binanceRules, body: { code: 200 }, expected: null },
  { rules: binanceRules, body: { code: -1021 }, expected: 'clock' },
  { rules: binanceRules, body: { code: -2015 }, expected: 'unauthorized' },
  { rules: binanceRules, body: { code: -1022 }, expected: 'unauthorized' },
  { rules: binanceRules, body: { code: -1003 }, expected: 'rate-limited' },
  { rules: okxRules, body: { code: '0' }, expected: null },
  { rules: okxRules, body: { code: '50102' }, expected: 'clock' },
  { rules: okxRules, body: { code: '50119' }, expected: 'unauthorized' },
  { rules: okxRules, body: { code: '50061' }, expected: 'rate-limited' },
  { rules: okxRules, body: { code: '50001' }, expected: 'unavailable' },
])('our own table: $body is $expected', ({ rules, body, expected }) => {
  const code = rules.codeOf(body);
  expect(code === null ? null : rules.kindOf(code)).toBe(expected);
});
