import type { Exchange } from 'ccxt';
import type { MarginMode } from '../../../domain/position.ts';
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
const known = new WeakMap<Exchange, { readonly mode: BybitAccountMode; readonly at: number }>();

/** GET v5/account/info. `unifiedMarginStatus`: 1 classic, 3 to 6 the unified generations. */
export async function fetchBybitAccountMode(session: VenueSession): Promise<BybitAccountMode> {
  const entry = known.get(session.exchange);
  if (entry && session.clock.now() - entry.at < FRESH_MS) return entry.mode;
  const info = recordAt(await session.call('privateGetV5AccountInfo'), 'result');
  const mode = {
    isUnified: String(info['unifiedMarginStatus']) !== '1',
    marginMode: MARGIN_MODES.get(info['marginMode']) ?? null,
  };
  known.set(session.exchange, { mode, at: session.clock.now() });
  return mode;
}

/** Of one position. Null when neither account nor row say. */
export function bybitMarginMode(mode: BybitAccountMode | null, row: RawRecord): MarginMode | null {
  if (mode?.isUnified) return mode.marginMode;
  const tradeMode = String(row['tradeMode']);
  if (tradeMode === '1') return 'isolated';
  return tradeMode === '0' && mode !== null ? 'cross' : null;
}
