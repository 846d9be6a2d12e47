import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { bybitWriteRules } from '../../../../src/adapters/venues/ccxt/bybit-write-codes.ts';
import { dec } from '../../../../src/domain/decimal.ts';
import type { MarginMode } from '../../../../src/domain/position.ts';
import type { StopsState } from '../../../../src/domain/stops.ts';
import { asRatio } from '../../../../src/domain/units.ts';
import type { WriteOutcome } from '../../../../src/ports/venue-writer.ts';
import type { StubHandler } from '../../../fakes/stub-http.ts';
import { KEY } from '../connection.ts';
import { bybitRefusal } from './stand-in-bybit.ts';
import { type BybitVenue, bybitBooks, bybitVenue } from './stand-in-bybit-writes.ts';
import { isolatedLong } from './written-position.ts';
import {
  expectOnWire,
  NO_STOPS,
  REF,
  rung,
  type WrittenSeat,
  writeFixture,
  writtenSeat,
} from './written-seat.ts';

const fixture = writeFixture('bybit');
const seats: WrittenSeat[] = [];
afterEach(() => Promise.all(seats.splice(0).map(({ stub }) => stub.close())));

const MAIN = { credentials: { apiKey: 'M4INKEY' } };
const OTHER = { credentials: { apiKey: 'OTH3RKEY' } };

interface Ground {
  readonly marginMode?: MarginMode;
  readonly isHedged?: boolean;
  readonly leg?: Readonly<Record<string, unknown>>;
  readonly venue?: BybitVenue;
  readonly handler?: StubHandler;
}

async function seat({ marginMode = 'isolated', isHedged = false, leg = {}, ...rest }: Ground = {}) {
  const venue = rest.venue ?? bybitVenue();
  const own = bybitBooks(false, 1002);
  const hedged = isHedged ? { side: 'Sell', positionIdx: 2 } : {};
  venue.books.set(KEY, { ...own, leg: { ...own.leg, ...hedged, ...leg } });
  venue.books.set('M4INKEY', bybitBooks(true, 1001));
  venue.books.set('OTH3RKEY', bybitBooks(false, 1003));
  const position = isolatedLong('bybit', { marginMode, side: isHedged ? 'short' : 'long' });
  const opened = await writtenSeat({
    ...{ venue: 'bybit', position },
    handler: rest.handler ?? venue.handler,
  });
  seats.push(opened);
  return opened;
}

const both: StopsState = {
  takeProfit: [rung('70000')],
  stopLoss: [rung('55000.5')],
  trailing: null,
};
const rungAndTrail: StopsState = {
  takeProfit: [rung('70000', '0.333333')],
  stopLoss: [],
  trailing: asRatio(dec('0.015')),
};

interface Wire {
  readonly act: (at: WrittenSeat) => Promise<WriteOutcome>;
  readonly ground?: Ground;
  /** Only an isolated position has a margin of its own. */
  readonly isIsolatedOnly?: true;
}

const hedged = { isHedged: true } as const;
const WIRE: Readonly<Record<string, Wire>> = {
  'add margin, one-way, long': {
    ...{ act: (at) => at.margin('add', '12.700000000000000001'), isIsolatedOnly: true },
  },
  'remove margin, hedge, short': {
    ...{ act: (at) => at.margin('remove', '0.50'), ground: hedged, isIsolatedOnly: true },
  },
  'both stops, one-way, long': { act: (at) => at.set(both) },
  'a stop, hedge, short': {
    ...{ act: (at) => at.set({ ...NO_STOPS, stopLoss: [rung('65000')] }), ground: hedged },
  },
  'no stops any more, one-way, long': {
    act: (at) => at.set(NO_STOPS),
    ground: { leg: { takeProfit: '70000', stopLoss: '55000.5' } },
  },
  'a rung and a trailing stop, one-way, long': { act: (at) => at.set(rungAndTrail) },
  'reduce, one-way, long': { act: (at) => at.reduce('0.3339') },
  'close, hedge, short': { act: (at) => at.reduce('2'), ground: hedged },
};

