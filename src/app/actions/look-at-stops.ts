import type { Position } from '../../domain/position.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { StopsState } from '../../domain/stops.ts';
import type { Handle } from '../../domain/units.ts';
import type { ActionDeps } from './action-deps.ts';
import type { Acting } from './action-desk.ts';
import type { ActionRefusal } from './action-refusal.ts';
import { findPosition, visibleTo } from './find-position.ts';
import { lookAtLeg } from './look-at-leg.ts';

export interface StopsLook {
  readonly handle: Handle;
  readonly position: Position;
  /** All triggers, ladders too; null: not known, then only what the position itself says is. */
  readonly stops: StopsState | null;
}

/** The triggers of a position as the venue shows them now. Anybody who may see it may ask. */
export async function lookAtStops(
  typed: string,
  by: Pick<Acting, 'accounts'>,
  deps: ActionDeps,
): Promise<Result<StopsLook, ActionRefusal>> {
  const found = findPosition(typed, visibleTo(by.accounts, await deps.desk.snapshot()));
  if (!found.ok) return found;
  const { handle, position } = found.value;
  const writer = deps.writers.get(position.account);
  const leg = writer ? await lookAtLeg(writer, position, deps) : null;
  return ok({ handle, position, stops: leg?.ok ? leg.value.stops : null });
}
