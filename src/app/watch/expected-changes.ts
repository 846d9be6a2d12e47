import type { ExpectedChange } from '../../alerts/look/happening.ts';
import type { ActionStore } from '../../ports/action-store.ts';
import { fromBody } from '../actions/action-record.ts';

/** An act may have been asked for this long ago and still be on its way. */
const LOOK_BACK_MS = 3_600_000;
/** Readings that were on their way while it was done may still show what was before. */
const AFTER_MS = 30_000;

/**
 * What the desk's own acts do to positions: no news while they last. An act whose outcome nobody knows
 * explains as much as one that was done; one that was refused explains nothing.
 */
export async function expectedChanges(
  store: Pick<ActionStore, 'since'>,
  { now, hash }: { readonly now: number; readonly hash: (text: string) => string },
): Promise<ExpectedChange[]> {
  const rows = await store.since(now - LOOK_BACK_MS, ['executing', 'unknown', 'done']);
  if (!rows.ok) return [];
  return rows.value.flatMap((row): ExpectedChange[] => {
    const { preview, position, before } = fromBody(row, hash).record;
    const { act } = preview;
    if (act.kind !== 'reduce' || position === null) return [];
    const { account, instrument, side, contracts } = position;
    const was = before?.contracts ?? contracts;
    return [
      {
        ...{ account, instrument: instrument.symbol, side },
        contracts: was.minus(act.contracts),
        until: (row.state === 'done' ? row.updatedAt : now) + AFTER_MS,
      },
    ];
  });
}
