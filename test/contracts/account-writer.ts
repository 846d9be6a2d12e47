import { afterEach, describe, expect, test } from 'vitest';
import { type Decimal, dec } from '../../src/domain/decimal.ts';
import { money } from '../../src/domain/money.ts';
import type { Position } from '../../src/domain/position.ts';
import { type Rung, type StopsState, sameStops } from '../../src/domain/stops.ts';
import { type AccountId, asAccountId, asPrice, asRatio } from '../../src/domain/units.ts';
import type {
  AccountWriter,
  LegGround,
  SentAct,
  WriteOutcome,
  WriteRefusalReason,
} from '../../src/ports/venue-writer.ts';

/**
 * How the venue meets the next call that would change something. `…-done`: it did what it was asked.
 * Reads work throughout.
 */
export type WriteFault =
  | 'silent'
  | 'silent-done'
  | 'reset'
  | 'reset-done'
  | 'server-error'
  | 'html'
  | 'empty'
  | 'cut'
  | 'unknown-outcome-code'
  | 'unheard-of-code'
  | 'not-listening'
  | 'too-fast';

/** What must be said of each, and whether the call may have reached the venue. */
const FAULTS: Readonly<Record<WriteFault, 'unknown' | 'not-sent' | 'rate-limited'>> = {
  silent: 'unknown',
  'silent-done': 'unknown',
  reset: 'unknown',
  'reset-done': 'unknown',
  'server-error': 'unknown',
  html: 'unknown',
  empty: 'unknown',
  cut: 'unknown',
  'unknown-outcome-code': 'unknown',
  // Every code that a venue documents is in its table: what is not there may mean anything.
  'unheard-of-code': 'unknown',
  'not-listening': 'not-sent',
  'too-fast': 'rate-limited',
};

type Capability = 'margin' | 'stops' | 'reduce' | 'transfer';

/** What the suite runs on: a venue that keeps state, in which every act can be seen. */
export interface WriterHarness {
  readonly offers: readonly Capability[];
  /** Faults that this stand-in can play; the others are not of its kind. */
  readonly faults: readonly WriteFault[];
  /**
   * An isolated long of 2 contracts, mark 60,000, with 1,000 of collateral and no stops, in an account
   * that has 5,000 of its settle currency free.
   */
  open(): Promise<WriterSeat>;
  close(): Promise<void>;
}

export interface WriterSeat {
  readonly writer: AccountWriter;
  readonly position: Position;
  /** Null where no account can receive from this one. */
  readonly receiver: AccountWriter | null;
  meet(fault: WriteFault): void;
  /** Calls that would change something and have reached the venue. */
  sent(): number;
  /** What must never be told to anybody. */
  readonly secrets: readonly string[];
}

const soon = () => AbortSignal.timeout(10_000);
const NO_STOPS: StopsState = { takeProfit: [], stopLoss: [], trailing: null };
const REF = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';

function rung(price: string, share = '1'): Rung {
  return { price: asPrice(dec(price)), share: asRatio(dec(share)) };
}

async function legOf({ writer, position }: WriterSeat): Promise<LegGround> {
  const leg = await writer.leg(position, soon());
  if (!leg.ok) expect.fail(`leg: ${leg.error.kind}`);
  return leg.value;
}

async function walletOf(writer: AccountWriter, currency: string): Promise<Decimal> {
  const wallet = await writer.wallet(currency, soon());
  if (!wallet.ok || wallet.value.wallet === null) expect.fail('wallet: not read');
  return wallet.value.wallet;
}

/** One act of each kind, with the same reference each. */
const ACTS: Readonly<
  Record<Capability, (seat: WriterSeat, signal: AbortSignal) => Promise<WriteOutcome> | undefined>
