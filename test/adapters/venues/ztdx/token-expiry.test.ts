import { expect, test } from 'vitest';
import { tokenExpiry } from '../../../../src/adapters/venues/ztdx/token-expiry.ts';
import { jwt } from './stand-in-ztdx.ts';

const NOW = 1_700_000_000_000;
const s = NOW / 1000;

test.each([
  { why: 'half a minute early', token: jwt({ exp: s + 3600 }), at: NOW + 3_570_000 },
  { why: 'a tenth early when it is short', token: jwt({ exp: s + 60 }), at: NOW + 54_000 },
  {
    why: 'a venue clock an hour ahead: the lifetime counts, not the date',
    token: jwt({ iat: s + 3600, exp: s + 7200 }),
    at: NOW + 3_570_000,
  },
  {
    why: 'a venue clock behind, lifetime told',
    token: jwt({ iat: s - 7200, exp: s - 3600 }),
    at: NOW + 3_570_000,
  },
  { why: 'already over and no issue time: the venue decides', token: jwt({ exp: s }), at: null },
  { why: 'no expiry', token: jwt({ sub: 'x' }), at: null },
  { why: 'expiry that is no number', token: jwt({ exp: 'soon' }), at: null },
  { why: 'an opaque token', token: 'opaque', at: null },
  { why: 'three parts, none of them JSON', token: 'a.b.c', at: null },
])('a token is used until: $why', ({ token, at }) => {
  expect(tokenExpiry(token, NOW)).toBe(at);
});
