import type { Position } from '../../domain/position.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { ActionStore } from '../../ports/action-store.ts';
import type { FactStore } from '../../ports/fact-store.ts';
import type { ActionDeps } from '../actions/action-deps.ts';
import type { Acting } from '../actions/action-desk.ts';
import { plainDetail } from '../actions/ledger.ts';
import type { FlattenRecord } from './flatten-record.ts';
import type { FlattenRefusal } from './flatten-refusal.ts';
import { parseFact } from './parse-fact.ts';

export interface FlattenBookDeps extends Pick<ActionDeps, 'clock' | 'hash'> {
  readonly store: Pick<ActionStore, 'note'>;
  readonly facts: FactStore;
}

type Kept<T> = Promise<Result<T, FlattenRefusal>>;

/** Flattens as the store keeps them, under the hash of their token, each step with its audit line. */
export interface FlattenBook {
  read(token: string, by: Pick<Acting, 'accounts'>): Kept<FlattenRecord>;
  /** Of one that people can still decide about. */
  pending(token: string, by: Pick<Acting, 'accounts'>): Kept<FlattenRecord>;
  write(token: string, record: FlattenRecord, by: Acting | null): Kept<null>;
  /** True for the first who asks, in any process. */
  claim(token: string, name: string): Kept<boolean>;
  noteOrphans(record: FlattenRecord): (position: Position, clientRef: string) => Promise<boolean>;
}

/** A run is over by then, or its process is gone. */
const ABANDONED_MS = 300_000;

export function createFlattenBook({ store, facts, clock, hash }: FlattenBookDeps): FlattenBook {
  const nameOf = (token: string) => `flatten.${hash(token)}`;
  const note = async (what: string, record: FlattenRecord, by: Acting | null, detail: object) => {
    const who = { actor: by?.person ?? null, network: by?.network ?? null, account: null };
    const about = { action: record.id, kind: 'flatten', state: record.state };
    const noted = { at: clock.now(), what, ...who, ...about, detail: plainDetail(detail) };
    return store.note([noted]);
  };
  const read: FlattenBook['read'] = async (token, { accounts }) => {
    const fact = await facts.get(nameOf(token));
    if (!fact.ok) return err({ kind: 'store', error: fact.error });
    const record = parseFact<FlattenRecord>(fact.value);
    if (record === null || !reaches(accounts, record)) return err({ kind: 'unknown-token' });
    const isAbandoned = record.state === 'running' && clock.now() - record.changedAt > ABANDONED_MS;
    return ok(isAbandoned ? { ...record, state: 'interrupted' } : record);
  };
  return {
    read,
    pending: async (token, by) => {
      const found = await read(token, by);
      if (!found.ok) return found;
      const { state, expiresAt } = found.value;
      if (state !== 'pending' && state !== 'confirmed') return err({ kind: 'used', state });
      return clock.now() < expiresAt ? found : err({ kind: 'expired' });
    },
    write: async (token, record, by) => {
      // The line first: there is no step that nobody can read of later.
      const noted = await note(`flatten.${record.state}`, record, by, detailOf(record));
      if (!noted.ok) return err({ kind: 'store', error: noted.error });
      const put = await facts.put(nameOf(token), JSON.stringify(record));
      return put.ok ? ok(null) : err({ kind: 'store', error: put.error });
    },
    claim: async (token, name) => {
      const settled = await facts.settle(`${nameOf(token)}.run`, name);
      return settled.ok ? ok(settled.value === name) : err({ kind: 'store', error: settled.error });
    },
    noteOrphans: (record) => async (position, clientRef) => {
      const leg = { account: position.account, instrument: position.instrument.id };
      const detail = { ...leg, side: position.side, clientRef };
      return (await note('flatten.orphans', record, null, detail)).ok;
    },
  };
}

/** Who may not see all of it may not decide about it, nor know of it. */
function reaches(accounts: readonly string[] | null, { legs, unread }: FlattenRecord): boolean {
  if (accounts === null) return true;
  return [...legs.map(({ account }) => account), ...unread].every((id) => accounts.includes(id));
}

function detailOf({ scope, legs, unread, approvedBy, report }: FlattenRecord): object {
  const outcome = report?.map(({ leg, isFlat, why, reason, closes }) => ({
    ...{ account: leg.account, instrument: leg.instrument, side: leg.side },
    ...{ isFlat, why, reason, closes },
  }));
  const named = legs.map(({ account, instrument, side, quantity }) => ({
    ...{ account, instrument, side, quantity },
  }));
  return { scope, legs: named, unread, approvedBy, report: outcome ?? null };
}