> = {
  margin: ({ writer, position }, signal) =>
    writer.margin?.change(
      {
        position,
        direction: 'add',
        amount: money(dec('12.3457'), position.instrument.settle),
        clientRef: REF,
      },
      signal,
    ),
  stops: ({ writer, position }, signal) =>
    writer.stops?.set(
      {
        position,
        stops: { ...NO_STOPS, stopLoss: [rung('55000')] },
        current: NO_STOPS,
        clientRef: REF,
      },
      signal,
    ),
  reduce: ({ writer, position }, signal) =>
    writer.reduce?.reduce({ position, contracts: dec('1'), clientRef: REF }, signal),
  transfer: ({ writer, position, receiver }, signal) =>
    writer.transfer?.transfer(
      {
        to: receiver?.account ?? asAccountId('nobody'),
        amount: money(dec('10.5001'), position.instrument.settle),
        clientRef: REF,
      },
      signal,
    ),
};

const KINDS: Readonly<Record<Capability, SentAct['kind']>> = {
  margin: 'add-margin',
  stops: 'set-stops',
  reduce: 'reduce',
  transfer: 'transfer',
};

/** What every AccountWriter keeps, whatever venue is behind it. */
export function accountWriterContract(name: string, harness: WriterHarness): void {
  const seat = () => harness.open();
  describe(`account writer contract: ${name}`, () => {
    afterEach(() => harness.close());

    test('what it does not offer is null', async () => {
      const { writer } = await seat();
      const offered = (Object.keys(ACTS) as Capability[]).filter((key) => writer[key] !== null);
      expect(offered).toEqual(
        Object.keys(ACTS).filter((key) => harness.offers.includes(key as Capability)),
      );
    });

    test('a leg and a wallet as they stand; a leg that is not there has no contracts', async () => {
      const at = await seat();
      const { settle } = at.position.instrument;
      const leg = await legOf(at);
      expect(leg.contracts.toString()).toBe('2');
      expect(leg.collateral?.toString()).toBe('1000');
      expect(leg.stops).toEqual(NO_STOPS);
      expect(leg.markPrice?.toString()).toBe('60000');
      expect(leg.free?.amount.toString()).toBe('5000');
      expect(leg.free?.currency).toBe(settle);
      expect((await walletOf(at.writer, settle)).gte('5000')).toBe(true);
      const gone = await at.writer.leg({ ...at.position, side: 'short' }, soon());
      expect(gone.ok && gone.value.contracts.isZero()).toBe(true);
      expect(at.sent()).toBe(0);
    });

    if (harness.offers.includes('margin')) marginSuite(seat);
    if (harness.offers.includes('stops')) stopsSuite(seat);
    if (harness.offers.includes('reduce')) reduceSuite(seat);
    if (harness.offers.includes('transfer')) transferSuite(seat);
    for (const capability of harness.offers) faultSuite(capability, harness);
  });
}

type Seat = () => Promise<WriterSeat>;

function marginSuite(seat: Seat): void {
  const change = (
    at: WriterSeat,
    direction: 'add' | 'remove',
    amount: string,
    position = at.position,
  ) =>
    at.writer.margin?.change(
      {
        position,
        direction,
        amount: money(dec(amount), position.instrument.settle),
        clientRef: REF,
      },
      soon(),
    );

  test.each([
    { direction: 'add', amount: '12.3457', after: '1012.3457' },
    { direction: 'remove', amount: '0.0001', after: '999.9999' },
  ] as const)(
    'margin: $direction $amount, to the last digit',
    async ({ direction, amount, after }) => {
      const at = await seat();
      expect(await change(at, direction, amount)).toMatchObject({ kind: 'accepted' });
      expect((await legOf(at)).collateral?.toString()).toBe(after);
      expect(at.sent()).toBe(1);
    },
  );

  test.each([
    { why: 'more than the account has', direction: 'add', amount: '900000' },
    { why: 'more than the position may lose', direction: 'remove', amount: '900000' },
  ] as const)('margin: $why is refused and changes nothing', async ({ direction, amount }) => {
    const at = await seat();
    const outcome = await change(at, direction, amount);
    expect(outcome?.kind).toBe('refused');
    expect([
      'insufficient-balance',
      'insufficient-collateral',
      'would-liquidate',
      'amount-too-large',
    ]).toContain(outcome?.kind === 'refused' && outcome.reason);
    expect((await legOf(at)).collateral?.toString()).toBe('1000');
  });

  test.each(['cross', 'portfolio'] as const)(
    'margin: a %s position has none of its own',
    async (marginMode) => {
      const at = await seat();
      const position = { ...at.position, marginMode };
      expect(await change(at, 'add', '1', position)).toMatchObject({
        kind: 'refused',
        reason: 'not-isolated',
      });
      expect(at.sent()).toBe(0);
    },
  );
}

