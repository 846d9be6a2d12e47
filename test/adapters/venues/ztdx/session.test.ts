import { expect, test } from 'vitest';
import { createZtdxVenues } from '../../../../src/adapters/venues/ztdx/ztdx-venues.ts';
import type { VenueCredentials } from '../../../../src/ports/venue.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import { bookIn, freshStandIn, LIST, LOGIN, NO_PAIR, NONCE, never, readerAt } from './asking.ts';
import { jwt, SAMPLE, TIMESTAMP, typedData, ztdxConnection } from './stand-in-ztdx.ts';

const venue = freshStandIn();
const readerFor = (credentials: Partial<VenueCredentials> = {}) => readerAt(venue(), credentials);
const read = (credentials: Partial<VenueCredentials> = {}) => readerFor(credentials).read(never());

// The stand-in recovers the signer with viem and compares it with the wallet.
test('one signed login serves all calls of all reads, also those that run at once', async () => {
  const reader = readerFor();
  const readings = await Promise.all([1, 2, 3].map(() => reader.read(never())));
  readings.push(await reader.read(never()));
  expect(readings.every(({ positions }) => positions.ok)).toBe(true);
  expect([venue().count(NONCE), venue().count(LOGIN)]).toEqual([1, 1]);
});

test.each(['token', 'access_token', 'jwt'])('a token is found as %s', async (name) => {
  const token = jwt({ sub: name });
  venue().valid.add(token);
  venue().answer(LOGIN, { body: { [name]: token } });
  expect((await read()).positions.ok).toBe(true);
});

test.each([
  {
    why: 'another chain',
    over: { domain: { ...typedData().domain, chainId: 1 } },
    field: 'domain.chainId',
  },
  { why: 'an order', over: { primaryType: 'CreateOrder' }, field: 'primaryType' },
])('what is not our login is not signed: $why', async ({ over, field }) => {
  venue().answer(NONCE, { body: { nonce: '9007199254740993', typed_data: typedData(over) } });
  expect((await read()).positions).toMatchObject({
    ok: false,
    error: { kind: 'malformed', detail: { code: 'field', field } },
  });
  expect(venue().count(LOGIN)).toBe(0);
});

test('a nonce that differs from the one to sign is not signed', async () => {
  venue().answer(NONCE, { body: { nonce: '1', typed_data: typedData() } });
  expect((await read()).positions).toMatchObject({ error: { detail: { field: 'nonce' } } });
  expect(venue().count(LOGIN)).toBe(0);
});

test.each([
  {
    why: 'a key of another wallet',
    over: { privateKey: `0x${'11'.repeat(32)}` },
    field: 'wallet',
  },
  { why: 'a key that is none', over: { privateKey: '0x00' }, field: 'privateKey' },
  { why: 'a key outside the curve', over: { privateKey: '0'.repeat(64) }, field: 'privateKey' },
  { why: 'no chain', over: { chainId: null }, field: 'chainId' },
  { why: 'no contract', over: { verifyingContract: null }, field: 'verifyingContract' },
  { why: 'neither key nor token', over: { privateKey: null }, field: 'privateKey' },
])('credentials that cannot sign ask for nothing: $why', async ({ over, field }) => {
  expect((await read({ ...NO_PAIR, ...over })).positions).toMatchObject({
    ok: false,
    error: { kind: 'unauthorized', detail: { code: 'field', field } },
  });
  expect(venue().asked).toEqual([]);
});

test('a refused signature is a refused key; a wrong clock is a clock', async () => {
  for (const [code, kind] of [
    ['BAD_REQUEST', 'unauthorized'],
    ['TIMESTAMP_EXPIRED', 'clock'],
  ]) {
    venue().answer(LOGIN, { status: 400, body: { code } });
    expect((await read()).positions).toMatchObject({ ok: false, error: { kind } });
  }
});

test('a token that died early is replaced once, for all calls that were refused with it', async () => {
  const reader = readerFor();
  await reader.read(never());
  venue().valid.clear();
  const readings = await Promise.all([1, 2].map(() => reader.read(never())));
  expect(readings.every(({ positions }) => positions.ok)).toBe(true);
  expect(venue().count(LOGIN)).toBe(2);
});

test('refused again with a new token, the key is refused, after one login more', async () => {
  const reader = readerFor();
  await reader.read(never());
  venue().answer(LIST, { status: 401, body: {} });
  expect((await reader.read(never())).positions).toMatchObject({
    ok: false,
    error: { kind: 'unauthorized' },
  });
  expect(venue().count(LOGIN)).toBe(2);
});

test('a refused key is not logged in with at every read, but once a minute', async () => {
  const own = fakeClock(TIMESTAMP);
  const reader = createZtdxVenues(own).reader(ztdxConnection(venue().origin));
  const refusedAfter = async (ms: number) => {
    await own.advance(ms);
    expect((await reader.read(never())).positions).toMatchObject({
      error: { kind: 'unauthorized' },
    });
    return venue().count(LOGIN);
  };
  venue().answer(LIST, { status: 401, body: {} });
  expect(await refusedAfter(0)).toBe(2);
  expect(await refusedAfter(59_999)).toBe(2);
  expect(await refusedAfter(1)).toBe(3);
  venue().answer(LOGIN, { status: 401, body: {} });
  expect(await refusedAfter(60_000)).toBe(4);
  expect(await refusedAfter(59_999)).toBe(4);
  expect(await refusedAfter(1)).toBe(5);
});

test('calls of one round that are all refused share one login too', async () => {
  const rows = Array.from({ length: 9 }, (_, i) => ({ ...SAMPLE, id: `p${i}` }));
  venue().answer(LIST, { body: { positions: rows } });
  for (const { id } of rows) {
    venue().answer(`GET /api/v1/positions/${id}/liquidation`, { status: 401, body: {} });
  }
  expect(bookIn(await read()).positions).toHaveLength(9);
  expect(venue().count(LOGIN)).toBe(2);
});

test('a token near its end is renewed before it is refused', async () => {
  const own = fakeClock(TIMESTAMP);
  const seconds = TIMESTAMP / 1000;
  const token = jwt({ iat: seconds, exp: seconds + 3600 });
  venue().valid.add(token);
  const reader = createZtdxVenues(own).reader(ztdxConnection(venue().origin, { token }));
  await own.advance(3_569_999);
  await reader.read(never());
  expect(venue().count(LOGIN)).toBe(0);
  await own.advance(1);
  await reader.read(never());
  expect(venue().count(LOGIN)).toBe(1);
});

test('a given token is used as it is, and when refused without a key that is the end', async () => {
  const given = { privateKey: null, token: 'opaque-token' };
  venue().valid.add('opaque-token');
  expect((await read(given)).positions.ok).toBe(true);
  venue().valid.clear();
  expect((await read({ ...given, ...NO_PAIR })).positions).toMatchObject({
    ok: false,
    error: { kind: 'unauthorized' },
  });
  expect(venue().count(NONCE)).toBe(0);
});
