import type { MarginMode } from '../../../domain/position.ts';
import { recall } from './account-memory.ts';
import type { RawRecord } from './raw-record.ts';
import { recordAt } from './venue-list.ts';
import type { VenueSession } from './venue-profile.ts';

export interface BybitAccountMode {
  readonly isUnified: boolean;
  /** Of the whole account. A classic account decides per position, in the row's `tradeMode`. */
  readonly marginMode: MarginMode | null;
}

const MARGIN_MODES: ReadonlyMap<unknown, MarginMode> = new Map([
  ['REGULAR_MARGIN', 'cross'],
  ['ISOLATED_MARGIN', 'isolated'],
  ['PORTFOLIO_MARGIN', 'portfolio'],
]);

/** The mode changes by hand and rarely; one call a minute instead of one a read. */
const FRESH_MS = 60_000;

/** GET v5/account/info. `unifiedMarginStatus`: 1 classic, 3 to 6 the unified generations. */
export async function fetchBybitAccountMode(session: VenueSession): Promise<BybitAccountMode> {
  const load = async () => recordAt(await session.call('privateGetV5AccountInfo'), 'result');
  const info = await recall(session, { key: 'account mode', freshMs: FRESH_MS, load });
  return {
    isUnified: String(info['unifiedMarginStatus']) !== '1',
    marginMode: MARGIN_MODES.get(info['marginMode']) ?? null,
  };
}

/** Of one position. Null when neither account nor row say. */
export function bybitMarginMode(mode: BybitAccountMode | null, row: RawRecord): MarginMode | null {
  if (mode?.isUnified) return mode.marginMode;
  const tradeMode = String(row['tradeMode']);
  if (tradeMode === '1') return 'isolated';
  return tradeMode === '0' && mode !== null ? 'cross' : null;
}
