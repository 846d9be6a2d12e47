import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { dec } from '../../../../src/domain/decimal.ts';
import type { StopsState } from '../../../../src/domain/stops.ts';
import { asRatio } from '../../../../src/domain/units.ts';
import type { WriteOutcome } from '../../../../src/ports/venue-writer.ts';
import type { StubReply } from '../../../fakes/stub-http.ts';
import { type BinanceSeat, NO_STOPS, REF, rung, seatAt } from './binance-written-seat.ts';
import { binanceRefusal } from './stand-in-binance.ts';
import { type BinanceBooks, type BinanceProduct, SYMBOLS } from './stand-in-binance-writes.ts';

const seats: BinanceSeat[] = [];
afterEach(() => Promise.all(seats.splice(0).map(({ stub }) => stub.close())));

async function seat(product: BinanceProduct, changes: Partial<BinanceBooks> = {}) {
  const opened = await seatAt(product, changes);
  seats.push(opened);
  return opened;
}

const hedgedShort = { isHedged: true, side: 'short' } as const;
const both: StopsState = {
  takeProfit: [rung('70000')],
  stopLoss: [rung('55000.5')],
  trailing: null,
};
const trailing = asRatio(dec('0.015'));
const stop = (price: string): StopsState => ({ ...NO_STOPS, stopLoss: [rung(price)] });

/** A stop that closes everything, as the venue lists it. */
function oldStop(product: BinanceProduct, changes: object = {}) {
  const common = { symbol: SYMBOLS[product], side: 'SELL', positionSide: 'BOTH' };
  const row = { ...common, workingType: 'CONTRACT_PRICE', reduceOnly: true, price: '0.00' };
  return product === 'pm-cm'
    ? { strategyId: 77, strategyType: 'STOP_MARKET', stopPrice: '50000', origQty: '2', ...row }
    : {
        ...{ algoId: 77, clientAlgoId: 'old', orderType: 'STOP_MARKET', triggerPrice: '50000.00' },
        ...{ quantity: product === 'um' || product === 'cm' ? '0.000' : '2', ...row },
        closePosition: product === 'um' || product === 'cm',
        ...changes,
      };
}

type Act = (at: BinanceSeat) => Promise<WriteOutcome>;

interface Wire {
  readonly act: Act;
  readonly books?: Partial<BinanceBooks>;
  readonly stops?: true;
}

const WIRE: Readonly<Record<string, Wire>> = {
  'add margin, one-way': { act: (at) => at.margin('add', '12.700000000000000001') },
  'remove margin, hedge, short': { act: (at) => at.margin('remove', '0.50'), books: hedgedShort },
  'both stops, one-way, long': { act: (at) => at.set(both) },
  'a stop, hedge, short': { act: (at) => at.set(stop('65000')), books: hedgedShort },
  'a rung and a trailing stop, one-way, long': {
    act: (at) => at.set({ ...NO_STOPS, takeProfit: [rung('70000', '0.333333')], trailing }),
  },
  'a rung, hedge, short': {
    act: (at) => at.set({ ...NO_STOPS, takeProfit: [rung('50000', '0.5')] }),
    books: hedgedShort,
  },
  'no stops any more': { act: (at) => at.set(NO_STOPS), stops: true },
  'reduce, one-way, long': { act: (at) => at.reduce('0.3339') },
  'reduce more than is there, hedge, short': { act: (at) => at.reduce('3'), books: hedgedShort },
  'transfer to the main account': { act: (at) => at.transfer('1234.567890123456789') },
};

const PM_WIRE: Readonly<Record<string, Wire & { readonly product: BinanceProduct }>> = {
  'um: both stops, one-way, long': { act: (at) => at.set(both), product: 'pm-um' },
  'um: a stop, hedge, short': {
    ...{ act: (at) => at.set(stop('65000')), product: 'pm-um', books: hedgedShort },
  },
  'um: no stops any more': { act: (at) => at.set(NO_STOPS), product: 'pm-um', stops: true },
  'um: reduce, one-way, long': { act: (at) => at.reduce('0.3339'), product: 'pm-um' },
  'um: reduce, hedge, short': {
    ...{ act: (at) => at.reduce('0.3339'), product: 'pm-um', books: hedgedShort },
  },
  'cm: a stop and a trailing stop, one-way, long': {
    ...{ act: (at) => at.set({ ...stop('55000.5'), trailing }), product: 'pm-cm' },
  },
  'cm: a stop, hedge, short': {
    ...{ act: (at) => at.set(stop('65000')), product: 'pm-cm', books: hedgedShort },
  },
  'cm: no stops any more': { act: (at) => at.set(NO_STOPS), product: 'pm-cm', stops: true },
  'cm: reduce, one-way, long': { act: (at) => at.reduce('1'), product: 'pm-cm' },
};

