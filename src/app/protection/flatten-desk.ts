import type { Consenter } from '../../actions/consent.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { ActionDeps } from '../actions/action-deps.ts';
import type { Acting, ConsentTo } from '../actions/action-desk.ts';
import { visibleTo } from '../actions/find-position.ts';
import type { OneAtATime } from '../actions/one-at-a-time.ts';
import { createFlattenBook, type FlattenBook } from './flatten-book.ts';
import type { FlattenRecord } from './flatten-record.ts';
import type { FlattenCard, FlattenRefusal } from './flatten-refusal.ts';
import { runFlatten } from './flatten-run.ts';
import { legsIn, scopeCalled, unreadIn } from './flatten-scope.ts';

export interface FlattenDeps
  extends Pick<
      ActionDeps,
      'desk' | 'accounts' | 'writers' | 'tradeAccess' | 'personNow' | 'clock' | 'log' | 'hash'
    >,
    Pick<ActionDeps, 'newId' | 'newToken'> {
  /** The ladder without caps, for somebody. */
  readonly closing: (by: Acting) => Parameters<typeof runFlatten>[1]['ladder'];
  readonly store: Parameters<typeof createFlattenBook>[0]['store'];
  readonly facts: Parameters<typeof createFlattenBook>[0]['facts'];
  readonly inTurn: OneAtATime;
}

type Answer = Promise<Result<FlattenCard, FlattenRefusal>>;

/** Everything in a scope is closed when an admin asks and an approver who is somebody else agrees. */
export interface FlattenDesk {
  propose(scope: string, by: Acting): Answer;
  /** The asker, who types the scope again. */
  confirm(to: ConsentTo, by: Acting): Answer;
  approve(to: ConsentTo, by: Acting): Answer;
  cancel(token: string, by: Acting): Answer;
  check(token: string, by: Acting): Answer;
  isOurs(token: string): boolean;
}

const PREFIX = 'flat';
const TOKEN_LENGTH = 24;
/** Two people have to look at it. */
const TTL_MS = 300_000;

export function createFlattenDesk(deps: FlattenDeps): FlattenDesk {
  const book = createFlattenBook(deps);
  return {
    propose: (scope, by) => propose(scope, by, { deps, book }),
    confirm: (to, by) => deps.inTurn(() => confirm(to, by, { deps, book })),
    approve: (to, by) => approve(to, by, { deps, book }),
    cancel: (token, by) => deps.inTurn(() => cancel(token, by, { deps, book })),
    check: async (token, by) => {
      const record = await book.read(token, by);
      return record.ok ? ok({ token, record: record.value }) : record;
    },
    isOurs: (token) => token.startsWith(PREFIX) && token.length === TOKEN_LENGTH + PREFIX.length,
  };
}

interface Room {
  readonly deps: FlattenDeps;
  readonly book: FlattenBook;
}

const refuse = (kind: Exclude<FlattenRefusal['kind'], 'unknown-scope' | 'used' | 'type-scope'>) =>
  err({ kind } as FlattenRefusal);

async function propose(typed: string, by: Acting, { deps, book }: Room): Answer {
  if (!by.roles.includes('admin')) return refuse('not-permitted');
  const snapshot = visibleTo(by.accounts, await deps.desk.snapshot());
  const accounts = deps.accounts.filter(({ id }) => by.accounts?.includes(id) ?? true);
  const scope = scopeCalled(typed, accounts, snapshot);
  if (scope === null) {
    const known = ['all', ...accounts.map(({ id }) => id), ...accounts.map(({ venue }) => venue)];
    return err({ kind: 'unknown-scope', scope: typed, known: [...new Set(known)] });
  }
  const [legs, unread] = [legsIn(scope, snapshot), unreadIn(scope, snapshot)];
  if (legs.length === 0 && unread.length === 0) return refuse('nothing-open');
  const now = deps.clock.now();
  const { person, roles, accounts: own } = by;
  const record: FlattenRecord = {
    ...{ id: deps.newId(), scope: scope.name, asker: { person, roles, accounts: own } },
    ...{ state: 'pending', createdAt: now, expiresAt: now + TTL_MS, changedAt: now },
    ...{ legs, unread, approvedBy: null, report: null },
  };
  const token = `${PREFIX}${deps.newToken()}`;
  const kept = await book.write(token, record, by);
  return kept.ok ? ok({ token, record }) : kept;
}

