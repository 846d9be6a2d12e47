import type { Account } from '../domain/account.ts';
import type { AccountId } from '../domain/units.ts';
import type { AccountPoint } from '../ports/account-history.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { dayStart } from './day-start.ts';

interface Deps {
  readonly store: Pick<Store, 'history'>;
  readonly clock: Clock;
}

/** A store that fails has no points. */
export async function dayPointsOf(
  accounts: readonly Account[],
  { store, clock }: Deps,
): Promise<readonly AccountPoint[]> {
  const range = { from: dayStart(clock.now()), to: clock.now() };
  const found = await Promise.all(accounts.map(({ id }) => store.history.read(id, range)));
  return found.flatMap((points) => (points.ok ? points.value : []));
}

/** What the accounts opened the UTC day with; an account without a point, or a store that fails, is absent. */
export async function openingsOf(
  accounts: readonly Account[],
  { store, clock }: Deps,
): Promise<ReadonlyMap<AccountId, AccountPoint>> {
  const range = { from: dayStart(clock.now()), to: clock.now() };
  const found = await Promise.all(accounts.map(({ id }) => store.history.opening(id, range)));
  return new Map(
    found.flatMap((point) => (point.ok && point.value ? [[point.value.account, point.value]] : [])),
  );
}
