import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { okxWriteRules } from '../../../../src/adapters/venues/ccxt/okx-write-codes.ts';
import { dec } from '../../../../src/domain/decimal.ts';
import type { MarginMode } from '../../../../src/domain/position.ts';
import type { StopsState } from '../../../../src/domain/stops.ts';
import { asRatio } from '../../../../src/domain/units.ts';
import type { WriteOutcome } from '../../../../src/ports/venue-writer.ts';
import type { StubHandler } from '../../../fakes/stub-http.ts';
import { KEY } from '../connection.ts';
import { okxRefusal } from './stand-in-okx.ts';
import { type OkxVenue, okxBooks, okxVenue } from './stand-in-okx-writes.ts';
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

const fixture = writeFixture('okx');
const seats: WrittenSeat[] = [];
afterEach(() => Promise.all(seats.splice(0).map(({ stub }) => stub.close())));

const password = 'P4SSPHRASE';
const account = (apiKey: string, subAccount: string | null) => ({
  ...{ subAccount, credentials: { apiKey, password } },
});
type Row = Record<string, unknown>;

/** A stop that closes everything, as OKX lists it. */
const WHOLE: Row = {
  ...{ algoId: '77', instId: 'BTC-USDT-SWAP', ordType: 'oco', side: 'sell', posSide: 'net' },
  ...{ tpTriggerPx: '70000', slTriggerPx: '55000.5', closeFraction: '1', sz: '' },
};

interface Ground {
  readonly marginMode?: MarginMode;
  readonly isHedged?: boolean;
  readonly algos?: readonly Row[];
  readonly subAccount?: string | null;
  readonly leg?: Row;
  readonly venue?: OkxVenue;
  readonly handler?: StubHandler;
}

async function seat(ground: Ground = {}) {
  const { marginMode = 'isolated', isHedged = false, subAccount = 'quantc' } = ground;
  const venue = ground.venue ?? okxVenue();
  const mgnMode = marginMode === 'isolated' ? 'isolated' : 'cross';
  const hedged = isHedged ? { posSide: 'short' } : {};
  const own = okxBooks(subAccount, { mgnMode, ...hedged, ...ground.leg });
  own.algos.push(...(ground.algos ?? []).map((algo) => ({ tdMode: mgnMode, ...algo })));
  venue.books.set(KEY, own);
  venue.books.set('M4INKEY', okxBooks(null));
  venue.books.set('OTH3RKEY', okxBooks('makerb'));
  const opened = await writtenSeat({
    ...{ venue: 'okx', handler: ground.handler ?? venue.handler },
    position: isolatedLong('okx', { marginMode, side: isHedged ? 'short' : 'long' }),
    changes: { subAccount, credentials: { password } },
  });
  seats.push(opened);
  return opened;
}

const both: StopsState = {
  takeProfit: [rung('70000')],
  stopLoss: [rung('55000.5')],
  trailing: null,
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
  'a stop moved and its take-profit taken away, one-way, long': {
    act: (at) => at.set({ ...NO_STOPS, stopLoss: [rung('56000')] }),
    ground: { algos: [WHOLE] },
  },
  'no stops any more, one-way, long': {
    ...{ act: (at) => at.set(NO_STOPS), ground: { algos: [WHOLE] } },
  },
  'a rung and a trailing stop, one-way, long': {
    act: (at) =>
      at.set({
        ...{ takeProfit: [rung('70000', '0.333333')], stopLoss: [] },
        trailing: asRatio(dec('0.015')),
      }),
  },
  'reduce, one-way, long': { act: (at) => at.reduce('0.339') },
  'close, hedge, short': { act: (at) => at.reduce('2'), ground: hedged },
};

