import type { JudgedPosition } from '../../src/risk/probability/judge-desk.ts';

/** Snapshot order is desk order, and sorting is stable: only size within an account changes. */
export function bySize(rows: readonly JudgedPosition[]): JudgedPosition[] {
  const accounts = [...new Set(rows.map((row) => row.position.account))];
  return accounts.flatMap((account) => {
    const own = rows.filter((row) => row.position.account === account);
    return own.sort((a, b) => b.notionalUsd?.cmp(a.notionalUsd ?? -1) ?? 1);
  });
}
