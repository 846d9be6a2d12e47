import type { Account } from '../domain/account.ts';
import { mergeReading, neverRead, withAge } from '../portfolio/merge-reading.ts';
import type { AccountSnapshot, Snapshot } from '../portfolio/snapshot.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { AccountReader } from '../ports/venue.ts';
import { guardedRead } from './guarded-reader.ts';

export interface DeskDeps {
  readonly accounts: readonly Account[];
  readonly readers: readonly AccountReader[];
  readonly clock: Clock;
  readonly log: Log;
  /** Deadline of one account's whole round of reads. */
  readonly readTimeoutMs: number;
  /** A reading younger than this answers a question without asking the venue again. */
  readonly freshForMs: number;
  readonly staleAfterMs: number;
  /** Last good figures from before a restart; they are shown, with their age, until fresh ones come. */
  readonly remembered?: ReadonlyMap<string, AccountSnapshot>;
}

/** The desk as last seen, and the way to look again. */
export interface Desk {
  /** Reads what is not fresh, all accounts side by side, and answers with everything known. */
  snapshot(): Promise<Snapshot>;
  /** Reads one account now; for the refresh loop. */
  refresh(account: string): Promise<void>;
  readonly accountIds: readonly string[];
  /** What is known without asking anybody. */
  lastKnown(): Snapshot;
}

export function createDesk(deps: DeskDeps): Desk {
  const { clock } = deps;
  const known = new Map<string, AccountSnapshot>(
    deps.accounts.map((account) => [
      account.id,
      deps.remembered?.get(account.id) ?? neverRead(account),
    ]),
  );
  const attemptedAt = new Map<string, number>();
  const inFlight = new Map<string, Promise<void>>();

  const readOne = async (reader: AccountReader): Promise<void> => {
    const reading = await guardedRead(reader, {
      clock,
      log: deps.log,
      timeoutMs: deps.readTimeoutMs,
    });
    const previous = known.get(reader.account);
    if (!previous) return;
    const now = clock.now();
    known.set(reader.account, mergeReading(previous, reading, now));
    attemptedAt.set(reader.account, now);
  };

  // Two people asking at once cost the venue one read, not two.
  const readShared = (reader: AccountReader): Promise<void> => {
    const running = inFlight.get(reader.account);
    if (running !== undefined) return running;
    const started = readOne(reader).finally(() => inFlight.delete(reader.account));
    inFlight.set(reader.account, started);
    return started;
  };

  // A failed attempt also counts: asking a dead venue again within seconds only makes people wait.
  const isFresh = (account: string): boolean => {
    const at = attemptedAt.get(account);
    return at !== undefined && clock.now() - at < deps.freshForMs;
  };

  const lastKnown = (): Snapshot => {
    const now = clock.now();
    return {
      accounts: deps.accounts.flatMap(({ id }) => {
        const account = known.get(id);
        return account ? [withAge(account, now, deps.staleAfterMs)] : [];
      }),
      takenAt: now,
    };
  };

  return {
    async snapshot() {
      await Promise.all(deps.readers.filter(({ account }) => !isFresh(account)).map(readShared));
      return lastKnown();
    },
    async refresh(account) {
      const reader = deps.readers.find((each) => each.account === account);
      if (reader) await readShared(reader);
    },
    accountIds: deps.readers.map((reader) => reader.account),
    lastKnown,
  };
}