const fixtures = (venue: string): Record<string, unknown> =>
  JSON.parse(
    readFileSync(new URL(`../../../fixtures/${venue}/writes.json`, import.meta.url), 'utf8'),
  );

describe('on the wire', () => {
  const cases = [
    ...(['um', 'cm'] as const).flatMap((product) =>
      Object.entries(WIRE).map(([name, wire]) => ({
        ...{ name, ...wire, product: product as BinanceProduct },
        venue: product === 'um' ? 'binanceusdm' : 'binancecoinm',
      })),
    ),
    ...Object.entries(PM_WIRE).map(([name, wire]) => ({ name, venue: 'binancepm', ...wire })),
  ];

  test.each(cases)('$venue: $name', async ({ name, venue, product, act, books, stops }) => {
    const at = await seat(product, { ...books, ...(stops && { stops: [oldStop(product)] }) });
    expect(await act(at)).toMatchObject({ kind: 'accepted' });
    expect(at.sent()).toEqual(fixtures(venue)[name]);
  });

  test('every fixture has its act', () => {
    const names = (venue: string) => Object.keys(fixtures(venue)).slice(1);
    expect(names('binanceusdm')).toEqual(Object.keys(WIRE));
    expect(names('binancecoinm')).toEqual(Object.keys(WIRE));
    expect(names('binancepm')).toEqual(Object.keys(PM_WIRE));
  });

  test('amounts of margin arrive to the last digit, in no float and no exponent', async () => {
    const at = await seat('um', { free: dec('1e30') });
    const digits = fc.stringMatching(
      /^(0\.[0-9]{0,17}[1-9]|[1-9][0-9]{0,12}(\.[0-9]{0,17}[1-9])?)$/,
    );
    await fc.assert(
      fc.asyncProperty(digits, async (amount) => {
        await at.margin('add', amount);
        expect(at.sent().at(-1)?.['amount']).toBe(amount);
      }),
      { seed: 7, numRuns: 20 },
    );
  });
});

describe('what is offered', () => {
  test('portfolio margin has no margin of one position, and universal transfers do not reach it', async () => {
    const { writer } = await seat('pm-um');
    expect(writer).toMatchObject({ margin: null, transfer: null });
    expect(writer.stops).not.toBeNull();
    expect(writer.reduce).not.toBeNull();
  });
});

describe('refusals', () => {
  test.each([
    { code: -2018, reason: 'insufficient-balance' },
    { code: -2019, reason: 'insufficient-balance' },
    { code: -2021, reason: 'wrong-side' },
    { code: -2022, reason: 'reduce-only-rejected' },
    { code: -4003, reason: 'amount-too-small' },
    { code: -4005, reason: 'amount-too-large' },
    { code: -4046, reason: 'nothing-changes' },
    { code: -4049, reason: 'not-isolated' },
    { code: -4051, reason: 'insufficient-collateral' },
    { code: -4054, reason: 'position-not-found' },
    { code: -4130, reason: 'too-many-orders' },
    { code: -4164, reason: 'amount-too-small' },
    { code: -4014, reason: 'price-rule' },
    { code: -4108, reason: 'market-closed' },
    { code: -1021, reason: 'clock' },
    { code: -1003, reason: 'rate-limited' },
    { code: -2015, reason: 'not-permitted' },
    { code: -4120, reason: 'not-offered' },
    { code: -1121, reason: 'other' },
  ])('$code is $reason, sent once', async ({ code, reason }) => {
    const at = await seat('um');
    at.venue.replies.push(binanceRefusal(code));
    const venueCode = String(code);
    expect(await at.reduce('1')).toEqual({ kind: 'refused', reason, venueCode });
    expect(at.sent()).toHaveLength(1);
  });

  test.each([
    { why: '-1006', reply: binanceRefusal(-1006) },
    { why: '-1007', reply: binanceRefusal(-1007, 408) },
    { why: 'an id that has been used', reply: binanceRefusal(-4116) },
    { why: 'a 200 that names nothing', reply: { body: {} } },
    {
      why: '503 with an unknown error',
      reply: busy({
        code: -1000,
        msg: 'Unknown error, please check your request or try again later.',
      }),
    },
    { why: '503 with nothing to read', reply: { status: 503, body: '' } },
    { why: '500', reply: { status: 500, body: {} } },
  ])('$why is unknown, and never sent again', async ({ reply }) => {
    const at = await seat('um');
    at.venue.replies.push(reply);
    expect(await at.reduce('1')).toMatchObject({ kind: 'unknown' });
    expect(at.sent()).toHaveLength(1);
  });

  test.each([
    { why: 'overloaded', body: { code: -1008, msg: 'x' }, reason: 'rate-limited' },
    { why: 'unavailable', body: { code: 0, msg: 'Service Unavailable.' }, reason: 'other' },
    {
      why: 'unable',
      body: {
        code: -1001,
        msg: 'Internal error; unable to process your request. Please try again.',
      },
      reason: 'other',
    },
  ])('503, $why: a failed operation by its own text', async ({ body, reason }) => {
    const at = await seat('um');
    at.venue.replies.push(busy(body));
    expect(await at.reduce('1')).toMatchObject({ kind: 'refused', reason });
  });

  function busy(body: object): StubReply {
    return { status: 503, body };
  }

  test('after a 429 our own lane keeps still: the venue has not been asked', async () => {
    const at = await seat('um');
    at.venue.replies.push({ status: 429, body: {}, headers: { 'retry-after': '30' } });
    expect(await at.transfer('1')).toMatchObject({ reason: 'rate-limited' });
    expect(await at.transfer('1')).toMatchObject({ reason: 'not-sent' });
    expect(at.sent()).toHaveLength(1);
  });

  test('a leg that is gone, or turned round, is not touched', async () => {
    const gone = await seat('um', { size: dec('0') });
    expect(await gone.reduce('1')).toMatchObject({ reason: 'position-not-found' });
    const turned = await seat('um');
    turned.own.side = 'short';
    expect(await turned.reduce('1')).toMatchObject({ reason: 'position-not-found' });
    expect(await turned.set(both)).toMatchObject({ reason: 'position-not-found' });
    expect(await turned.margin('add', '1')).toMatchObject({ reason: 'position-not-found' });
    expect([...gone.sent(), ...turned.sent()]).toEqual([]);
  });
});

