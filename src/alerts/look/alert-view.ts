import type { Decimal } from '../../domain/decimal.ts';
import type { Instrument } from '../../domain/instrument.ts';
import type { Handle } from '../../domain/units.ts';
import type { JudgedDesk } from '../../risk/probability/judge-desk.ts';

/** Everything the rules look at, at one moment. What is not known is left out of its list. */
export interface AlertView {
  readonly desk: JudgedDesk;
  /** Epoch ms that no clock step moves. */
  readonly now: number;
  /** Of this look; see Sample. */
  readonly sequence: number;
  /** A reading older than this is stale. */
  readonly staleAfterMs: number;
  /** Since when somebody has been watching: what was never read is as old as that. */
  readonly startedAt: number;
  /** After a start, until every account was asked once or a minute has passed: nobody is called late yet. */
  readonly isSettling: boolean;
  /** Books whose legs are meant to cancel. */
  readonly hedgedBooks: readonly string[];
  /** Marks of the last minutes by asset, oldest first, of one unit of the asset itself. */
  readonly marks: ReadonlyMap<string, readonly PastMark[]>;
  readonly funding: readonly FundingLook[];
  /** Places in the venues' queues of auto-deleveraging. */
  readonly adl: readonly AdlLook[];
  /** What dollar coins cost in US dollars. */
  readonly coins: readonly CoinLook[];
  /** Our clock minus each venue's. */
  readonly clocks: readonly { readonly venue: string; readonly offsetMs: number }[];
}

export interface PastMark {
  readonly at: number;
  readonly price: Decimal;
}

interface FundingLook {
  readonly instrument: Instrument;
  /** Of one interval, signed: positive is paid by longs. */
  readonly rate: Decimal;
  readonly observedAt: number;
}

interface AdlLook {
  readonly handle: Handle;
  /** From the head of the queue: 0.2 is among the first fifth. */
  readonly share: Decimal;
  readonly observedAt: number;
}

interface CoinLook {
  readonly coin: string;
  readonly usd: Decimal;
  readonly observedAt: number;
}
