import { createHash, randomBytes } from 'node:crypto';
import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import { createCcxtVenues } from '../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import { createZtdxVenues } from '../../src/adapters/venues/ztdx/ztdx-venues.ts';
import type { ActionDeps } from '../../src/app/actions/action-deps.ts';
import type { Acting } from '../../src/app/actions/action-desk.ts';
import { createActions } from '../../src/app/actions/create-actions.ts';
import { createDesk } from '../../src/app/desk.ts';
import { dec } from '../../src/domain/decimal.ts';
import { asAccountId, asRatio, asUsd } from '../../src/domain/units.ts';
import type { ActionStore } from '../../src/ports/action-store.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { VenueConnection } from '../../src/ports/venue.ts';
import type { AccountWriter } from '../../src/ports/venue-writer.ts';
import type { SimAccount } from '../../src/sim/model.ts';
import { startSim } from '../../src/sim/start-sim.ts';
import { openLanes } from '../adapters/venues/ccxt/open-lanes.ts';
import { emptyActionShelf, fakeActionStore } from '../fakes/fake-store-actions.ts';

export const ANN: Acting = {
  person: 'ann',
  roles: ['trader'],
  accounts: null,
  network: 'terminal',
};
/** Nothing is too much here: what is looked at are the figures. */
const PLENTY = asUsd(dec('1e15'));
const SETTINGS = {
  previewTtlMs: 3_600_000,
  limits: {
    ...{ maxAmount: PLENTY, dailyAmount: PLENTY, twoPersonAbove: PLENTY },
    ...{ maxMarkDrift: asRatio(dec('0.5')), reducing: null },
  },
};

export interface SimLadderOptions {
  readonly accounts: readonly SimAccount[];
  /** Time of the venue; absent: as it is. */
  readonly simNow?: () => number;
  readonly clock: Clock;
  readonly requestMs?: number;
}

/** What the desk file says where transfers need it; the main account has no such name. */
function nameAt({ venue, subAccount, parent }: SimAccount) {
  return parent === null || venue === 'bybit' ? null : (subAccount ?? null);
}

/** The write ladder over the very adapters that production runs, at a simulator of these accounts. */
export async function simLadder({ accounts, simNow, clock, requestMs }: SimLadderOptions) {
  const start = simNow?.() ?? Date.now();
  const sim = await startSim({
    ...{ seed: 'torture', start, desk: () => ({ accounts }) },
    ...(simNow && { now: simNow }),
  });
  const connections = accounts.map((account) => ({
    ...{ account: asAccountId(account.id), venue: account.venue, environment: 'live' as const },
    ...{ baseUrl: sim.origin, proxy: null, subAccount: nameAt(account) },
    credentials: { token: null, ...account.credentials },
  }));
  const limits = { requestMs: requestMs ?? 20_000 };
  const ccxt = createCcxtVenues(systemClock, { ...limits, halfMs: 60_000 }, openLanes);
  const ztdx = createZtdxVenues(systemClock, limits);
  const wayTo = ({ venue }: VenueConnection) => (venue === 'ztdx' ? ztdx : ccxt);
  const readers = connections.map((each) => wayTo(each).reader(each));
  const writers = connections.flatMap((each) => wayTo(each).writer(each) ?? []);
  const known = accounts.map(({ id, name, venue, books, fundedBy }) => ({
    ...{ id: asAccountId(id), name, venue, books, fundedBy: fundedBy.map(asAccountId) },
  }));
  const running = new Set<Promise<unknown>>();
  const shelf = emptyActionShelf();
  const desk = createDesk({
    ...{ accounts: known, readers, clock, log: { error: () => {}, warn: () => {} } },
    ...{ readTimeoutMs: 60_000, freshForMs: 1e12, staleAfterMs: 1e12 },
  });
  const begin = (
    wraps: {
      readonly store?: (store: ActionStore) => ActionStore;
      readonly writer?: (writer: AccountWriter) => AccountWriter;
    } = {},
  ) => {
    const store = fakeActionStore(shelf);
    const wrap = wraps.writer ?? ((writer: AccountWriter) => writer);
    const deps: Omit<ActionDeps, 'inTurn'> = {
      ...{ store: wraps.store?.(store) ?? store, desk, accounts: known, settings: SETTINGS },
      writers: new Map(writers.map((writer) => [writer.account, wrap(watched(writer, running))])),
      tradeAccess: new Set(known.map(({ id }) => id)),
      personNow: (person) => (person === ANN.person ? ANN : null),
      marketReady: async () => {},
      market: () => ({ outlooks: new Map(), fundingAnnual: new Map() }),
      ...{ clock, log: { error: () => {}, warn: () => {} } },
      hash: (text) => createHash('sha256').update(text).digest('hex'),
      newId: () => randomBytes(12).toString('hex'),
      newToken: () => randomBytes(18).toString('base64url'),
    };
    return createActions(deps);
  };
  return {
    sim,
    desk,
    shelf,
    start: begin,
    close: () => sim.close(),
    /** Until no call is on its way any more: a process is lost, what it has sent is not. */
    idle: () => Promise.allSettled([...running]),
  };
}

function watched<T extends object>(of: T, running: Set<Promise<unknown>>): T {
  return new Proxy(of, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (typeof value === 'object' && value !== null) return watched(value, running);
      if (typeof value !== 'function' || key === 'reaches') return value;
      return (...words: unknown[]) => {
        const call: Promise<unknown> = Reflect.apply(value, target, words);
        running.add(call);
        void call.finally(() => running.delete(call));
        return call;
      };
    },
  });
}
