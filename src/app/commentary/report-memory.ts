import type { Remembered, Report } from '../../commentary/sheet.ts';

/** What earlier reports showed, for saying what became worse since. */
export interface ReportMemory {
  /** Of the last report over the same accounts that is old enough to compare with; empty: there is none. */
  before(report: Report): Remembered;
  keep(report: Report, shown: Remembered): void;
}

/** Between two looks at a screen nothing is a trend. */
const OLD_ENOUGH_MS = 300_000;
/** Of yesterday nobody means "the last report". */
const TOO_OLD_MS = 86_400_000;
/** Each set of accounts that somebody may see has a memory of its own. */
const MOST_SCOPES = 50;

interface Kept {
  readonly at: number;
  readonly shown: Remembered;
}

export function createReportMemory(): ReportMemory {
  const scopes = new Map<string, { base: Kept | null; next: Kept | null }>();
  const nothing: Remembered = new Map();
  const ripen = (scope: { base: Kept | null; next: Kept | null }, now: number) => {
    if (scope.next === null || now - scope.next.at < OLD_ENOUGH_MS) return;
    scope.base = scope.next;
    scope.next = null;
  };
  return {
    before({ snapshot }) {
      const scope = scopes.get(scopeOf(snapshot));
      if (scope === undefined) return nothing;
      ripen(scope, snapshot.takenAt);
      const { base } = scope;
      return base !== null && snapshot.takenAt - base.at < TOO_OLD_MS ? base.shown : nothing;
    },
    keep({ snapshot }, shown) {
      const key = scopeOf(snapshot);
      const scope = scopes.get(key) ?? { base: null, next: null };
      ripen(scope, snapshot.takenAt);
      scope.next ??= { at: snapshot.takenAt, shown };
      scopes.set(key, scope);
      const [oldest] = scopes.keys();
      if (scopes.size > MOST_SCOPES && oldest !== undefined) scopes.delete(oldest);
    },
  };
}

function scopeOf({ accounts }: Report['snapshot']): string {
  return accounts.map(({ account }) => account.id).join(' ');
}