describe('what Bybit is sent', () => {
  const cases = Object.entries(WIRE).flatMap(([name, wire]) =>
    (['isolated', 'cross'] as const).map((marginMode) => ({ name, marginMode, ...wire })),
  );
  test.each(cases)(
    '$name, $marginMode',
    async ({ name, marginMode, act, ground, isIsolatedOnly }) => {
      const at = await seat({ ...ground, marginMode });
      const outcome = await act(at);
      if (isIsolatedOnly && marginMode === 'cross') {
        expect(outcome).toMatchObject({ kind: 'refused', reason: 'not-isolated' });
        expect(at.sent()).toEqual([]);
        return;
      }
      expect(outcome).toMatchObject({ kind: 'accepted' });
      expectOnWire(at, { fixture, name });
    },
  );

  test('transfer from a sub-account to the main one, under the same UUID for the same reference', async () => {
    const at = await seat();
    at.neighbour('main', MAIN);
    expect(await at.transfer('main', '10.50000001')).toMatchObject({ kind: 'accepted' });
    await at.transfer('main', '10.50000001');
    const [first, again] = at.sent().map(({ body }) => JSON.parse(body).transferId as string);
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(again).toBe(first);
    at.stub.requests.pop();
    expectOnWire(at, {
      fixture,
      name: 'transfer from a sub-account to the main one',
      names: { 'TRANSFER-ID': String(first) },
    });
  });

  test('an inverse contract is of its own category', async () => {
    const leg = { symbol: 'BTCUSD', positionIdx: 0 };
    const venue = bybitVenue();
    const at = await seat({
      ...{ venue, leg },
      handler: (request) =>
        request.path === '/v5/position/list' && request.query.get('category') === 'inverse'
          ? { body: { retCode: 0, result: { list: [venue.books.get(KEY)?.leg] } } }
          : venue.handler(request),
    });
    const { writer } = at;
    const linear = isolatedLong('bybit');
    const instrument = { ...linear.instrument, symbol: 'BTC/USD:BTC', settle: 'BTC' };
    const position = { ...linear, instrument: { ...instrument, kind: 'inverse' as const } };
    const order = { position, contracts: dec('1'), clientRef: REF };
    await writer.reduce?.reduce(order, AbortSignal.timeout(5_000));
    expect(JSON.parse(at.sent()[0]?.body ?? '{}')).toMatchObject({
      ...{ category: 'inverse', symbol: 'BTCUSD', qty: '1' },
    });
  });

  test('any amount of up to 30 digits arrives digit by digit', async () => {
    const at = await seat();
    const digits = fc.stringMatching(/^[1-9][0-9]{0,14}\.[0-9]{0,14}[1-9]$/);
    await fc.assert(
      fc.asyncProperty(digits, async (amount) => {
        await at.margin('add', amount);
        expect(at.sent().at(-1)?.body).toContain(`"margin":"${amount}"`);
      }),
      { numRuns: 60, seed: 5 },
    );
  });
});

describe('between sub-accounts', () => {
  test("the main account's key sends, when the desk has it", async () => {
    const at = await seat();
    at.neighbour('other', OTHER);
    expect(await at.transfer('other', '1')).toMatchObject({ reason: 'not-permitted' });
    expect(at.sent()).toEqual([]);
    at.neighbour('main', MAIN);
    expect(await at.transfer('other', '1')).toMatchObject({ kind: 'accepted' });
    expect(at.sent().map(({ headers }) => headers['x-bapi-api-key'])).toEqual(['M4INKEY']);
    expect(JSON.parse(at.sent()[0]?.body ?? '{}')).toMatchObject({
      ...{ fromMemberId: 1002, toMemberId: 1003 },
    });
    const act = { kind: 'transfer', clientRef: REF, sentAt: 0 } as const;
    const traced = await at.writer.trace(act, null, AbortSignal.timeout(5_000));
    expect(traced).toEqual({ ok: true, value: 'done' });
  });
});

