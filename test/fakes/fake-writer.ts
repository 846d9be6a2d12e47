import { type Decimal, ZERO } from '../../src/domain/decimal.ts';
import { money } from '../../src/domain/money.ts';
import type { Position, Side } from '../../src/domain/position.ts';
import { ok } from '../../src/domain/result.ts';
import type { StopsState } from '../../src/domain/stops.ts';
import { type AccountId, asRatio, type InstrumentId } from '../../src/domain/units.ts';
import { venueError } from '../../src/domain/venue-error.ts';
import type {
  AccountWriter,
  LegGround,
  SentAct,
  WriteOutcome,
  WriteRefusalReason,
} from '../../src/ports/venue-writer.ts';

/**
 * How the venue meets one call that changes something. `hang`: no answer until the caller gives up;
 * `reset`: unknown at once. `delayed-visibility`: accepted, and the next `reads` of anything show the
 * account as it was. `partly`: of new stops only the take-profits stand. `duplicate`: done twice.
 */
export type WriterFault =
  | { readonly kind: 'accept-then-hang' | 'accept-then-reset' | 'hang-before' | 'reset-before' }
  | { readonly kind: 'refuse'; readonly reason: WriteRefusalReason; readonly venueCode?: string }
  | { readonly kind: 'delayed-visibility'; readonly reads: number }
  | { readonly kind: 'partly' | 'duplicate' };

export interface FakeLeg {
  readonly contracts: Decimal;
  /** Null: a cross position. */
  readonly collateral: Decimal | null;
  readonly stops: StopsState;
  readonly markPrice: Decimal | null;
}

export const NO_STOPS: StopsState = { takeProfit: [], stopLoss: [], trailing: null };

/** Several accounts at one venue: what one sends arrives at the other. */
export interface FakeVenue {
  /** The account's writer, made on first use; the same each time. */
  writer(account: AccountId): FakeWriter;
  has(account: AccountId): boolean;
}

export interface FakeWriter extends AccountWriter {
  /** By `legKey`. What a test puts here is what the venue holds. */
  readonly legs: Map<string, FakeLeg>;
  /** By currency: also what isolated margin is paid from. */
  readonly wallets: Map<string, Decimal>;
  /** Met by the next calls, one each, first come first; afterwards the venue is well again. */
  readonly faults: WriterFault[];
  /** Every call that reached the venue, whatever became of it. */
  readonly sent: SentAct[];
  /** References of the calls that had an effect: a reference that is here twice is a double effect. */
  readonly effects: string[];
}

export function legKey(leg: {
  readonly instrument: { readonly id: InstrumentId };
  readonly side: Side;
}): string {
  return `${leg.instrument.id} ${leg.side}`;
}

/** A venue in memory, by the rules of the port. */
export function fakeVenue(): FakeVenue {
  const writers = new Map<AccountId, FakeWriter>();
  const venue: FakeVenue = {
    writer(account) {
      const writer = writers.get(account) ?? createWriter(account, venue);
      writers.set(account, writer);
      return writer;
    },
    has: (account) => writers.has(account),
  };
  return venue;
}

interface Send {
  readonly act: Pick<SentAct, 'kind' | 'clientRef'>;
  readonly signal: AbortSignal;
  /** What the venue would say by itself; null: it takes it. */
  refusal(): WriteRefusalReason | null;
  effect(fault: WriterFault | null): void;
}

