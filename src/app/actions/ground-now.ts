import type { ReadBack } from '../../actions/reconcile.ts';
import { dec } from '../../domain/decimal.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { sameStops } from '../../domain/stops.ts';
import { asPrice, type Price } from '../../domain/units.ts';
import type { ActionDeps } from './action-deps.ts';
import type { ActionRecord } from './action-record.ts';
import type { ActionRefusal } from './action-refusal.ts';
import { legReadBack, lookAtLeg } from './look-at-leg.ts';
import { lookAtWallets, walletsReadBack } from './look-at-wallets.ts';

/** What an act changes, as the venue shows it now. */
export interface GroundNow {
  readonly shown: ReadBack;
  /** Null for a transfer: no price matters there. */
  readonly markNow: Price | null;
  /** When the look began. */
  readonly readAt: number;
}

/** Past every cache. Reads, and changes nothing. */
export async function groundNow(
  { preview, position }: Pick<ActionRecord, 'preview' | 'position'>,
  deps: Pick<ActionDeps, 'writers' | 'clock'>,
): Promise<Result<GroundNow, Extract<ActionRefusal, { kind: 'not-read' }>>> {
  const { account, act } = preview;
  const readAt = deps.clock.now();
  const writer = deps.writers.get(account);
  if (!writer) return err({ kind: 'not-read', account, error: null });
  if (act.kind === 'transfer') {
    const to = deps.writers.get(act.to);
    if (!to) return err({ kind: 'not-read', account: act.to, error: null });
    const way = { from: writer, to, currency: act.amount.currency };
    const wallets = await lookAtWallets(way, deps);
    if (!wallets.ok) return err({ kind: 'not-read', ...wallets.error });
    return ok({ shown: walletsReadBack(wallets.value), markNow: null, readAt });
  }
  if (position === null) return err({ kind: 'not-read', account, error: null });
  const leg = await lookAtLeg(writer, position, deps);
  if (!leg.ok) return err({ kind: 'not-read', account, error: leg.error });
  const { markPrice } = leg.value;
  return ok({ shown: legReadBack(leg.value), markNow: markPrice && asPrice(markPrice), readAt });
}

/** Funding moves the margin of a position a little, and no figure that was shown by much. */
const SLACK = dec('0.01');

/** The position has another size, margin or stops than were shown: the figures are not true any more. */
export function isMoved({ seen, preview }: ActionRecord, { shown }: GroundNow): boolean {
  const { kind } = preview.act;
  if (kind === 'transfer') return false;
  if (seen.contracts?.eq(shown.contracts ?? -1) !== true) return true;
  if (kind === 'set-stops') {
    return seen.stops === null || shown.stops === null || !sameStops(seen.stops, shown.stops);
  }
  const [then, now] = [seen.collateral, shown.collateral];
  if (then === null || now === null) return then !== now;
  return now.minus(then).abs().gt(then.abs().times(SLACK));
}
