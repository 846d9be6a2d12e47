import type { CommandContext } from '../../src/app/command.ts';
import type { MarketGap } from '../../src/app/market-gap.ts';
import type { Position } from '../../src/domain/position.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';

/** Holes in what is known of the market of these positions, of these kinds. */
export function marketGapsOf(
  positions: readonly Position[],
  whole: Snapshot,
  { context, kinds }: { context: CommandContext; kinds: readonly MarketGap['what'][] },
): MarketGap[] {
  const subjects = new Set(
    positions.flatMap(({ instrument }) => [instrument.asset, instrument.symbol]),
  );
  // Of the whole desk, because the view keeps one model: a part of the desk would make it anew.
  const { gaps } = context.market(whole);
  return gaps.filter(({ what, subject }) => kinds.includes(what) && subjects.has(subject));
}

/** As `ask --json` shows them. */
export function marketGapData({ what, subject, reason, lastGoodAt }: MarketGap) {
  const source = reason.kind === 'source' ? reason.source : null;
  const kind = reason.kind === 'source' ? reason.error.kind : reason.kind;
  const lastGood = lastGoodAt === null ? null : new Date(lastGoodAt).toISOString();
  return { what, subject, kind, source, lastGoodAt: lastGood };
}
