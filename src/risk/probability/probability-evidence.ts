import type { InstrumentId } from '../../domain/units.ts';
import type { AssetOutlook } from './asset-outlook.ts';
import type { BookSide } from './exit-cost.ts';
import type { PoolEvidence } from './pool-probability.ts';

/** What the market says, as far as it is known; what is absent is not known. */
export interface ProbabilityEvidence {
  /** By asset. */
  readonly outlooks: ReadonlyMap<string, AssetOutlook>;
  /** Signed, over a year, by instrument: positive is paid by longs. */
  readonly fundingAnnual: ReadonlyMap<InstrumentId, number>;
  readonly depth: ReadonlyMap<InstrumentId, InstrumentDepth>;
  readonly simulation: PoolEvidence['simulation'];
}

export interface InstrumentDepth {
  readonly bids: BookSide;
  readonly asks: BookSide;
  /** Base units; null: not known. */
  readonly dailyVolume: number | null;
}
