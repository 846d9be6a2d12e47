import type { ActionState } from '../../actions/action-state.ts';
import { dec, ZERO } from '../../domain/decimal.ts';
import { asUsd, type Usd } from '../../domain/units.ts';
import type { StoredAction } from '../../ports/action-store.ts';
import { dayStart } from '../day-start.ts';
import type { ActionDeps } from './action-deps.ts';

/** What has reached a venue, or may have. */
const COUNTED: readonly ActionState[] = ['approved', 'executing', 'done', 'unknown'];

/** Counted since midnight UTC, of this person and of this account; null: the store does not say. */
export async function spentToday(
  of: { readonly person: string; readonly account: string },
  { store, clock }: Pick<ActionDeps, 'store' | 'clock'>,
): Promise<{ readonly byPerson: Usd; readonly byAccount: Usd } | null> {
  const rows = await store.since(dayStart(clock.now()), COUNTED);
  if (!rows.ok) return null;
  const sum = (isCounted: (row: StoredAction) => boolean) =>
    asUsd(
      rows.value
        .filter(isCounted)
        .reduce((total, { countedUsd }) => total.plus(countedUsd ? dec(countedUsd) : ZERO), ZERO),
    );
  return {
    byPerson: sum(({ requestedBy }) => requestedBy === of.person),
    // A flatten is no use of the day: who has closed all of it may still move what is left.
    byAccount: sum(
      ({ account, requestedBy }) => account === of.account && !requestedBy.startsWith('flatten:'),
    ),
  };
}
