import { dec } from '../../src/domain/decimal.ts';
import { handlesOf } from '../../src/domain/handle.ts';
import type { Position } from '../../src/domain/position.ts';
import { positionsOf, type Snapshot } from '../../src/portfolio/snapshot.ts';
import { type DemoProgramOptions, startDemoProgram } from './demo-program.ts';
import { type FakeVenue, fakeVenue, legKey, NO_STOPS } from './fake-writer.ts';

/** The demo desk, whose accounts are changed at venues in memory that hold what the desk shows. */
export async function startActionWorld(options: DemoProgramOptions = {}) {
  const venue = fakeVenue();
  const demo = await startDemoProgram({
    // Only what an act asks for is read anew: six accounts at every question would cost a test its time.
    freshForMs: 1e9,
    setup: { staleAfterMs: 1e9 },
    ...options,
    writer: (account) => venue.writer(account),
  });
  const snapshot = await demo.program.desk.snapshot();
  const positions = positionsOf(snapshot);
  holdOnDesk(venue, snapshot);
  const handles = handlesOf(positions);
  return {
    ...demo,
    venue,
    /** The venues hold again what the desk shows. */
    reset: () => holdOnDesk(venue, snapshot),
    /** The first that is so: its handle, and the position. */
    find: (fits: (position: Position) => boolean) => {
      const position = positions.find(fits);
      const handle = position && handles.get(position);
      if (!position || !handle) throw new Error('the demo desk has no such position');
      return { position, handle, writer: venue.writer(position.account) };
    },
  };
}

/** Puts what the desk shows into the venues in memory. */
export function holdOnDesk(venue: FakeVenue, snapshot: Snapshot): void {
  for (const { account } of snapshot.accounts) {
    venue.writer(account.id).wallets.set('USDT', dec('100000'));
  }
  for (const position of positionsOf(snapshot)) hold(venue, position);
}

function hold(venue: FakeVenue, position: Position): void {
  const writer = venue.writer(position.account);
  writer.wallets.set(position.instrument.settle, dec('100000'));
  writer.legs.set(legKey(position), {
    contracts: position.contracts,
    collateral: position.collateral?.amount ?? null,
    stops: NO_STOPS,
    markPrice: position.markPrice,
  });
}
