import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { type Address, type Hex, recoverTypedDataAddress } from 'viem';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ORDER_TYPES } from '../../../../src/adapters/venues/ztdx/sign-order.ts';
import { createZtdxVenues } from '../../../../src/adapters/venues/ztdx/ztdx-venues.ts';
import { dec } from '../../../../src/domain/decimal.ts';
import { money } from '../../../../src/domain/money.ts';
import type { Rung, StopsState } from '../../../../src/domain/stops.ts';
import { asPrice, asRatio } from '../../../../src/domain/units.ts';
import type { VenueCredentials } from '../../../../src/ports/venue.ts';
import type { AccountWriter, WriteOutcome } from '../../../../src/ports/venue-writer.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import type { StubRequest } from '../../../fakes/stub-http.ts';
import { startWritableZtdx, TOKEN, type WritableZtdx } from './stand-in-writes.ts';
import { CHAIN_ID, CONTRACT, SAMPLE, TIMESTAMP, WALLET, ztdxConnection } from './stand-in-ztdx.ts';
import { theLeg } from './the-leg.ts';

const FIXTURES = JSON.parse(
  readFileSync(new URL('../../../fixtures/ztdx/writes.json', import.meta.url), 'utf8'),
);

let venue: WritableZtdx;
beforeEach(async () => {
  venue = await startWritableZtdx();
});
afterEach(() => venue.close());

const clock = fakeClock(TIMESTAMP);
const soon = () => AbortSignal.timeout(10_000);
const clientRef = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const NO_STOPS: StopsState = { takeProfit: [], stopLoss: [], trailing: null };

function writerWith(credentials: Partial<VenueCredentials> = {}): AccountWriter {
  const connection = ztdxConnection(venue.origin, { token: TOKEN, ...credentials });
  return createZtdxVenues(clock).writer(connection);
}

function rung(price: string, share = '1'): Rung {
  return { price: asPrice(dec(price)), share: asRatio(dec(share)) };
}

function change(direction: 'add' | 'remove', amount: string, writer = writerWith()) {
  const order = { position: theLeg(), direction, amount: money(dec(amount), 'USDT'), clientRef };
  return writer.margin?.change(order, soon());
}

function setStops(stops: StopsState, position = theLeg()) {
  return writerWith().stops?.set({ position, stops, current: NO_STOPS, clientRef }, soon());
}

function reduce(contracts: string, position = theLeg()) {
  return writerWith().reduce?.reduce({ position, contracts: dec(contracts), clientRef }, soon());
}

const short = () => {
  venue.holdings.side = 'short';
  return theLeg({ side: 'short' });
};
const standing = (tp: string | null, sl: string | null) => {
  venue.holdings.pair = { tp, sl };
};
const both: StopsState = {
  takeProfit: [rung('70000')],
  stopLoss: [rung('55000.5')],
  trailing: null,
};
const trailing = { ...NO_STOPS, trailing: asRatio(dec('0.01')) };

const bodyOf = ({ body }: StubRequest) => (body === '' ? null : JSON.parse(body));

const WIRE: Readonly<Record<string, () => Promise<WriteOutcome | undefined> | undefined>> = {
  'add margin': () => change('add', '100.000000000000000001'),
  'remove margin': () => change('remove', '0.10'),
  'set both stops': () => setStops(both),
  'set only a stop': () => setStops({ ...both, takeProfit: [] }),
  'move the stop, keep the take-profit': () => {
    standing('70000', '50000');
    return setStops(both);
  },
  'clear the stop, keep the take-profit': () => {
    standing('70000', '50000');
    return setStops({ ...both, stopLoss: [] });
  },
  'clear both': () => {
    standing('70000', '50000');
    return setStops(NO_STOPS);
  },
  'a ladder': () =>
    setStops({ ...NO_STOPS, takeProfit: [rung('70000', '0.5'), rung('72000', '0.3')] }),
  'a trailing stop of a long': () => setStops(trailing),
  'a trailing stop of a short': () => setStops(trailing, short()),
  'reduce a long': () => reduce('0.123456789012345678'),
  'reduce a short': () => reduce('1', short()),
  'reduce more than is there': () => reduce('2.5'),
};

