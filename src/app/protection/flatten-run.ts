import type { Consenter } from '../../actions/consent.ts';
import type { Account } from '../../domain/account.ts';
import { visibleTo } from '../actions/find-position.ts';
import type { Desk } from '../desk.ts';
import { type FlattenLegDeps, flattenLeg } from './flatten-leg.ts';
import type { FlattenLeg, FlattenRecord, LegReport } from './flatten-record.ts';
import { type FlattenScope, legsIn, scopeCalled, unreadIn } from './flatten-scope.ts';

export interface FlattenRunDeps extends Omit<FlattenLegDeps, 'until'> {
  readonly desk: Pick<Desk, 'refresh' | 'lastKnown'>;
  readonly accounts: readonly Account[];
  /** Whose scope it is: never more than they may see. */
  readonly by: Consenter;
}

export interface FlattenOutcome {
  readonly report: readonly LegReport[];
  /** Accounts of the scope that could not be read at the end: nobody knows what they hold. */
  readonly unread: readonly string[];
}

const LONGEST_MS = 120_000;
/** What is opened while it runs is closed as well, so many times. */
const MOST_PASSES = 3;

/**
 * Closes everything that is in the scope now, all legs side by side, and answers leg by leg.
 * An account that cannot be read is asked again until the time is up: what it holds is not known to be
 * flat, and is reported so.
 */
export async function runFlatten(
  record: Pick<FlattenRecord, 'scope' | 'legs' | 'unread'>,
  deps: FlattenRunDeps,
): Promise<FlattenOutcome> {
  const until = deps.clock.now() + LONGEST_MS;
  const known = deps.accounts.filter(({ id }) => deps.by.accounts?.includes(id) ?? true);
  const look = () => visibleTo(deps.by.accounts, deps.desk.lastKnown());
  // An asset that nobody holds any more is still the asset that was meant.
  const scope: FlattenScope = scopeCalled(record.scope, known, look()) ?? {
    ...{ name: record.scope, accounts: known.map(({ id }) => id), asset: record.scope },
  };
  const reports = new Map<string, LegReport>();
  let open: readonly FlattenLeg[] = record.legs;
  for (let pass = 0; pass < MOST_PASSES && deps.clock.now() < until; pass += 1) {
    await Promise.all(scope.accounts.map((id) => deps.desk.refresh(id)));
    const fresh = legsIn(scope, look());
    open = pass === 0 ? merged(record.legs, fresh) : fresh.filter((leg) => isNew(leg, reports));
    if (open.length === 0) break;
    const done = await Promise.all(open.map((leg) => flattenLeg(leg, { ...deps, until })));
    for (const each of done) reports.set(keyOf(each.leg), each);
  }
  return { report: [...reports.values()], unread: unreadIn(scope, look()) };
}

function merged(previewed: readonly FlattenLeg[], fresh: readonly FlattenLeg[]): FlattenLeg[] {
  const byKey = new Map([...previewed, ...fresh].map((leg) => [keyOf(leg), leg]));
  return [...byKey.values()];
}

/** Not seen in an earlier pass, or said to be flat and there again. */
function isNew(leg: FlattenLeg, reports: ReadonlyMap<string, LegReport>): boolean {
  return reports.get(keyOf(leg))?.isFlat !== false;
}

function keyOf({ account, instrument, side, isIsolated }: FlattenLeg): string {
  return `${account} ${instrument} ${side} ${isIsolated}`;
}
