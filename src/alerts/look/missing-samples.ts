import { splitMultiplier } from '../../domain/split-multiplier.ts';
import type { AccountSnapshot } from '../../portfolio/snapshot.ts';
import type { AlertInstance, Subject } from '../alert.ts';
import type { RuleScope } from '../rule-settings.ts';
import type { Sample } from '../sample.ts';
import type { AlertView } from './alert-view.ts';
import { footingOf, isWholeAndFresh, sampleAt, worstFooting } from './sample-at.ts';
import { isStillThere } from './still-there.ts';

/**
 * Samples for alerts that this look had none for. What they were about is gone only if everything it
 * could be in was read whole, freshly, and after they were last seen; else nobody knows, and they hold.
 */
export function missingSamples(
  instances: Iterable<AlertInstance>,
  samples: readonly Sample[],
  view: AlertView,
): Sample[] {
  const seen = new Set(samples.map(({ fingerprint }) => fingerprint));
  return [...instances]
    .filter(({ fingerprint, phase }) => phase !== 'ok' && !seen.has(fingerprint))
    .map((instance) => missingSample(instance, view));
}

function missingSample(instance: AlertInstance, view: AlertView): Sample {
  const { rule, subject, valueAt } = instance;
  const homes = homesOf(subject, view);
  const scope = scopeOf(subject, homes);
  const isSeenLater = (account: AccountSnapshot) =>
    isWholeAndFresh(account, view) && (account.positionsAt ?? 0) > (valueAt ?? -1);
  if (!isStillThere(instance, view) && homes.every(isSeenLater)) {
    return sampleAt(view, { rule, subject }, { value: null, scope, presence: 'absent' });
  }
  const footing = worstFooting(homes.map((account) => footingOf(account, 'positions', view)));
  const data = footing.data === 'fresh' ? 'stale' : footing.data;
  return sampleAt(view, { rule, subject }, { value: null, scope, ...footing, data });
}

/** Every account the subject could be in. None: it is not on this desk any more. */
function homesOf(subject: Subject, view: AlertView): AccountSnapshot[] {
  const accounts = view.desk.accounts.map(({ account }) => account);
  switch (subject.kind) {
    case 'position':
    case 'account':
      return accounts.filter(({ account }) => account.id === subject.account);
    case 'venue':
    case 'instrument':
      return accounts.filter(({ account }) => account.venue === subject.venue);
    case 'book':
      return accounts.filter(({ account }) => account.books.includes(subject.book));
    default:
      return accounts;
  }
}

/** As its own samples have it: a rule that is off here ends the alert, and that must be found out. */
function scopeOf(subject: Subject, homes: readonly AccountSnapshot[]): RuleScope {
  const isOfAccount = subject.kind === 'position' || subject.kind === 'account';
  return {
    account: isOfAccount ? subject.account : null,
    asset: assetOf(subject),
    books: isOfAccount
      ? (homes[0]?.account.books ?? [])
      : subject.kind === 'book'
        ? [subject.book]
        : [],
  };
}

function assetOf(subject: Subject): string | null {
  if (subject.kind === 'asset' || subject.kind === 'book') return subject.asset;
  if (subject.kind !== 'position' && subject.kind !== 'instrument') return null;
  return splitMultiplier(subject.instrument.split('/')[0] ?? '').asset;
}
