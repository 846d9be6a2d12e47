import type { Snapshot } from '../portfolio/snapshot.ts';
import type { Formatter } from '../replies/format.ts';
import type { Translate } from '../replies/translate.ts';
import { assessDesk } from '../risk/assess-desk.ts';
import type { PositionRisk } from '../risk/position-risk.ts';

/** One line that says what the desk looks like now; null before anything was read. */
export function deskLine(
  snapshot: Snapshot,
  { say, format }: { readonly say: Translate; readonly format: Formatter },
): string | null {
  if (
    snapshot.accounts.every(({ positionsAt, gaps }) => positionsAt === null && gaps.length === 0)
  ) {
    return null;
  }
  const risk = assessDesk(snapshot);
  const line = say('terminal.desk', {
    equity: format.usd(risk.totals.equityUsd, 'down'),
    usage: format.percent(risk.totals.marginUsage, 'up'),
    nearest: nearestText(risk.positions, { say, format }),
    time: format.time(oldestReading(snapshot)),
  });
  // In the first seconds some accounts are not read yet: no gap, and still not in the sums.
  const count = snapshot.accounts.filter(
    ({ status, gaps }) => status === 'missing' || gaps.length > 0,
  ).length;
  return count === 0 ? line : `${line} | ! ${say('terminal.gaps', { count })}`;
}

/** The line speaks for all accounts, so it is as old as the oldest of them. */
function oldestReading({ accounts }: Snapshot): number | null {
  const times = accounts.flatMap(({ positionsAt }) => (positionsAt === null ? [] : [positionsAt]));
  return times.length === 0 ? null : Math.min(...times);
}

function nearestText(
  positions: readonly PositionRisk[],
  { say, format }: { readonly say: Translate; readonly format: Formatter },
): string {
  let nearest: PositionRisk | null = null;
  for (const candidate of positions) {
    if (candidate.liquidationDistance === null) continue;
    if (!nearest?.liquidationDistance?.lte(candidate.liquidationDistance)) nearest = candidate;
  }
  if (!nearest) return say('terminal.noNearest');
  return say('terminal.nearest', {
    asset: nearest.position.instrument.asset,
    side: say(`side.${nearest.position.side}`),
    distance: format.percent(nearest.liquidationDistance, 'down'),
  });
}