describe('what OKX is sent', () => {
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
      const second = JSON.parse(at.sent()[1]?.body ?? '{}').algoClOrdId ?? '';
      expectOnWire(at, { fixture, name, names: { MODE: marginMode, 'SECOND-REF': second } });
    },
  );

  test.each([
    {
      name: 'transfer from a sub-account to the main one',
      from: 'quantc',
      to: account('M4INKEY', null),
    },
    {
      name: 'transfer from a sub-account to another',
      from: 'quantc',
      to: account('OTH3RKEY', 'makerb'),
    },
    {
      name: 'transfer from the main account to a sub-account',
      ...{ from: null, to: account('OTH3RKEY', 'makerb') },
    },
  ])('$name', async ({ name, from, to }) => {
    const at = await seat({ subAccount: from });
    at.neighbour('to', to);
    expect(await at.transfer('to', '10.50000001')).toMatchObject({ kind: 'accepted' });
    expectOnWire(at, { fixture, name });
    const act = { kind: 'transfer', clientRef: REF, sentAt: 0 } as const;
    const traced = await at.writer.trace(act, null, AbortSignal.timeout(5_000));
    expect(traced).toEqual({ ok: true, value: 'done' });
  });

  test('two keys of one account reach nothing by sending', async () => {
    const at = await seat({ subAccount: null });
    at.neighbour('same', account('M4INKEY', null));
    expect(await at.transfer('same', '1')).toMatchObject({ reason: 'not-offered' });
    expect(at.sent()).toEqual([]);
  });

  test('every order of an act has a reference of its own, the first the act’s', async () => {
    const at = await seat();
    const stopLoss = ['0.2', '0.3', '0.5'].map((share, i) => rung(`5${i}000`, share));
    await at.set({ ...NO_STOPS, stopLoss });
    const refs = at.sent().map(({ body }) => JSON.parse(body).algoClOrdId as string);
    expect(refs[0]).toBe(REF);
    expect(new Set(refs).size).toBe(3);
    for (const ref of refs) expect(ref).toMatch(/^[a-z0-9]{1,32}$/);
  });

  test('portfolio margin has no order for all of it: one of today’s size stands in', async () => {
    const at = await seat({ marginMode: 'portfolio' });
    await at.set({ ...NO_STOPS, stopLoss: [rung('50000')] });
    const body = JSON.parse(at.sent()[0]?.body ?? '{}');
    expect([body.sz, body.closeFraction, body.tdMode]).toEqual(['2', undefined, 'cross']);
    expect((await at.stops())?.stopLoss).toEqual([rung('50000')]);
  });

  test('any amount of up to 30 digits arrives digit by digit', async () => {
    const at = await seat();
    const digits = fc.stringMatching(/^[1-9][0-9]{0,14}\.[0-9]{0,14}[1-9]$/);
    await fc.assert(
      fc.asyncProperty(digits, async (amount) => {
        await at.margin('add', amount);
        expect(at.sent().at(-1)?.body).toContain(`"amt":"${amount}"`);
      }),
      { numRuns: 60, seed: 5 },
    );
  });
});

