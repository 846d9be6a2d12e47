import type { AccountSnapshot, Gap } from '../../portfolio/snapshot.ts';
import type { DataState, RuleId, Subject } from '../alert.ts';
import { fingerprintOf } from '../fingerprint.ts';
import type { Sample } from '../sample.ts';
import type { AlertView } from './alert-view.ts';

type Given = Pick<Sample, 'value'> & Partial<Sample>;

/** A sample of this look; what a rule has nothing to say of is as for everybody. */
export function sampleAt(
  { sequence, now }: Pick<AlertView, 'sequence' | 'now'>,
  { rule, subject }: { readonly rule: RuleId; readonly subject: Subject },
  given: Given,
): Sample {
  return {
    ...{ fingerprint: fingerprintOf(rule, subject), rule, subject, sequence, observedAt: now },
    scope: { account: null, asset: null, books: [] },
    ...{ values: {}, forMs: {}, presence: 'present', data: 'fresh', facts: {} },
    ...given,
  };
}

/** How good the figures of an account are. */
export interface Footing {
  readonly data: DataState;
  readonly observedAt: number | null;
}

/** The venue, or we, said no: not a matter of waiting. */
const REFUSED: ReadonlySet<Gap['kind']> = new Set([
  'unauthorized',
  'clock',
  'malformed',
  'unsupported',
]);

/**
 * Of the positions or the margin of an account. Young figures stand, whatever the last read said; old
 * ones are an error when the venue refused them, else stale, which their age shows.
 */
export function footingOf(
  { positionsAt, margin, gaps }: AccountSnapshot,
  part: 'positions' | 'margin',
  { now, staleAfterMs }: Pick<AlertView, 'now' | 'staleAfterMs'>,
): Footing {
  const observedAt = part === 'positions' ? positionsAt : (margin?.observedAt ?? null);
  const isOld = observedAt === null || now - observedAt > staleAfterMs;
  if (!isOld) return { data: 'fresh', observedAt };
  const gap = gaps.find(({ scope }) => scope === 'account' || scope === part);
  return { data: gap && REFUSED.has(gap.kind) ? 'error' : 'stale', observedAt };
}

/** Of figures that need all of these: as old as the oldest, as bad as the worst. */
export function worstFooting(all: readonly Footing[]): Footing {
  const worst = (['error', 'stale'] as const).find((data) =>
    all.some((each) => each.data === data),
  );
  const times = all.map(({ observedAt }) => observedAt);
  const known = times.filter((at) => at !== null);
  const isKnown = known.length === times.length && known.length > 0;
  return { data: worst ?? 'fresh', observedAt: isKnown ? Math.min(...known) : null };
}

/** Whether the account's positions are known to the last one, on a reading that is young enough. */
export function isWholeAndFresh(
  account: AccountSnapshot,
  view: Pick<AlertView, 'now' | 'staleAfterMs'>,
) {
  const hidesRows = account.gaps.some(({ scope }) => scope === 'row' || scope === 'positions');
  return footingOf(account, 'positions', view).data === 'fresh' && !hidesRows;
}
