import { expect, test } from 'vitest';
import { dec } from '../../src/domain/decimal.ts';
import { money } from '../../src/domain/money.ts';
import { asAccountId } from '../../src/domain/units.ts';
import type { SentAct, WriteOutcome } from '../../src/ports/venue-writer.ts';
import {
  type Capability,
  NO_STOPS,
  REF,
  rung,
  soon,
  type WriteFault,
  type WriterHarness,
  type WriterSeat,
} from './account-writer-seat.ts';

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

/** Silence is ended by the caller: here as soon as the call has reached the venue. */
async function untilSent<T>(
  at: WriterSeat,
  run: (signal: AbortSignal) => Promise<T> | undefined,
): Promise<T | undefined> {
  const leaving = new AbortController();
  let isOver = false;
  const answer = Promise.resolve(run(leaving.signal)).finally(() => {
    isOver = true;
  });
  while (at.sent() === 0 && !isOver) await new Promise((resolve) => setTimeout(resolve, 2));
  leaving.abort();
  return answer;
}

export function faultSuite(capability: Capability, { open, faults }: WriterHarness): void {
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
      await at.meet(fault);
      const isSilent = fault.startsWith('silent');
      const outcome = isSilent
        ? await untilSent(at, (signal) => act(at, signal))
        : await act(at, soon());
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