describe('a change of stops that breaks in the middle', () => {
  const before: StopsState = { ...both, takeProfit: [] };
  const algos = [{ ...WHOLE, ordType: 'conditional', tpTriggerPx: '' }];
  const ladder: StopsState = {
    takeProfit: [rung('70000', '0.5'), rung('72000', '0.25')],
    stopLoss: [rung('52000')],
    trailing: null,
  };
  const refusing = (code: string, isAt: (call: number) => boolean) =>
    okxVenue((call) => (isAt(call) ? code : null));

  test.each([
    { why: 'the second rung', call: 2, sent: 3 },
    { why: 'the whole stop', call: 3, sent: 5 },
  ])('$why is refused: what came before is taken back', async ({ call, sent }) => {
    const venue = refusing('51280', (now) => now === call);
    const at = await seat({ venue, algos });
    expect(await at.set(ladder)).toEqual({
      ...{ kind: 'refused', reason: 'wrong-side', venueCode: '51280' },
    });
    expect(at.sent()).toHaveLength(sent);
    expect(await at.stops()).toEqual(before);
  });

  test('it cannot be taken back either: partly', async () => {
    const at = await seat({ venue: refusing('51261', (now) => now >= 2), algos });
    expect(await at.set(ladder)).toEqual({ kind: 'partly' });
    expect(await at.stops()).toEqual({ ...before, takeProfit: [rung('70000', '0.5')] });
  });

  test('nobody knows what became of the second: nothing more is sent', async () => {
    const at = await seat({ venue: refusing('50026', (now) => now === 2), algos });
    expect(await at.set(ladder)).toMatchObject({ kind: 'unknown' });
    expect(at.sent()).toHaveLength(2);
  });

  test('one order with both prices for a part: one of them goes, the other is made anew', async () => {
    const part = { ...WHOLE, closeFraction: '', sz: '1' };
    const at = await seat({ algos: [part] });
    const stops = { ...NO_STOPS, stopLoss: [rung('55000.5', '0.5')] };
    expect(await at.set(stops)).toMatchObject({ kind: 'accepted' });
    expect(at.sent().map(({ path }) => path.split('/').at(-1))).toEqual([
      'order-algo',
      'cancel-algos',
    ]);
    expect(await at.stops()).toEqual(stops);
  });
});

describe('nothing is sent', () => {
  test.each([
    { why: 'the leg is gone', handler: null, leg: { pos: '0' }, reason: 'position-not-found' },
    {
      why: 'the leg cannot be read',
      handler: { status: 502, body: '' },
      leg: {},
      reason: 'not-sent',
    },
    {
      why: 'the key is not known',
      handler: okxRefusal('50111', 401),
      leg: {},
      reason: 'not-permitted',
    },
    { why: 'the clock is off', handler: okxRefusal('50102', 401), leg: {}, reason: 'clock' },
    { why: 'too many looks', handler: okxRefusal('50011', 429), leg: {}, reason: 'rate-limited' },
  ])('when $why', async ({ handler, leg, reason }) => {
    const venue = okxVenue();
    const at = await seat({
      ...{ venue, leg },
      handler: (request) =>
        handler !== null && request.path.endsWith('/account/positions')
          ? handler
          : venue.handler(request),
    });
    for (const act of [at.margin('add', '1'), at.set(both), at.reduce('1')]) {
      expect(await act).toMatchObject({ kind: 'refused', reason });
    }
    expect(at.sent()).toEqual([]);
  });

  test('for less than the smallest step', async () => {
    const at = await seat();
    expect(await at.reduce('0.009')).toMatchObject({ reason: 'amount-too-small' });
    expect(at.sent()).toEqual([]);
  });
});

test.each([
  { code: '51008', reason: 'insufficient-balance' },
  { code: '59301', reason: 'would-liquidate' },
  { code: '51280', reason: 'wrong-side' },
  { code: '51169', reason: 'reduce-only-rejected' },
  { code: '50110', reason: 'not-permitted' },
  { code: '50026', reason: 'unknown' },
  { code: '51149', reason: 'unknown' },
  { code: '51016', reason: 'unknown' },
])('OKX $code means $reason', ({ code, reason }) => {
  expect(okxWriteRules.codes.get(code)).toBe(reason);
});

test.each([
  { why: 'done', body: { code: '0', data: [{ sCode: '0' }] }, code: null },
  { why: 'the row says why', body: { code: '1', data: [{ sCode: '51008' }] }, code: '51008' },
  {
    why: 'done on the whole, but not this row',
    body: { code: '0', data: [{ sCode: '51400' }] },
    code: '51400',
  },
  { why: 'no row to say why', body: { code: '50013', data: [] }, code: '50013' },
  { why: 'no code at all', body: { data: [] }, code: 'none' },
])('the code of an answer: $why', ({ body, code }) => {
  expect(okxWriteRules.codeOf(body)).toBe(code);
});
