import { expect, test } from 'vitest';
import type { VenueCredentials } from '../../../../src/ports/venue.ts';
import type { StubRequest } from '../../../fakes/stub-http.ts';
import { KEY } from '../connection.ts';
import { bookIn, freshStandIn, LOGIN, NO_PAIR, never, plain, readerAt, UNIFIED } from './asking.ts';
import { ACCOUNT, TIMESTAMP } from './stand-in-ztdx.ts';

const venue = freshStandIn();
const readerFor = (credentials: Partial<VenueCredentials> = {}) => readerAt(venue(), credentials);
const read = (credentials: Partial<VenueCredentials> = {}) => readerFor(credentials).read(never());

test('the account is read with its own ratio and state', async () => {
  const { margin } = await read();
  expect(plain(margin)).toMatchObject({
    ok: true,
    value: {
      equityUsd: '1700',
      availableUsd: '1000',
      initialMarginUsd: '650',
      orderMarginUsd: null,
      maintenanceMarginUsd: '32.5',
      venueRatio: { name: 'uni_mmr', value: '52.307692', direction: 'down', liquidatesAt: '1' },
      venueStatus: 'normal',
      collateral: [{ asset: 'USDT', quantity: '1700', venueUsd: '1700' }],
    },
  });
});

test('without positions uni_mmr is null, and so is the ratio', async () => {
  venue().answer(UNIFIED, { body: { success: true, data: { ...ACCOUNT, uni_mmr: null } } });
  expect((await read()).margin).toMatchObject({ ok: true, value: { venueRatio: null } });
});

test.each([
  { why: 'no equity', over: { total_equity: undefined }, field: 'total_equity' },
  {
    why: 'a figure in words',
    over: { total_maintenance_margin: 'low' },
    field: 'total_maintenance_margin',
  },
])('an account that cannot be read says which field: $why', async ({ over, field }) => {
  venue().answer(UNIFIED, { body: { ...ACCOUNT, ...over } });
  expect((await read()).margin).toMatchObject({
    ok: false,
    error: { kind: 'malformed', detail: { code: 'field', field } },
  });
});

test('key in the header, signature last', async () => {
  await read();
  const signed = venue().asked.find(
    ({ path }) => path === '/api/v1/unified/account',
  ) as StubRequest;
  // HMAC-SHA256 of the query before it with the secret of connection.ts, by openssl dgst -sha256 -hmac.
  expect(signed.query.toString()).toBe(
    `recvWindow=5000&timestamp=${TIMESTAMP}&signature=d9d9b4112592c6af9ed86b874a3ed85f7887a1484ebb43f2d52058d1c6964b71`,
  );
  expect(signed.headers['x-mbx-apikey']).toBe(KEY);
});

test.each([
  { why: 'a stale clock', status: 400, code: -1021, kind: 'clock' },
  { why: 'a bad signature', status: 400, code: -1022, kind: 'unauthorized' },
  { why: 'a key that may not', status: 401, code: -2015, kind: 'unauthorized' },
  { why: 'too fast', status: 400, code: -1003, kind: 'rate-limited' },
  { why: 'a code nobody knows', status: 400, code: -9999, kind: 'unavailable' },
  { why: 'a code nobody knows, with 200', status: 200, code: -9999, kind: 'unavailable' },
])(
  'a refusal goes by its code and leaves the positions alone: $why',
  async ({ status, code, kind }) => {
    venue().answer(UNIFIED, { status, body: { code, msg: `secret ${venue().origin}` } });
    const reading = await read();
    expect(reading.margin).toMatchObject({
      ok: false,
      error: { kind, detail: { code: 'venue', venueCode: String(code) } },
    });
    expect(JSON.stringify(reading)).not.toContain('secret');
    expect(bookIn(reading).positions).toHaveLength(1);
  },
);

test('an account path that does not take the JWT, or is not there, is not offered', async () => {
  const unsupported = {
    ok: false,
    error: { kind: 'unsupported', detail: { code: 'not-offered' } },
  };
  const reader = readerFor(NO_PAIR);
  for (const status of [401, 403, 404]) {
    venue().answer(UNIFIED, { status, body: {} });
    const reading = await reader.read(never());
    expect(reading.margin).toMatchObject(unsupported);
    expect(bookIn(reading).positions).toHaveLength(1);
  }
  expect(venue().count(LOGIN)).toBe(1);
});

test('an account path that takes the JWT is read with it', async () => {
  venue().answer(UNIFIED, ({ headers }) =>
    headers.authorization === `Bearer ${venue().issued[0]}`
      ? { body: ACCOUNT }
      : { status: 401, body: {} },
  );
  expect((await read(NO_PAIR)).margin.ok).toBe(true);
});
