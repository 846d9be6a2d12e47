import { handlesOf } from '../../domain/handle.ts';
import type { Position } from '../../domain/position.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Handle } from '../../domain/units.ts';
import type { AccountSnapshot, Snapshot } from '../../portfolio/snapshot.ts';
import { positionsOf } from '../../portfolio/snapshot.ts';
import type { ActionRefusal } from './action-refusal.ts';

export interface FoundPosition {
  readonly handle: Handle;
  readonly position: Position;
  readonly account: AccountSnapshot;
}

/** What somebody may see of a snapshot; handles are as long as these positions need them. */
export function visibleTo(accounts: readonly string[] | null, snapshot: Snapshot): Snapshot {
  if (accounts === null) return snapshot;
  return {
    ...snapshot,
    accounts: snapshot.accounts.filter(({ account }) => accounts.includes(account.id)),
  };
}

/** The one position of this handle. A handle that became too short names nobody: which one was meant? */
export function findPosition(
  typed: string,
  snapshot: Snapshot,
): Result<FoundPosition, ActionRefusal> {
  const handle = typed.toLowerCase();
  const handles = [...handlesOf(positionsOf(snapshot))];
  const hits = handles.filter(([, each]) => each === handle);
  const [first, second] = hits;
  if (first !== undefined && second === undefined) {
    const [position] = first;
    const account = snapshot.accounts.find((each) => each.positions.includes(position));
    if (account) return ok({ handle: first[1], position, account });
  }
  const longer = handles.map(([, each]) => each).filter((each) => each.startsWith(handle));
  if (handle !== '' && longer.length > 1) {
    return err({ kind: 'ambiguous', handle: typed, known: longer });
  }
  return err({ kind: 'unknown-handle', handle: typed, known: handles.map(([, each]) => each) });
}

/** The same leg in another snapshot; null: it is not there any more. */
export function samePosition(position: Position, snapshot: Snapshot): FoundPosition | null {
  const handles = handlesOf(positionsOf(snapshot));
  for (const account of snapshot.accounts) {
    if (account.account.id !== position.account) continue;
    const found = account.positions.find(
      (each) =>
        each.instrument.id === position.instrument.id &&
        each.side === position.side &&
        (each.marginMode === 'isolated') === (position.marginMode === 'isolated'),
    );
    const handle = found && handles.get(found);
    if (found && handle) return { handle, position: found, account };
  }
  return null;
}
