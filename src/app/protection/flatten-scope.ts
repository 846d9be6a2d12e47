import type { Account } from '../../domain/account.ts';
import { handlesOf } from '../../domain/handle.ts';
import type { Position } from '../../domain/position.ts';
import type { AccountSnapshot, Snapshot } from '../../portfolio/snapshot.ts';
import { positionsOf } from '../../portfolio/snapshot.ts';
import { notionalUsd } from '../../risk/notional.ts';
import type { FlattenLeg } from './flatten-record.ts';

/** Which accounts, and which asset in them; null: every one. */
export interface FlattenScope {
  readonly name: string;
  readonly accounts: readonly string[];
  readonly asset: string | null;
}

/** `all`, an account, a venue or an asset, of what this person may see. Null: none of these. */
export function scopeCalled(
  typed: string,
  accounts: readonly Account[],
  snapshot: Snapshot,
): FlattenScope | null {
  const name = typed.normalize('NFKC').toLowerCase();
  const ids = accounts.map(({ id }) => id);
  if (name === 'all') return { name, accounts: ids, asset: null };
  const one = accounts.find(({ id }) => id === name);
  if (one) return { name, accounts: [one.id], asset: null };
  const atVenue = accounts.filter(({ venue }) => venue === name);
  if (atVenue.length > 0) return { name, accounts: atVenue.map(({ id }) => id), asset: null };
  const asset = positionsOf(snapshot)
    .map(({ instrument }) => instrument.asset)
    .find((each) => each.toLowerCase() === name);
  return asset === undefined ? null : { name: asset, accounts: ids, asset };
}

function isInScope({ account, instrument }: Position, scope: FlattenScope): boolean {
  const isHere = scope.accounts.includes(account);
  return isHere && (scope.asset === null || scope.asset === instrument.asset);
}

/** Every leg of the scope that is known, stale ones too: better looked at once more than left out. */
export function legsIn(scope: FlattenScope, snapshot: Snapshot): FlattenLeg[] {
  const handles = handlesOf(positionsOf(snapshot));
  return [...handles]
    .filter(([position]) => isInScope(position, scope))
    .map(([position, handle]) => ({
      account: position.account,
      venue: position.venue,
      instrument: position.instrument.id,
      symbol: position.instrument.symbol,
      asset: position.instrument.asset,
      side: position.side,
      isIsolated: position.marginMode === 'isolated',
      handle,
      quantity: position.quantity?.toString() ?? null,
      notionalUsd: notionalUsd(position)?.toString() ?? null,
      markPrice: position.markPrice?.toString() ?? null,
    }));
}

export function unreadIn(
  scope: FlattenScope,
  { accounts }: Snapshot,
): AccountSnapshot['account']['id'][] {
  return accounts
    .filter(({ account, status }) => scope.accounts.includes(account.id) && status !== 'ok')
    .map(({ account }) => account.id);
}