function createWriter(account: AccountId, venue: FakeVenue): FakeWriter {
  const legs = new Map<string, FakeLeg>();
  const wallets = new Map<string, Decimal>();
  const faults: WriterFault[] = [];
  const sent: SentAct[] = [];
  const effects: string[] = [];
  const refused = new Set<string>();
  let shown: { legs: Map<string, FakeLeg>; wallets: Map<string, Decimal>; reads: number } | null =
    null;

  /** What a look sees now; a delayed venue shows what was. */
  const look = () => {
    if (shown === null) return { legs, wallets };
    const now = shown;
    shown = now.reads > 1 ? { ...now, reads: now.reads - 1 } : null;
    return now;
  };
  const send = async ({ act, signal, refusal, effect }: Send): Promise<WriteOutcome> => {
    if (signal.aborted) return refuse('not-sent');
    sent.push({ ...act, sentAt: 0 });
    const fault = faults.shift() ?? null;
    if (fault?.kind === 'hang-before') return untilAbort(signal);
    if (fault?.kind === 'reset-before') return unknown('reset');
    const reason = fault?.kind === 'refuse' ? fault.reason : refusal();
    if (reason !== null) {
      refused.add(act.clientRef);
      return refuse(reason, fault?.kind === 'refuse' ? (fault.venueCode ?? 'fake') : 'fake');
    }
    if (fault?.kind === 'delayed-visibility') {
      shown = { legs: new Map(legs), wallets: new Map(wallets), reads: fault.reads };
    }
    for (let times = fault?.kind === 'duplicate' ? 2 : 1; times > 0; times -= 1) {
      effect(fault);
      effects.push(act.clientRef);
    }
    if (fault?.kind === 'accept-then-hang') return untilAbort(signal);
    if (fault?.kind === 'accept-then-reset') return unknown('reset');
    return fault?.kind === 'partly' ? { kind: 'partly' } : { kind: 'accepted', venueRef: null };
  };
  const walletOf = (currency: string) => wallets.get(currency) ?? ZERO;
  const pay = (currency: string, amount: Decimal) =>
    wallets.set(currency, walletOf(currency).minus(amount));

  return {
    ...{ account, venue: 'fake', marginOnReduce: 'released', legs, wallets, faults, sent, effects },
    margin: {
      async change({ position, direction, amount, clientRef }, signal) {
        if (position.marginMode !== 'isolated') return refuse('not-isolated');
        const key = legKey(position);
        const change = direction === 'add' ? amount.amount : amount.amount.neg();
        const { currency } = amount;
        return send({
          act: { kind: direction === 'add' ? 'add-margin' : 'remove-margin', clientRef },
          signal,
          refusal() {
            const collateral = legs.get(key)?.collateral ?? null;
            if (collateral === null) return 'position-not-found';
            if (change.gt(walletOf(currency))) return 'insufficient-balance';
            return collateral.plus(change).lte(0) ? 'would-liquidate' : null;
          },
          effect() {
            const leg = legs.get(key) as FakeLeg;
            legs.set(key, { ...leg, collateral: (leg.collateral ?? ZERO).plus(change) });
            pay(currency, change);
          },
        });
      },
    },
    stops: {
      ...{ hasLadder: true, hasTrailing: true },
      set({ position, stops, current, clientRef }, signal) {
        const key = legKey(position);
        return send({
          act: { kind: 'set-stops', clientRef },
          signal,
          refusal: () => (legs.has(key) ? null : 'position-not-found'),
          effect(fault) {
            const leg = legs.get(key) as FakeLeg;
            const after =
              fault?.kind === 'partly' ? { ...stops, stopLoss: current.stopLoss } : stops;
            legs.set(key, { ...leg, stops: after });
          },
        });
      },
    },
    reduce: {
      reduce({ position, contracts, clientRef }, signal) {
        const key = legKey(position);
        return send({
          act: { kind: 'reduce', clientRef },
          signal,
          refusal: () => (legs.has(key) ? null : 'position-not-found'),
          effect() {
            const leg = legs.get(key);
            // Reduce-only: the second of two closes finds nothing.
            if (leg !== undefined) reduceLeg(legs, key, { leg, contracts });
          },
        });
      },
    },
    transfer: {
      reaches: (to) => to !== account && venue.has(to),
      async transfer({ to, amount, clientRef }, signal) {
        if (!this.reaches(to)) return refuse('not-offered');
        const { currency } = amount;
        return send({
          act: { kind: 'transfer', clientRef },
          signal,
          refusal: () => (amount.amount.gt(walletOf(currency)) ? 'insufficient-balance' : null),
          effect() {
            pay(currency, amount.amount);
            const receiver = venue.writer(to).wallets;
            receiver.set(currency, (receiver.get(currency) ?? ZERO).plus(amount.amount));
          },
        });
      },
    },
    async leg(position) {
      const seen = look();
      return ok(groundOf(seen.legs.get(legKey(position)), position, seen.wallets));
    },
    async wallet(currency) {
      const wallet = look().wallets.get(currency) ?? ZERO;
      return ok({ wallet, free: wallet, step: null });
    },
    async trace({ kind, clientRef }) {
      if (kind === 'add-margin' || kind === 'remove-margin' || kind === 'set-stops') {
        return ok('not-offered');
      }
      if (refused.has(clientRef)) return ok('refused');
      return ok(shown === null && effects.includes(clientRef) ? 'done' : 'absent');
    },
  };
}

function groundOf(
  leg: FakeLeg | undefined,
  position: Position,
  wallets: ReadonlyMap<string, Decimal>,
): LegGround {
  const { settle } = position.instrument;
  return {
    contracts: leg?.contracts ?? ZERO,
    collateral: leg?.collateral ?? null,
    stops: leg?.stops ?? NO_STOPS,
    markPrice: leg?.markPrice ?? null,
    free: money(wallets.get(settle) ?? ZERO, settle),
    marginStep: null,
    contractStep: null,
  };
}

function reduceLeg(
  legs: Map<string, FakeLeg>,
  key: string,
  { leg, contracts }: { readonly leg: FakeLeg; readonly contracts: Decimal },
): void {
  const rest = leg.contracts.minus(contracts);
  if (rest.lte(0)) {
    legs.delete(key);
    return;
  }
  const share = asRatio(rest.div(leg.contracts));
  legs.set(key, { ...leg, contracts: rest, collateral: leg.collateral?.times(share) ?? null });
}

function refuse(reason: WriteRefusalReason, venueCode: string | null = null): WriteOutcome {
  return { kind: 'refused', reason, venueCode };
}

function unknown(code: 'reset'): WriteOutcome {
  return { kind: 'unknown', error: venueError('unavailable', { code }) };
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
