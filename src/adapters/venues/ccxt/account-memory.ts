import type { VenueSession } from './venue-profile.ts';

interface Memory {
  readonly promise: Promise<unknown>;
  /** Of the read that asked; when it is over, its answer may be a timeout that is not ours. */
  readonly signal: AbortSignal;
  settledAt: number | null;
}

export interface Recall<T> {
  readonly key: string;
  /** How long an answer serves again; 0: only who asks while it is on its way shares it. */
  readonly freshMs: number;
  load(): Promise<T>;
}

/** What remembering needs to know of a read. */
type Asker = Pick<VenueSession, 'exchange' | 'clock' | 'signal' | 'commons'>;

const memories = new WeakMap<object, Map<string, Memory>>();

/**
 * What an account need not ask again at every read, or what both halves of a read ask at once.
 * Failures are not remembered. Lives as long as the account's ccxt instance.
 */
export function recall<T>(session: Omit<Asker, 'commons'>, wanted: Recall<T>): Promise<T> {
  return recallIn(session.exchange, session, wanted);
}

/** The same for public figures, shared by all accounts at the same place of the venue. */
export function recallShared<T>(session: Omit<Asker, 'exchange'>, wanted: Recall<T>): Promise<T> {
  const { owner, place } = session.commons;
  return recallIn(owner, session, { ...wanted, key: `${place} ${wanted.key}` });
}

async function recallIn<T>(
  owner: object,
  session: Pick<Asker, 'clock' | 'signal'>,
  wanted: Recall<T>,
): Promise<T> {
  const shelf = memories.get(owner) ?? new Map<string, Memory>();
  memories.set(owner, shelf);
  const known = shelf.get(wanted.key);
  if (known && isUsable(known, session, wanted.freshMs)) {
    try {
      return (await known.promise) as T;
    } catch (thrown) {
      if (!known.signal.aborted || session.signal.aborted) throw thrown;
      return recallIn(owner, session, wanted);
    }
  }
  const memory: Memory = { promise: wanted.load(), signal: session.signal, settledAt: null };
  shelf.set(wanted.key, memory);
  try {
    const value = (await memory.promise) as T;
    memory.settledAt = session.clock.now();
    return value;
  } catch (thrown) {
    if (shelf.get(wanted.key) === memory) shelf.delete(wanted.key);
    throw thrown;
  }
}

function isUsable(
  memory: Memory,
  session: Pick<Asker, 'clock' | 'signal'>,
  freshMs: number,
): boolean {
  if (memory.settledAt !== null) return session.clock.now() - memory.settledAt < freshMs;
  return !memory.signal.aborted;
}
