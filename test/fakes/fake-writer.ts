import { type Decimal, ZERO } from '../../src/domain/decimal.ts';
import { money } from '../../src/domain/money.ts';
import type { Position } from '../../src/domain/position.ts';
import { ok } from '../../src/domain/result.ts';
import type { StopsState } from '../../src/domain/stops.ts';
import type { AccountId } from '../../src/domain/units.ts';
import type {
  AccountWriter,
  LegGround,
  SentAct,
  WriteRefusalReason,
} from '../../src/ports/venue-writer.ts';
import { fakeMargin, fakeReduce, fakeStops, fakeTransfer } from './fake-writer-acts.ts';
import { type FakeBooks, legKey } from './fake-writer-send.ts';

export { legKey } from './fake-writer-send.ts';

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

function createWriter(account: AccountId, venue: FakeVenue): FakeWriter {
  const legs = new Map<string, FakeLeg>();
  const wallets = new Map<string, Decimal>();
  const books: FakeBooks = {
    ...{ legs, wallets, faults: [], sent: [], effects: [], refused: new Set(), shown: null },
  };
  const { faults, sent, effects, refused } = books;
  return {
    ...{ account, venue: 'fake', marginOnReduce: 'released', legs, wallets, faults, sent, effects },
    margin: fakeMargin(books),
    stops: fakeStops(books),
    reduce: fakeReduce(books),
    transfer: fakeTransfer(books, venue, account),
    async leg(position) {
      const seen = look(books);
      return ok(groundOf(seen.legs.get(legKey(position)), position, seen.wallets));
    },
    async wallet(currency) {
      const wallet = look(books).wallets.get(currency) ?? ZERO;
      return ok({ wallet, free: wallet, step: null });
    },
    async trace({ kind, clientRef }) {
      if (kind !== 'reduce' && kind !== 'transfer') return ok('not-offered');
      if (refused.has(clientRef)) return ok('refused');
      return ok(books.shown === null && effects.includes(clientRef) ? 'done' : 'absent');
    },
  };
}

/** What a look sees now; a delayed venue shows what was. */
function look(books: FakeBooks) {
  const { shown } = books;
  if (shown === null) return { legs: books.legs, wallets: books.wallets };
  books.shown = shown.reads > 1 ? { ...shown, reads: shown.reads - 1 } : null;
  return shown;
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
