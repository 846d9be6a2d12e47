import type { Decimal } from '../../src/domain/decimal.ts';
import type { Side } from '../../src/domain/position.ts';
import type { InstrumentId } from '../../src/domain/units.ts';
import { venueError } from '../../src/domain/venue-error.ts';
import type { SentAct, WriteOutcome, WriteRefusalReason } from '../../src/ports/venue-writer.ts';
import type { FakeLeg, WriterFault } from './fake-writer.ts';

/** One call that changes something, as the venue in memory takes it. */
export interface FakeSend {
  readonly act: Pick<SentAct, 'kind' | 'clientRef'>;
  readonly signal: AbortSignal;
  /** What the venue would say by itself; null: it takes it. */
  refusal(): WriteRefusalReason | null;
  effect(fault: WriterFault | null): void;
}

/** What an account holds, and everything that was asked of it. */
export interface FakeBooks {
  readonly legs: Map<string, FakeLeg>;
  readonly wallets: Map<string, Decimal>;
  readonly faults: WriterFault[];
  readonly sent: SentAct[];
  readonly effects: string[];
  readonly refused: Set<string>;
  /** What a look sees instead, so many times; null: what is. */
  shown: Shown | null;
}

interface Shown {
  readonly legs: ReadonlyMap<string, FakeLeg>;
  readonly wallets: ReadonlyMap<string, Decimal>;
  readonly reads: number;
}

/** Meets a call by the next fault, or as a venue that is well. */
export async function sendFake(books: FakeBooks, call: FakeSend): Promise<WriteOutcome> {
  const { act, signal } = call;
  if (signal.aborted) return refuse('not-sent');
  books.sent.push({ ...act, sentAt: 0 });
  const fault = books.faults.shift() ?? null;
  if (fault?.kind === 'hang-before') return untilAbort(signal);
  if (fault?.kind === 'reset-before') return unknown();
  const said = fault?.kind === 'refuse' ? fault : null;
  const reason = said?.reason ?? call.refusal();
  if (reason !== null) {
    books.refused.add(act.clientRef);
    return refuse(reason, said?.venueCode ?? 'fake');
  }
  accept(books, call, fault);
  if (fault?.kind === 'accept-then-hang') return untilAbort(signal);
  if (fault?.kind === 'accept-then-reset') return unknown();
  return fault?.kind === 'partly' ? { kind: 'partly' } : { kind: 'accepted', venueRef: null };
}

function accept(books: FakeBooks, { act, effect }: FakeSend, fault: WriterFault | null): void {
  if (fault?.kind === 'delayed-visibility') {
    const { legs, wallets } = books;
    books.shown = { legs: new Map(legs), wallets: new Map(wallets), reads: fault.reads };
  }
  for (let times = fault?.kind === 'duplicate' ? 2 : 1; times > 0; times -= 1) {
    effect(fault);
    books.effects.push(act.clientRef);
  }
}

export function refuse(reason: WriteRefusalReason, venueCode: string | null = null): WriteOutcome {
  return { kind: 'refused', reason, venueCode };
}

function unknown(): WriteOutcome {
  return { kind: 'unknown', error: venueError('unavailable', { code: 'reset' }) };
}

function untilAbort(signal: AbortSignal): Promise<WriteOutcome> {
  const late: WriteOutcome = {
    kind: 'unknown',
    error: venueError('unavailable', { code: 'timeout', ms: 0 }),
  };
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(late), { once: true });
  });
}

export function legKey(leg: {
  readonly instrument: { readonly id: InstrumentId };
  readonly side: Side;
}): string {
  return `${leg.instrument.id} ${leg.side}`;
}