describe('both or neither', () => {
  test('a refused second order takes the first back, by our own id', async () => {
    const at = await seat('um');
    at.venue.replies.push(null, binanceRefusal(-2021));
    expect(await at.set(both)).toMatchObject({ kind: 'refused', reason: 'wrong-side' });
    expect(at.own.stops).toEqual([]);
    expect(at.sent()[2]).toEqual({
      ...{ DELETE: '/fapi/v1/algoOrder', symbol: 'BTCUSDT', clientAlgoId: `${REF}-1` },
    });
  });

  test('what cannot be taken back is told', async () => {
    const at = await seat('um');
    at.venue.replies.push(null, binanceRefusal(-2021), { status: 502, body: {} });
    expect(await at.set(both)).toEqual({ kind: 'partly' });
    expect(at.sent()).toHaveLength(3);
  });

  test('after an unknown nothing more is sent', async () => {
    const at = await seat('um');
    at.venue.replies.push(null, binanceRefusal(-1007));
    expect(await at.set(both)).toMatchObject({ kind: 'unknown' });
    expect(at.sent()).toHaveLength(2);
  });
});

describe('replacing', () => {
  const kinds = (at: BinanceSeat) => at.sent().map((request) => Object.keys(request)[0]);

  test('the venue takes no second order that closes everything: the old one goes before', async () => {
    const at = await seat('um', { stops: [oldStop('um')] });
    expect(await at.set(stop('55000'))).toMatchObject({ kind: 'accepted' });
    expect(kinds(at)).toEqual(['DELETE', 'POST']);
    expect(at.own.stops).toMatchObject([{ triggerPrice: '55000' }]);
  });

  test('when the new one is refused, the old one stands again, triggered as before', async () => {
    const at = await seat('um', { stops: [oldStop('um')] });
    at.venue.replies.push(null, binanceRefusal(-2021));
    expect(await at.set(stop('61000'))).toMatchObject({ kind: 'refused', reason: 'wrong-side' });
    const restored = { triggerPrice: '50000', closePosition: true, workingType: 'CONTRACT_PRICE' };
    expect(at.own.stops).toMatchObject([restored]);
  });

  test('and when that fails too, it is told', async () => {
    const at = await seat('um', { stops: [oldStop('um')] });
    at.venue.replies.push(null, binanceRefusal(-2021), binanceRefusal(-2021));
    expect(await at.set(stop('61000'))).toEqual({ kind: 'partly' });
  });

  test('orders with a size can stand together: the new one comes first', async () => {
    const at = await seat('pm-um', { stops: [oldStop('pm-um')] });
    expect(await at.set(stop('55000'))).toMatchObject({ kind: 'accepted' });
    expect(kinds(at)).toEqual(['POST', 'DELETE']);
  });

  test('what is wanted and stands is not touched, in whatever digits', async () => {
    const at = await seat('um', { stops: [oldStop('um')] });
    expect(await at.set(stop('50000'))).toMatchObject({ reason: 'nothing-changes' });
    expect(await at.set({ ...stop('50000'), takeProfit: [rung('70000')] })).toMatchObject({
      kind: 'accepted',
    });
    expect(kinds(at)).toEqual(['POST']);
  });

  test('a stop that has gone meanwhile is gone', async () => {
    const at = await seat('um', { stops: [oldStop('um')] });
    at.venue.replies.push(binanceRefusal(-2011));
    expect(await at.set(NO_STOPS)).toMatchObject({ kind: 'accepted' });
  });

  test("an order that could open is somebody's entry: not shown, not cancelled", async () => {
    const entry = oldStop('um', { closePosition: false, reduceOnly: false, quantity: '1' });
    const at = await seat('um', { stops: [entry] });
    const leg = await at.writer.leg(at.position, AbortSignal.timeout(10_000));
    expect(leg).toMatchObject({ ok: true, value: { stops: NO_STOPS } });
    expect(await at.set(NO_STOPS)).toMatchObject({ reason: 'nothing-changes' });
    expect(at.sent()).toEqual([]);
  });

  test('the list is asked anew each time, past what the reader keeps', async () => {
    const at = await seat('um');
    await at.set(stop('55000'));
    await at.set(NO_STOPS);
    expect(at.own.stops).toEqual([]);
    const lists = at.stub.requests.filter(({ path }) => path === '/fapi/v1/openAlgoOrders');
    expect(lists).toHaveLength(2);
  });
});

