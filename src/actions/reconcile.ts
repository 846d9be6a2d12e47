import type { Decimal } from '../domain/decimal.ts';
import { unreachable } from '../domain/result.ts';
import type { StopsState } from '../domain/stops.ts';
import type { Act } from './act.ts';
import { shownOf } from './shown-of.ts';

/** What a venue shows of the things an act changes. Null: not read, or not a thing this act changes. */
export interface ReadBack {
  /** Contracts of the position; zero when it is gone. */
  readonly contracts: Decimal | null;
  /** Of the isolated position, in settle, PnL apart. */
  readonly collateral: Decimal | null;
  readonly stops: StopsState | null;
  /** Wallets of a transfer in its currency, PnL apart. */
  readonly payerWallet: Decimal | null;
  readonly receiverWallet: Decimal | null;
}

export interface Evidence {
  readonly act: Act;
  readonly before: ReadBack;
  readonly observed: ReadBack;
  /**
   * What the venue says when asked by our client id. `absent`: it has none of that id now, which soon
   * after the call proves nothing. `not-offered`: this act has no id there.
   */
  readonly byClientRef: 'done' | 'refused' | 'absent' | 'not-offered' | 'not-read';
  /** The reading is so much later than the call that what was accepted would be visible. */
  readonly isSettled: boolean;
  /** So much later that an order the venue does not know by its id was never there. */
  readonly isOld: boolean;
  /** What becomes of an isolated position's margin when a part of it is closed. */
  readonly marginOnReduce: 'released' | 'kept';
  /** How far a figure may be off by funding, fees and rounding of the venue. */
  readonly tolerance: Decimal;
}

/**
 * `done` and `refused` are what the venue shows. Everything else stays unknown, with why: `too-early`
 * nothing shows it yet; `half-done` one part is there and another is not; `something-else` it is neither
 * as before nor as intended; `not-read`; `contradicts` the id says one thing and the figures another.
 */
export type Reconciled =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused' }
  | {
      readonly kind: 'still-unknown';
      readonly because: 'too-early' | 'half-done' | 'something-else' | 'not-read' | 'contradicts';
    };

/** What became of an act whose outcome is unknown. Never a reason to send it again. */
export function reconcile(evidence: Evidence): Reconciled {
  const { byClientRef, isSettled, isOld } = evidence;
  if (byClientRef === 'done') return { kind: 'done' };
  if (byClientRef === 'refused') return { kind: 'refused' };
  const shown = shownOf(evidence);
  switch (shown) {
    case 'intended':
      // Somebody else's close of the same size looks the same: where there is an id, it decides.
      if (byClientRef === 'absent') return unknown('contradicts');
      return byClientRef === 'not-read' ? unknown('not-read') : { kind: 'done' };
    case 'as-before':
      if (byClientRef === 'not-read') return unknown('not-read');
      return isSettled ? { kind: 'refused' } : unknown('too-early');
    case 'something-else':
      // Others have moved the figures meanwhile: the id alone says that it is not there.
      return byClientRef === 'absent' && isOld ? { kind: 'refused' } : unknown(shown);
    case 'half-done':
    case 'not-read':
      return unknown(shown);
    default:
      return unreachable(shown);
  }
}

function unknown(because: (Reconciled & { kind: 'still-unknown' })['because']): Reconciled {
  return { kind: 'still-unknown', because };
}
