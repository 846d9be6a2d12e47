import { rememberAccount } from '../portfolio/remembered-account.ts';
import type { Snapshot } from '../portfolio/snapshot.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Store } from '../ports/store.ts';
import { assessAccount } from '../risk/account-risk.ts';

export interface HistoryRecorder {
  lastAt(): number | null;
  readonly done: Promise<void>;
}

const EVERY_MS = 60_000;
const THIN_EVERY = 60;

/**
 * Once a minute: what each account is worth and needs, and its last good picture, so that a restart
 * can show both. A write that fails is logged and tried again with the next minute's figures.
 */
export function startHistoryRecorder(deps: {
  readonly store: Pick<Store, 'history' | 'readings'>;
  readonly lastKnown: () => Snapshot;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}): HistoryRecorder {
  const { store, clock, log, signal } = deps;
  let lastAt: number | null = null;
  const record = async (round: number): Promise<void> => {
    const snapshot = deps.lastKnown();
    const writes = [
      await store.history.append(pointsOf(snapshot)),
      await store.readings.put(readingsOf(snapshot)),
      ...(round % THIN_EVERY === 0 ? [await store.history.thin(clock.now())] : []),
    ];
    for (const write of writes) {
      if (!write.ok) log.error('history not written', { kind: write.error.kind });
    }
    lastAt = clock.now();
  };
  const run = async () => {
    for (let round = 1; !signal.aborted; round += 1) {
      await clock.after(EVERY_MS, signal);
      if (!signal.aborted) await record(round);
    }
  };
  return { lastAt: () => lastAt, done: run() };
}

/** Only what was read in the last minute: an old figure is not today's history. */
function pointsOf({ accounts, takenAt }: Snapshot) {
  return accounts.flatMap((account) => {
    const at = account.margin?.observedAt;
    if (at === undefined || takenAt - at > EVERY_MS) return [];
    const { equityUsd, initialMarginUsd, maintenanceMarginUsd, healthFactor } =
      assessAccount(account);
    const { id } = account.account;
    return [{ account: id, at, equityUsd, initialMarginUsd, maintenanceMarginUsd, healthFactor }];
  });
}

/** The last good picture of each account that has one, under the time of its oldest half. */
function readingsOf({ accounts }: Snapshot) {
  return accounts.flatMap((snapshot) => {
    const { account, positionsAt, margin } = snapshot;
    const remembered = rememberAccount(snapshot);
    const readAt = positionsAt ?? margin?.observedAt;
    if (remembered === null || readAt === undefined) return [];
    return [{ account: account.id, readAt, ...remembered }];
  });
}
