import type { Clock } from '../ports/clock.ts';
import type { ListedContract, MarketSource } from '../ports/market-data.ts';
import type { MarketGapReason } from './market-gap.ts';
import { createRetry } from './retry.ts';

export interface ContractList {
  /** What the sources list now, asked again once a day; and who could not be asked. */
  read(signal: AbortSignal): Promise<ContractReading>;
}

interface ContractReading {
  readonly contracts: readonly ListedContract[];
  /** Null: every source answered, or has no list to give. */
  readonly missing: MarketGapReason | null;
}

const FRESH_MS = 86_400_000;

interface Shelf {
  readonly source: MarketSource;
  readonly retry: ReturnType<typeof createRetry>;
  contracts: readonly ListedContract[];
  readAt: number | null;
  missing: MarketGapReason | null;
}

export function createContractList(sources: readonly MarketSource[], clock: Clock): ContractList {
  const shelves = sources.map(
    (source): Shelf => ({
      source,
      retry: createRetry(),
      contracts: [],
      readAt: null,
      missing: null,
    }),
  );
  const refresh = async (shelf: Shelf, signal: AbortSignal) => {
    const now = clock.now();
    const isFresh = shelf.readAt !== null && now - shelf.readAt < FRESH_MS;
    if (isFresh || !shelf.retry.isDue(now)) return;
    const answer = await shelf.source.contracts(signal);
    if (answer.ok) {
      Object.assign(shelf, { contracts: answer.value.value, readAt: clock.now(), missing: null });
      shelf.retry.succeeded();
    } else if (answer.error.kind === 'unsupported') {
      Object.assign(shelf, { readAt: clock.now(), missing: null });
    } else {
      shelf.missing = { kind: 'source', source: shelf.source.name, error: answer.error };
      shelf.retry.failed(clock.now(), answer.error.retryAfterMs);
    }
  };
  // Two that ask at once are one question to the venues.
  let running: Promise<unknown> | null = null;
  return {
    async read(signal) {
      running ??= Promise.all(shelves.map((shelf) => refresh(shelf, signal))).finally(() => {
        running = null;
      });
      await running;
      return {
        contracts: shelves.flatMap(({ contracts }) => contracts),
        missing: shelves.find(({ missing }) => missing !== null)?.missing ?? null,
      };
    },
  };
}
