import { type Decimal, ZERO } from '../../src/domain/decimal.ts';
import { asRatio } from '../../src/domain/units.ts';
import type {
  MarginWriter,
  ReduceWriter,
  StopsWriter,
  TransferWriter,
} from '../../src/ports/venue-writer.ts';
import type { FakeLeg, FakeVenue, FakeWriter } from './fake-writer.ts';
import { type FakeBooks, legKey, refuse, sendFake } from './fake-writer-send.ts';

function pay({ wallets }: Pick<FakeBooks, 'wallets'>, currency: string, amount: Decimal): void {
  wallets.set(currency, (wallets.get(currency) ?? ZERO).minus(amount));
}

export function fakeMargin(books: FakeBooks): MarginWriter {
  const { legs, wallets } = books;
  return {
    async change({ position, direction, amount, clientRef }, signal) {
      if (position.marginMode !== 'isolated') return refuse('not-isolated');
      const key = legKey(position);
      const change = direction === 'add' ? amount.amount : amount.amount.neg();
      return sendFake(books, {
        act: { kind: direction === 'add' ? 'add-margin' : 'remove-margin', clientRef },
        signal,
        refusal() {
          const collateral = legs.get(key)?.collateral ?? null;
          if (collateral === null) return 'position-not-found';
          if (change.gt(wallets.get(amount.currency) ?? ZERO)) return 'insufficient-balance';
          return collateral.plus(change).lte(0) ? 'would-liquidate' : null;
        },
        effect() {
          const leg = legs.get(key) as FakeLeg;
          legs.set(key, { ...leg, collateral: (leg.collateral ?? ZERO).plus(change) });
          pay(books, amount.currency, change);
        },
      });
    },
  };
}

export function fakeStops(books: FakeBooks): StopsWriter {
  const { legs } = books;
  return {
    ...{ hasLadder: true, hasTrailing: true },
    set({ position, stops, current, clientRef }, signal) {
      const key = legKey(position);
      return sendFake(books, {
        act: { kind: 'set-stops', clientRef },
        signal,
        refusal: () => (legs.has(key) ? null : 'position-not-found'),
        effect(fault) {
          const leg = legs.get(key) as FakeLeg;
          const after = fault?.kind === 'partly' ? { ...stops, stopLoss: current.stopLoss } : stops;
          legs.set(key, { ...leg, stops: after });
        },
      });
    },
  };
}

export function fakeReduce(books: FakeBooks): ReduceWriter {
  const { legs } = books;
  return {
    reduce({ position, contracts, clientRef }, signal) {
      const key = legKey(position);
      return sendFake(books, {
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

export function fakeTransfer(
  books: FakeBooks,
  venue: FakeVenue,
  account: FakeWriter['account'],
): TransferWriter {
  const reaches: TransferWriter['reaches'] = (to) => to !== account && venue.has(to);
  return {
    reaches,
    async transfer({ to, amount: { amount, currency }, clientRef }, signal) {
      if (!reaches(to)) return refuse('not-offered');
      return sendFake(books, {
        act: { kind: 'transfer', clientRef },
        signal,
        refusal: () =>
          amount.gt(books.wallets.get(currency) ?? ZERO) ? 'insufficient-balance' : null,
        effect() {
          pay(books, currency, amount);
          pay(venue.writer(to), currency, amount.neg());
        },
      });
    },
  };
}