async function confirm({ token, typed }: ConsentTo, by: Acting, { deps, book }: Room): Answer {
  const found = await book.pending(token, by);
  if (!found.ok) return found;
  const record = found.value;
  if (record.state !== 'pending') return err({ kind: 'used', state: record.state });
  if (by.person !== record.asker.person) return refuse('not-yours');
  if (!by.roles.includes('admin')) return refuse('not-permitted');
  if (typed?.normalize('NFKC').toLowerCase() !== record.scope.toLowerCase()) {
    return err({ kind: 'type-scope', scope: record.scope, typed });
  }
  const next = { ...record, state: 'confirmed', changedAt: deps.clock.now() } as const;
  const kept = await book.write(token, next, by);
  return kept.ok ? ok({ token, record: next }) : kept;
}

async function approve({ token }: ConsentTo, by: Acting, { deps, book }: Room): Answer {
  const begun = await deps.inTurn(() => begin(token, by, { deps, book }));
  if (!begun.ok) return begun;
  const record = begun.value;
  const acting: Acting = {
    // No name of a desk file has a colon: nobody can be mistaken for it.
    ...{ person: `flatten:${record.id}`, roles: ['trader'], accounts: null, network: by.network },
  };
  const { report, unread } = await runFlatten(record, {
    ...{ ...deps, ladder: deps.closing(acting), noteOrphans: book.noteOrphans(record) },
    ...{ by: record.asker },
  });
  const isDone = unread.length === 0 && report.every(({ isFlat }) => isFlat);
  const ended: FlattenRecord = {
    ...{ ...record, report, unread, changedAt: deps.clock.now() },
    state: isDone ? 'done' : 'partly',
  };
  const kept = await book.write(token, ended, null);
  if (!kept.ok) deps.log.error('the report of a flatten is not recorded', { flatten: record.id });
  return ok({ token, record: ended });
}

/** Claimed once for all processes of this store, before anything is sent. */
async function begin(
  token: string,
  by: Acting,
  { deps, book }: Room,
): Promise<Result<FlattenRecord, FlattenRefusal>> {
  const found = await book.pending(token, by);
  if (!found.ok) return found;
  const record = found.value;
  if (by.person === record.asker.person) return refuse('self-approval');
  if (!by.roles.includes('approver')) return refuse('not-permitted');
  if (record.state !== 'confirmed') return refuse('not-confirmed');
  if (!askerNow(record, deps).roles.includes('admin')) return refuse('not-permitted');
  const claimed = await book.claim(token, deps.newId());
  if (!claimed.ok) return claimed;
  if (!claimed.value) return err({ kind: 'used', state: 'running' });
  const next: FlattenRecord = {
    ...{ ...record, state: 'running', approvedBy: by.person, changedAt: deps.clock.now() },
  };
  const kept = await book.write(token, next, by);
  return kept.ok ? ok(next) : kept;
}

/** A platform's own ids have a colon; their rights are the platform's to tell. */
function askerNow({ asker }: FlattenRecord, { personNow }: FlattenDeps): Consenter {
  return personNow(asker.person) ?? (asker.person.includes(':') ? asker : { ...asker, roles: [] });
}

async function cancel(token: string, by: Acting, { deps, book }: Room): Answer {
  const found = await book.pending(token, by);
  if (!found.ok) return found;
  const isOwn = by.person === found.value.asker.person;
  if (!isOwn && !by.roles.includes('approver')) return refuse('not-yours');
  const next = { ...found.value, state: 'cancelled', changedAt: deps.clock.now() } as const;
  const kept = await book.write(token, next, by);
  return kept.ok ? ok({ token, record: next }) : kept;
}