function stopsSuite(seat: Seat): void {
  const both: StopsState = {
    takeProfit: [rung('70000')],
    stopLoss: [rung('50000')],
    trailing: null,
  };
  const set = async (at: WriterSeat, stops: StopsState) => {
    const { stops: current } = await legOf(at);
    if (current === null) expect.fail('stops: not read');
    return at.writer.stops?.set({ position: at.position, stops, current, clientRef: REF }, soon());
  };
  /** As after: what stands is what was asked for, no trigger more. */
  const expectStanding = async (at: WriterSeat, stops: StopsState) => {
    const standing = (await legOf(at)).stops;
    if (standing === null || !sameStops(standing, stops)) expect(standing).toEqual(stops);
  };

  test.each([
    { why: 'both at once', steps: [both] },
    { why: 'only a stop', steps: [{ ...NO_STOPS, stopLoss: [rung('50000')] }] },
    { why: 'a second replaces the first', steps: [both, { ...both, stopLoss: [rung('52000')] }] },
    {
      why: 'one changes, the other stays',
      steps: [both, { ...both, takeProfit: [rung('80000')] }],
    },
    { why: 'one goes, the other stays', steps: [both, { ...both, takeProfit: [] }] },
    { why: 'one comes, the other stays', steps: [{ ...both, takeProfit: [] }, both] },
    { why: 'both go', steps: [both, NO_STOPS] },
  ])('stops: $why', async ({ steps }) => {
    const at = await seat();
    for (const stops of steps) {
      expect(await set(at, stops)).toMatchObject({ kind: 'accepted' });
      await expectStanding(at, stops);
    }
  });

  const ladder = { ...both, takeProfit: [rung('70000', '0.5'), rung('72000', '0.25')] };
  test.each([
    { why: 'a ladder beside a stop', steps: [ladder] },
    { why: 'a ladder in place of one', steps: [both, ladder] },
    { why: 'one in place of a ladder', steps: [ladder, both] },
    {
      why: 'a rung moved',
      steps: [ladder, { ...ladder, takeProfit: [rung('70000', '0.5'), rung('75000', '0.25')] }],
    },
    { why: 'no ladder any more', steps: [ladder, NO_STOPS] },
  ])('stops: $why', async ({ steps }) => {
    const at = await seat();
    if (!at.writer.stops?.hasLadder) return expectNotOffered(at, await set(at, ladder));
    for (const stops of steps) {
      expect(await set(at, stops)).toMatchObject({ kind: 'accepted' });
      await expectStanding(at, stops);
    }
  });

  test('stops: a trailing one comes, changes and goes; the others stay', async () => {
    const at = await seat();
    const trailing = (share: string) => ({ ...both, trailing: asRatio(dec(share)) });
    if (!at.writer.stops?.hasTrailing) return expectNotOffered(at, await set(at, trailing('0.01')));
    for (const stops of [both, trailing('0.01'), trailing('0.02'), both]) {
      expect(await set(at, stops)).toMatchObject({ kind: 'accepted' });
      await expectStanding(at, stops);
    }
  });

  const expectNotOffered = (at: WriterSeat, outcome: WriteOutcome | undefined) => {
    expect(outcome).toMatchObject({
      kind: 'refused',
      reason: 'not-offered' satisfies WriteRefusalReason,
    });
    expect(at.sent()).toBe(0);
  };
}

function reduceSuite(seat: Seat): void {
  test.each([
    { why: 'a part', contracts: '0.5', after: '1.5' },
    { why: 'all of it closes the leg', contracts: '2', after: '0' },
  ])('reduce: $why', async ({ contracts, after }) => {
    const at = await seat();
    const order = { position: at.position, contracts: dec(contracts), clientRef: REF };
    expect(await at.writer.reduce?.reduce(order, soon())).toMatchObject({ kind: 'accepted' });
    expect((await legOf(at)).contracts.toString()).toBe(after);
    expect(at.sent()).toBe(1);
  });

  test('reduce: of a part, the margin goes as the writer says', async () => {
    const at = await seat();
    await at.writer.reduce?.reduce(
      { position: at.position, contracts: dec('1'), clientRef: REF },
      soon(),
    );
    const kept = (await legOf(at)).collateral;
    expect(kept?.eq('1000')).toBe(at.writer.marginOnReduce === 'kept');
  });
}

