import { createHash } from 'node:crypto';
import type { ActionSettings } from '../../../src/actions/action-settings.ts';
import type { ActionDeps } from '../../../src/app/actions/action-deps.ts';
import type { Acting } from '../../../src/app/actions/action-desk.ts';
import { createActions } from '../../../src/app/actions/create-actions.ts';
import { DEMO_ACTIONS } from '../../../src/app/actions/demo-settings.ts';
import { dec, ONE, ZERO } from '../../../src/domain/decimal.ts';
import { handlesOf } from '../../../src/domain/handle.ts';
import { money } from '../../../src/domain/money.ts';
import { asAccountId, asPrice, asQuantity, asRatio } from '../../../src/domain/units.ts';
import type { AccountSnapshot, Snapshot } from '../../../src/portfolio/snapshot.ts';
import { positionsOf } from '../../../src/portfolio/snapshot.ts';
import type { ActionStore } from '../../../src/ports/action-store.ts';
import type { AccountWriter } from '../../../src/ports/venue-writer.ts';
import { BTC } from '../../actions/a-scene.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';
import { emptyActionShelf, fakeActionStore } from '../../fakes/fake-store-actions.ts';
import { fakeVenue, legKey, NO_STOPS } from '../../fakes/fake-writer.ts';
import { position } from '../../risk/sample-desk.ts';

const A = asAccountId('a');
const B = asAccountId('b');
/** A pause of the ladder passes by itself; a deadline only when a test moves the time. */
const LONGEST_PAUSE_MS = 2000;

export const TRADER: Acting = {
  person: 'ann',
  roles: ['trader'],
  accounts: null,
  network: 'discord',
};
export const OTHER: Acting = {
  person: 'bob',
  roles: ['trader'],
  accounts: null,
  network: 'telegram',
};
export const APPROVER: Acting = {
  ...{ person: 'cat', roles: ['approver'], accounts: null, network: 'telegram' },
};

export interface LadderOptions {
  readonly settings?: ActionSettings | null;
  readonly tradeAccess?: readonly string[];
  readonly isStopped?: () => Promise<boolean>;
  /** Around what the use cases are given; the venue and the shelf behind stay the same. */
  readonly wrapStore?: (store: ActionStore) => ActionStore;
  readonly wrapWriter?: (writer: AccountWriter) => AccountWriter;
}

/** Two accounts of one venue: `a` holds an isolated long of 1 BTC at 50,000 with 5,000 of margin, `b` funds it. */
export function ladderWorld() {
  const real = fakeClock();
  const clock = {
    ...real,
    after: async (ms: number, signal?: AbortSignal) => {
      if (ms > LONGEST_PAUSE_MS) return real.after(ms, signal);
      await real.advance(ms);
    },
  };
  const venue = fakeVenue();
  const shelf = emptyActionShelf();
  const leg = legKey({ instrument: BTC, side: 'long' });
  const [a, b] = [venue.writer(A), venue.writer(B)];
  a.legs.set(leg, {
    ...{ contracts: ONE, collateral: dec(5000), stops: NO_STOPS },
    markPrice: dec(50_000),
  });
  for (const writer of [a, b]) writer.wallets.set('USDT', dec(20_000));
  const snapshot = (): Snapshot => ({
    accounts: [accountOf('a', ['b'], a), accountOf('b', ['a'], b)],
    takenAt: real.now(),
  });
  let count = 0;
  const deps = (options: LadderOptions): Omit<ActionDeps, 'inTurn'> => {
    const store = fakeActionStore(shelf);
    const wrap = options.wrapWriter ?? ((writer: AccountWriter) => writer);
    return {
      store: options.wrapStore?.(store) ?? store,
      desk: { snapshot: async () => snapshot(), refresh: async () => {}, lastKnown: snapshot },
      accounts: snapshot().accounts.map(({ account }) => account),
      writers: new Map([a, b].map((writer) => [writer.account, wrap(writer)])),
      tradeAccess: new Set(options.tradeAccess ?? ['a', 'b']),
      settings: options.settings === undefined ? DEMO_ACTIONS : options.settings,
      personNow: (person) =>
        [TRADER, OTHER, APPROVER].find((each) => each.person === person) ?? null,
      ...(options.isStopped ? { isStopped: options.isStopped } : {}),
      marketReady: async () => {},
      market: () => ({ outlooks: new Map(), fundingAnnual: new Map() }),
      clock,
      log: { error: () => {}, warn: () => {} },
      hash: (text) => createHash('sha256').update(text).digest('hex'),
      newId: () => {
        count += 1;
        return `act${String(count).padStart(21, '0')}`;
      },
      newToken: () => {
        count += 1;
        return `token${String(count).padStart(19, '0')}`;
      },
    };
  };
  return {
    ...{ clock: real, venue, shelf, leg, a, b, snapshot },
    /** The program, started: on the same store and the same venue each time. */
    start: (options: LadderOptions = {}) => createActions(deps(options)),
    handle: () => [...handlesOf(positionsOf(snapshot())).values()][0] ?? '',
    row: () => [...shelf.actions.values()].at(-1),
  };
}

function accountOf(
  id: string,
  fundedBy: readonly string[],
  writer: ReturnType<ReturnType<typeof fakeVenue>['writer']>,
): AccountSnapshot {
  const positions = [...writer.legs.values()].map(({ contracts, collateral, markPrice }) => ({
    ...position({
      ...{ instrument: BTC, contracts: contracts.toString(), entry: '50000', mode: 'isolated' },
      collateral: (collateral ?? ZERO).toString(),
    }),
    account: asAccountId(id),
    venue: 'fake',
    quantity: asQuantity(contracts),
    markPrice: markPrice && asPrice(markPrice),
    collateral: collateral && money(collateral, 'USDT'),
  }));
  const account = { name: id, venue: 'fake', books: [], fundedBy: fundedBy.map(asAccountId) };
  return {
    account: { id: asAccountId(id), ...account },
    ...{ status: 'ok', positions, positionsAt: 0, margin: null, gaps: [] },
  };
}

export const share = (text: string) => asRatio(dec(text));
