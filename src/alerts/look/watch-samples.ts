import { dec, ZERO } from '../../domain/decimal.ts';
import type { AccountSnapshot } from '../../portfolio/snapshot.ts';
import type { Sample } from '../sample.ts';
import type { AlertView } from './alert-view.ts';
import { sampleAt } from './sample-at.ts';

/** Whether we see at all: ages per account, venues that are down, everything dark, our own clock. */
export function watchSamples(view: AlertView): Sample[] {
  const accounts = view.desk.accounts.map(({ account }) => account);
  const byVenue = Map.groupBy(accounts, ({ account }) => account.venue);
  if (view.isSettling) return clockSample(view);
  return [
    ...accounts.map((account) => ageSample(view, account)),
    ...[...byVenue].map(([venue, members]) => venueSample(view, venue, members)),
    blindSample(view, accounts),
    ...clockSample(view),
  ];
}

/** Of the older half of its figures; what was never read is as old as our watch. */
function ageOf({ now, startedAt }: AlertView, account: AccountSnapshot): number {
  const { positionsAt, margin, gaps } = account;
  const offersNoMargin = gaps.some(
    ({ scope, kind }) => scope === 'margin' && kind === 'unsupported',
  );
  const marginAt = margin === null && offersNoMargin ? now : (margin?.observedAt ?? startedAt);
  return Math.max(0, now - Math.min(positionsAt ?? startedAt, marginAt));
}

/** An account nobody has ever seen may hold anything. */
function hasExposure({ status, positions }: AccountSnapshot): boolean {
  return status === 'missing' || positions.length > 0;
}

function ageSample(view: AlertView, account: AccountSnapshot): Sample {
  const { id, venue, books, name } = account.account;
  const names = { rule: 'dataAge', subject: { kind: 'account', venue, account: id } } as const;
  return sampleAt(view, names, {
    value: dec(ageOf(view, account)),
    values: hasExposure(account) ? {} : { CRIT: 'unused', EMERG: 'unused' },
    scope: { account: id, asset: null, books },
    facts: { name },
  });
}

/** Too old, or refused by the venue although it answers. */
function isDown(view: AlertView, account: AccountSnapshot): boolean {
  const isRefused = account.gaps.some(
    ({ scope, kind }) => kind === 'unauthorized' && (scope === 'account' || scope === 'positions'),
  );
  return isRefused || ageOf(view, account) > view.staleAfterMs;
}

function venueSample(view: AlertView, venue: string, members: readonly AccountSnapshot[]): Sample {
  const down = members.filter((account) => isDown(view, account));
  return sampleAt(
    view,
    { rule: 'venueDown', subject: { kind: 'venue', venue } },
    {
      value: dec(down.length).div(members.length),
      facts: { down: String(down.length), accounts: String(members.length) },
    },
  );
}

/** How long nothing of any account with exposure has come in. */
function blindSample(view: AlertView, accounts: readonly AccountSnapshot[]): Sample {
  const ages = accounts.filter(hasExposure).map((account) => {
    return view.now - (account.positionsAt ?? view.startedAt);
  });
  const value = ages.length === 0 ? ZERO : dec(Math.max(0, Math.min(...ages)));
  return sampleAt(view, { rule: 'blind', subject: { kind: 'desk' } }, { value });
}

/** The middle one: a single venue whose own clock is wrong does not make ours wrong. */
function clockSample(view: AlertView): Sample[] {
  const offsets = view.clocks.map(({ offsetMs }) => offsetMs).toSorted((a, b) => a - b);
  const middle = offsets[Math.floor((offsets.length - 1) / 2)];
  if (middle === undefined || !Number.isFinite(middle)) return [];
  const value = dec(Math.abs(middle));
  const facts = { offsetMs: String(middle) };
  return [sampleAt(view, { rule: 'clockOff', subject: { kind: 'desk' } }, { value, facts })];
}