describe('a change of stops that breaks in the middle', () => {
  const before: StopsState = { ...both, takeProfit: [] };
  const ladder: StopsState = {
    takeProfit: [rung('70000', '0.5'), rung('72000', '0.25')],
    stopLoss: [rung('52000')],
    trailing: null,
  };
  const legBefore = { stopLoss: '55000.5' };

  test.each([
    { why: 'the second rung', call: 2, sent: 3 },
    { why: 'the whole stop', call: 3, sent: 5 },
  ])('$why is refused: what came before is taken back', async ({ call, sent }) => {
    const venue = bybitVenue();
    const at = await seat({ venue, leg: legBefore });
    venue.refuseAt(call, '110093');
    expect(await at.set(ladder)).toEqual({
      ...{ kind: 'refused', reason: 'wrong-side', venueCode: '110093' },
    });
    expect(at.sent()).toHaveLength(sent);
    expect(await at.stops()).toEqual(before);
  });

  test('it cannot be taken back either: partly', async () => {
    const venue = bybitVenue();
    const at = await seat({ venue, leg: legBefore });
    venue.refuseFrom(2, '110009');
    expect(await at.set(ladder)).toEqual({ kind: 'partly' });
    expect(await at.stops()).toEqual({ ...before, takeProfit: [rung('70000', '0.5')] });
  });

  test('nobody knows what became of the second: nothing more is sent', async () => {
    const venue = bybitVenue();
    const at = await seat({ venue, leg: legBefore });
    venue.refuseAt(2, '10016');
    expect(await at.set(ladder)).toMatchObject({ kind: 'unknown' });
    expect(at.sent()).toHaveLength(2);
  });
});

describe('nothing is sent', () => {
  test.each([
    {
      why: 'the leg is gone',
      handler: null,
      leg: { size: '0', side: '' },
      reason: 'position-not-found',
    },
    {
      why: 'the leg cannot be read',
      handler: { status: 502, body: '' },
      leg: {},
      reason: 'not-sent',
    },
    { why: 'the key is not known', handler: bybitRefusal(10003), leg: {}, reason: 'not-permitted' },
    { why: 'the clock is off', handler: bybitRefusal(10002), leg: {}, reason: 'clock' },
    { why: 'too many looks', handler: bybitRefusal(10006), leg: {}, reason: 'rate-limited' },
  ])('when $why', async ({ handler, leg, reason }) => {
    const venue = bybitVenue();
    const at = await seat({
      ...{ venue, leg },
      handler: (request) =>
        handler !== null && request.path === '/v5/position/list' ? handler : venue.handler(request),
    });
    for (const act of [at.margin('add', '1'), at.set(both), at.reduce('1')]) {
      expect(await act).toMatchObject({ kind: 'refused', reason });
    }
    expect(at.sent()).toEqual([]);
  });

  test('for less than the smallest step', async () => {
    const at = await seat();
    expect(await at.reduce('0.0009')).toMatchObject({ reason: 'amount-too-small' });
    const stops = { ...NO_STOPS, stopLoss: [rung('50000', '0.0001'), rung('51000', '0.5')] };
    expect(await at.set(stops)).toMatchObject({ reason: 'amount-too-small' });
    expect(at.sent()).toEqual([]);
  });
});

test.each([
  { code: '110007', reason: 'insufficient-balance' },
  { code: '110046', reason: 'would-liquidate' },
  { code: '110015', reason: 'not-isolated' },
  { code: '34040', reason: 'nothing-changes' },
  { code: '110017', reason: 'reduce-only-rejected' },
  { code: '10005', reason: 'not-permitted' },
  { code: '10016', reason: 'unknown' },
  { code: '110072', reason: 'unknown' },
])('Bybit $code means $reason', ({ code, reason }) => {
  expect(bybitWriteRules.codes.get(code)).toBe(reason);
});