describe('on the wire', () => {
  test('every fixture is used, and every act has one', () => {
    const names = Object.keys(FIXTURES).filter((name) => name !== 'source');
    expect(Object.keys(WIRE)).toEqual(names);
  });

  test.each(Object.entries(WIRE))('%s', async (name, act) => {
    expect(await act()).toMatchObject({ kind: 'accepted' });
    const sent = venue.writes().map(({ method, path, body }) => {
      const { signature: _, ...fields } = body === '' ? {} : JSON.parse(body);
      return { method, path, body: body === '' ? null : fields };
    });
    expect(sent).toEqual(FIXTURES[name]);
    for (const { headers } of venue.writes()) expect(headers.authorization).toBe(`Bearer ${TOKEN}`);
  });

  test('an order is signed by the wallet, over the very texts that are sent', async () => {
    await reduce('0.5');
    const [order] = venue.writes().map(bodyOf);
    const { signature, order_type, timestamp, ...terms } = order;
    const wallet = WALLET.toLowerCase() as Address;
    const signer = await recoverTypedDataAddress({
      domain: {
        name: 'ZTDX',
        version: '1',
        chainId: CHAIN_ID,
        verifyingContract: CONTRACT.toLowerCase() as Address,
      },
      types: ORDER_TYPES,
      primaryType: 'CreateOrder',
      message: { ...terms, wallet, orderType: order_type, timestamp: BigInt(timestamp) },
      signature: signature as Hex,
    });
    expect(signer).toBe(WALLET);
  });

  test('amounts arrive to the last digit', async () => {
    const writer = writerWith();
    const digits = fc.stringMatching(/^[1-9][0-9]{0,12}(\.[0-9]{0,17}[1-9])?$/);
    await fc.assert(
      fc.asyncProperty(digits, async (amount) => {
        await change('add', amount, writer);
        expect(bodyOf(venue.writes().at(-1) as StubRequest)).toEqual({ amount });
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});

describe('what is offered', () => {
  test('a token alone signs no order; the venue knows no transfer', () => {
    expect(writerWith({ privateKey: null })).toMatchObject({ reduce: null, transfer: null });
    expect(writerWith({ privateKey: null }).margin).not.toBeNull();
    expect(writerWith({ chainId: null }).reduce).toBeNull();
    expect(writerWith({ verifyingContract: null }).reduce).toBeNull();
    expect(writerWith().reduce).not.toBeNull();
  });

  test('a 404 where nothing is set is nothing set; at a path that is not there, not offered', async () => {
    const path = `/api/v1/positions/${SAMPLE.id}/tp-sl`;
    venue.answerReads(path, { status: 404, body: { code: 'NOT_FOUND' } });
    expect(await setStops(both)).toMatchObject({ kind: 'accepted' });
    venue.next({ status: 404, body: {} });
    expect(await setStops(both)).toMatchObject({ kind: 'refused', reason: 'not-offered' });
  });

  test("orders count in the market's own step, where it tells one; all of it is all of it", async () => {
    const config = { body: { step_size: '0.01' } };
    venue.answerReads('/api/v1/markets/BTCUSDT/config', config);
    venue.holdings.size = dec('2.005');
    const writer = writerWith();
    const close = (contracts: string) =>
      writer.reduce?.reduce({ position: theLeg(), contracts: dec(contracts), clientRef }, soon());
    expect(await close('0.009')).toMatchObject({ reason: 'amount-too-small' });
    await close('1.0099');
    await close('1.005');
    expect(venue.writes().map((request) => bodyOf(request).amount)).toEqual(['1', '1.005']);
  });

  test('without trigger orders at the address, full-size stops work and ladders are not offered', async () => {
    venue.answerReads('/api/v1/trigger-orders', { status: 404, body: {} });
    expect(await setStops(both)).toMatchObject({ kind: 'accepted' });
    expect(await setStops(trailing)).toMatchObject({ kind: 'refused', reason: 'not-offered' });
    expect(venue.writes()).toHaveLength(1);
  });
});

describe('refusals', () => {
  test.each([
    { status: 400, code: 'INSUFFICIENT_BALANCE', reason: 'insufficient-balance' },
    { status: 400, code: 'INSUFFICIENT_COLLATERAL', reason: 'insufficient-collateral' },
    { status: 400, code: 'LIQUIDATION_RISK', reason: 'would-liquidate' },
    { status: 403, code: 'POSITION_NOT_OWNED', reason: 'position-not-owned' },
    { status: 404, code: 'POSITION_NOT_FOUND', reason: 'position-not-found' },
    { status: 400, code: 'INVALID_SYMBOL', reason: 'other' },
    { status: 400, code: 'INVALID_LEVERAGE', reason: 'other' },
    { status: 400, code: 'TIMESTAMP_EXPIRED', reason: 'clock' },
    { status: 401, code: 'INVALID_SIGNATURE', reason: 'not-permitted' },
    { status: 400, code: 'INVALID_TRIGGER_PRICE', reason: 'price-rule' },
  ])('$status $code is $reason, sent once', async ({ status, code, reason }) => {
    for (const body of [{ code }, { error: code }, { error: { code } }]) {
      venue.next({ status, body });
      expect(await change('add', '1')).toEqual({ kind: 'refused', reason, venueCode: code });
    }
    expect(venue.writes()).toHaveLength(3);
  });

  test.each([
    { why: '429', reply: { status: 429, body: {} }, reason: 'rate-limited' },
    { why: 'a bare 403', reply: { status: 403, body: {} }, reason: 'not-permitted' },
    { why: 'no such path', reply: { status: 404, body: {} }, reason: 'not-offered' },
  ])('$why is $reason', async ({ reply, reason }) => {
    venue.next(reply);
    expect(await change('add', '1')).toEqual({ kind: 'refused', reason, venueCode: null });
  });

  test.each([
    { why: 'a 200 that says nothing', body: {} },
    { why: 'a bare no', body: { success: false } },
  ])('$why is unknown', async ({ body }) => {
    venue.next({ body });
    expect(await change('add', '1')).toMatchObject({ kind: 'unknown' });
  });

  test.each([
    { why: 'rejected', body: { order_id: 'o1', status: 'rejected', filled_amount: '0' } },
    { why: 'cancelled unfilled', body: { order_id: 'o1', status: 'cancelled' } },
  ])('an order answered as $why is refused', async ({ body }) => {
    venue.next({ body });
    expect(await reduce('1')).toMatchObject({ kind: 'refused', reason: 'other' });
  });

  test('an order cancelled after a part was filled is done', async () => {
    venue.next({ body: { order_id: 'o1', status: 'cancelled', filled_amount: '0.2' } });
    expect(await reduce('1')).toEqual({ kind: 'accepted', venueRef: 'o1' });
  });

  test('after a 429 our own lane keeps still, and says that nothing was sent', async () => {
    const writer = writerWith();
    venue.next({ status: 429, body: {}, headers: { 'retry-after': '30' } });
    await change('add', '1', writer);
    expect(await change('add', '1', writer)).toMatchObject({ reason: 'not-sent' });
    expect(venue.writes()).toHaveLength(1);
  });
});

describe('a refused login', () => {
  const lapsed = () => writerWith({ token: 'LAPSED' });

  test('a 401 proves that nothing happened: a new login, and the call once more', async () => {
    venue.allowLogin(TOKEN);
    expect(await change('add', '1', lapsed())).toMatchObject({ kind: 'accepted' });
    expect(venue.writes()).toHaveLength(2);
    expect(venue.holdings.collateral.toString()).toBe('1001');
  });

  test("an account's reader and writer share one login", async () => {
    venue.allowLogin(TOKEN);
    const connection = ztdxConnection(venue.origin, { token: null });
    const venues = createZtdxVenues(clock);
    await venues.reader(connection).read(soon());
    expect(await change('add', '1', venues.writer(connection))).toMatchObject({ kind: 'accepted' });
    const logins = venue.asked.filter(({ path }) => path === '/api/v1/auth/login');
    expect(logins).toHaveLength(1);
  });

  test('a login that does not help: not permitted, and no third call', async () => {
    venue.allowLogin('ALSO.LAPSED');
    expect(await change('add', '1', lapsed())).toMatchObject({ reason: 'not-permitted' });
    expect(venue.writes()).toHaveLength(2);
  });

  test('without a key there is no login: not permitted after one call', async () => {
    const writer = writerWith({ token: 'LAPSED', privateKey: null });
    expect(await change('add', '1', writer)).toMatchObject({ reason: 'not-permitted' });
    expect(venue.writes()).toHaveLength(1);
  });
});

describe('a leg that is not what it was', () => {
  test('another position in its place is not reduced', async () => {
    expect(await reduce('1', theLeg({ venueId: 'another' }))).toMatchObject({
      reason: 'position-not-found',
    });
    expect(await reduce('1', theLeg({ side: 'short' }))).toMatchObject({
      reason: 'position-not-found',
    });
    expect(venue.writes()).toEqual([]);
  });

  test('a list that cannot be read is no closed leg, and nothing is sent', async () => {
    venue.answerReads('/api/v1/positions', { body: { positions: [{ ...SAMPLE, side: '?' }] } });
    expect(await reduce('1')).toMatchObject({ kind: 'refused', reason: 'not-sent' });
    expect((await writerWith().leg(theLeg(), soon())).ok).toBe(false);
    expect(venue.writes()).toEqual([]);
  });
});

describe('both or neither', () => {
  const ladder: StopsState = { ...both, takeProfit: [rung('70000', '0.5'), rung('72000', '0.5')] };
  const no = { status: 400, body: { code: 'INVALID_TRIGGER_PRICE' } };

  test('a refused second order takes the first back', async () => {
    venue.next(null, no);
    expect(await setStops(ladder)).toMatchObject({ kind: 'refused', reason: 'price-rule' });
    expect(venue.holdings).toMatchObject({ triggers: [], pair: { tp: null, sl: null } });
    expect(venue.writes().map(({ method }) => method)).toEqual(['POST', 'POST', 'DELETE']);
  });

  test('what cannot be taken back is told', async () => {
    venue.next(null, no, { status: 500, body: {} });
    expect(await setStops(ladder)).toEqual({ kind: 'partly' });
    expect(venue.writes()).toHaveLength(3);
  });

  test('after an unknown nothing more is sent', async () => {
    venue.next(null, { status: 502, body: {} });
    expect(await setStops(ladder)).toMatchObject({ kind: 'unknown' });
    expect(venue.writes()).toHaveLength(2);
  });

  test('what stands and shall stand is not touched; old ones go last', async () => {
    await setStops(ladder);
    const [kept] = venue.holdings.triggers;
    await setStops({ ...ladder, takeProfit: [rung('70000', '0.5'), rung('75000', '0.5')] });
    expect(venue.holdings.triggers[0]).toBe(kept);
    expect(
      venue
        .writes()
        .slice(3)
        .map(({ method }) => method),
    ).toEqual(['POST', 'DELETE']);
  });

  test('what stands already changes nothing', async () => {
    standing('70000', '55000.50');
    expect(await setStops(both)).toMatchObject({ kind: 'refused', reason: 'nothing-changes' });
    expect(venue.writes()).toEqual([]);
  });
});
