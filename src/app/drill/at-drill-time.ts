import type { Snapshot } from '../../portfolio/snapshot.ts';

/** The same readings with the ages they have, told in the drill's time. */
export function atDrillTime(snapshot: Snapshot, now: number): Snapshot {
  const shift = now - snapshot.takenAt;
  const moved = <T extends number | null>(at: T): T => (at === null ? at : ((at + shift) as T));
  return {
    takenAt: now,
    accounts: snapshot.accounts.map((account) => ({
      ...account,
      positionsAt: moved(account.positionsAt),
      positions: account.positions.map((each) => ({
        ...each,
        observedAt: moved(each.observedAt),
      })),
      margin: account.margin && {
        ...account.margin,
        observedAt: moved(account.margin.observedAt),
      },
      gaps: account.gaps.map((gap) => ({ ...gap, lastGoodAt: moved(gap.lastGoodAt) })),
    })),
  };
}