describe('looking', () => {
  const soon = () => AbortSignal.timeout(10_000);

  test.each(['pm-um', 'pm-cm'] as const)(
    'portfolio margin, %s: a leg has no margin of its own',
    async (product) => {
      const at = await seat(product, { stops: [oldStop(product)], collateral: null });
      const position = { ...at.position, marginMode: 'portfolio' as const };
      const leg = await at.writer.leg(position, soon());
      expect(JSON.parse(JSON.stringify(leg))).toMatchObject({
        ok: true,
        value: {
          ...{ contracts: '2', collateral: null, markPrice: '60000' },
          stops: { stopLoss: [{ price: '50000', share: '1' }], takeProfit: [], trailing: null },
          // What the pool can spare is told in dollars: of a coin it is not known.
          free: product === 'pm-um' ? { amount: '5000', currency: 'USDT' } : null,
        },
      });
    },
  );

  test.each([
    { why: 'filled', order: { status: 'FILLED', executedQty: '1' }, fate: 'done' },
    { why: 'a part, then expired', order: { status: 'EXPIRED', executedQty: '0.1' }, fate: 'done' },
    {
      why: 'expired unfilled',
      order: { status: 'EXPIRED', executedQty: '0.000' },
      fate: 'refused',
    },
    { why: 'rejected', order: { status: 'REJECTED', executedQty: '0' }, fate: 'refused' },
    { why: 'not yet', order: { status: 'NEW', executedQty: '0' }, fate: 'absent' },
  ])('an order that is $why: $fate', async ({ order, fate }) => {
    const at = await seat('um', { orders: [{ clientOrderId: REF, ...order }] });
    const act = { kind: 'reduce', clientRef: REF, sentAt: 0 } as const;
    expect(await at.writer.trace(act, at.position, soon())).toEqual({ ok: true, value: fate });
  });
});

test('never more than is there, never more than was asked, always on the step', async () => {
  const at = await seat('um');
  const steps = fc.integer({ min: 1, max: 5_000 });
  await fc.assert(
    fc.asyncProperty(steps, steps, fc.integer({ min: 0, max: 9 }), async (size, asked, dust) => {
      const held = dec(size).div(1000);
      at.own.size = held;
      const wanted = dec(asked).div(1000).plus(dec(dust).div(10_000));
      await at.reduce(wanted.toFixed());
      const sent = dec(String(at.sent().at(-1)?.['quantity']));
      const most = wanted.gt(held) ? held : wanted;
      expect(sent.lte(most)).toBe(true);
      expect(sent.times(1000).isInteger()).toBe(true);
      expect(most.minus(sent).lt('0.001')).toBe(true);
    }),
    { seed: 7, numRuns: 15 },
  );
});