function transferSuite(seat: Seat): void {
  const transfer = (at: WriterSeat, to: AccountId, amount: string) =>
    at.writer.transfer?.transfer(
      { to, amount: money(dec(amount), at.position.instrument.settle), clientRef: REF },
      soon(),
    );

  test('transfer: what leaves here arrives there, to the last digit', async () => {
    const at = await seat();
    if (at.receiver === null) expect.fail('nobody receives');
    const { settle } = at.position.instrument;
    const before = [await walletOf(at.writer, settle), await walletOf(at.receiver, settle)];
    expect(at.writer.transfer?.reaches(at.receiver.account)).toBe(true);
    expect(await transfer(at, at.receiver.account, '10.5001')).toMatchObject({ kind: 'accepted' });
    expect((await walletOf(at.writer, settle)).toString()).toBe(
      before[0]?.minus('10.5001').toString(),
    );
    expect((await walletOf(at.receiver, settle)).toString()).toBe(
      before[1]?.plus('10.5001').toString(),
    );
    expect(at.sent()).toBe(1);
  });

  test('transfer: more than the account has is refused and moves nothing', async () => {
    const at = await seat();
    const { settle } = at.position.instrument;
    const before = (await walletOf(at.writer, settle)).toString();
    const outcome = await transfer(at, at.receiver?.account as AccountId, '900000');
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'insufficient-balance' });
    expect((await walletOf(at.writer, settle)).toString()).toBe(before);
  });

  test('transfer: to nobody of the desk, or to itself, is not offered', async () => {
    const at = await seat();
    for (const to of [asAccountId('nobody'), at.writer.account]) {
      expect(at.writer.transfer?.reaches(to)).toBe(false);
      expect(await transfer(at, to, '1')).toMatchObject({ kind: 'refused', reason: 'not-offered' });
    }
    expect(at.sent()).toBe(0);
  });
}

/** Silence is ended by the caller, and sooner than a test would wait. */
const PATIENCE_MS = 300;

function faultSuite(capability: Capability, { open, faults }: WriterHarness): void {
  const act = ACTS[capability];
  const trace = ({ writer, position }: WriterSeat, clientRef: string) =>
    writer.trace(
      { kind: KINDS[capability], clientRef, sentAt: Date.now() },
      capability === 'transfer' ? null : position,
      soon(),
    );

  test.each(faults.map((fault) => ({ fault, said: FAULTS[fault] })))(
    `${capability}: $fault is $said, and never sent again`,
    async ({ fault, said }) => {
      const at = await open();
      at.meet(fault);
      const signal = fault.startsWith('silent') ? AbortSignal.timeout(PATIENCE_MS) : soon();
      const outcome = await act(at, signal);
      const expected = said === 'unknown' ? { kind: said } : { kind: 'refused', reason: said };
      expect(outcome).toMatchObject(expected);
      expect(at.sent()).toBe(fault === 'not-listening' ? 0 : 1);
      for (const secret of at.secrets) expect(JSON.stringify(outcome)).not.toContain(secret);
    },
  );

  test(`${capability}: what is over before it starts is not sent`, async () => {
    const at = await open();
    const outcome = await act(at, AbortSignal.abort());
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'not-sent' });
    expect(at.sent()).toBe(0);
  });

  test(`${capability}: can be traced by its reference, or has none`, async () => {
    const at = await open();
    const before = await trace(at, REF);
    expect(before).toMatchObject({ ok: true });
    expect(await act(at, soon())).toMatchObject({ kind: 'accepted' });
    const after = await trace(at, REF);
    const isOffered = before.ok && before.value !== 'not-offered';
    expect([before, after]).toMatchObject(
      isOffered
        ? [{ value: 'absent' }, { value: 'done' }]
        : [{ value: 'not-offered' }, { value: 'not-offered' }],
    );
  });
}
