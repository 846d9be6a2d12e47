import type { CommandContext } from '../../src/app/command.ts';
import type { MarketGap } from '../../src/app/market-gap.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import type { Figure, Note, Severity, Table } from '../../src/replies/reply.ts';
import { computeStressBook } from '../../src/risk/stress/compute-stress-book.ts';
import type { Scenario } from '../../src/risk/stress/scenario.ts';
import { allScenarios } from '../../src/risk/stress/scenario-grid.ts';
import type { StressBook } from '../../src/risk/stress/stress-book.ts';

/** A desk and every scenario it can be put through now. */
export interface StressedDesk {
  readonly snapshot: Snapshot;
  readonly book: StressBook;
  readonly scenarios: readonly Scenario[];
  /** Without all of them there are no volatility scenarios. */
  readonly withoutVolatility: readonly string[];
  readonly marketGaps: readonly MarketGap[];
}

/** What `/stress` says, with a scenario or without. */
export interface StressAnswer {
  readonly data: Readonly<Record<string, unknown>>;
  readonly severity: Severity | null;
  readonly figures: readonly Figure[];
  readonly tables: readonly Table[];
  readonly paragraphs: readonly string[];
  readonly notes: readonly Note[];
  readonly marketGaps: readonly MarketGap[];
}

export function stressed(snapshot: Snapshot, context: CommandContext): StressedDesk {
  const book = computeStressBook(snapshot);
  const { varModel, gaps } = context.market(snapshot);
  const volatility = Object.fromEntries(
    book.assets.flatMap((asset) => {
      const known = varModel?.assets.get(asset);
      return known === undefined ? [] : [[asset, known.dailyVolatility]];
    }),
  );
  return {
    snapshot,
    book,
    scenarios: allScenarios(book, volatility),
    withoutVolatility: book.assets.filter((asset) => volatility[asset] === undefined),
    marketGaps: gaps.filter(
      ({ what, subject }) => what === 'candles' && book.assets.includes(subject),
    ),
  };
}
