import type { Exchange } from 'ccxt';
import type { Clock } from '../../../ports/clock.ts';

export interface MarketCatalog {
  /**
   * The instance whose market data all accounts under `key` share. `open` makes a loaded one; it runs
   * once however many ask, again after an hour (in the background), and again after a failure.
   */
  donor(key: string, open: () => Promise<Exchange>): Promise<Exchange>;
  /** Somebody met a symbol the catalog lacks: read anew next time, at most once a minute. */
  missed(key: string): void;
}

interface Shelf {
  donor: Exchange | null;
  loadedAt: number;
  isDue: boolean;
  loading: Promise<Exchange> | null;
}

const FRESH_MS = 3_600_000;
const MISSED_MS = 60_000;

export function createMarketCatalog(clock: Clock): MarketCatalog {
  const shelves = new Map<string, Shelf>();
  const shelfOf = (key: string): Shelf => {
    const shelf = shelves.get(key) ?? { donor: null, loadedAt: 0, isDue: false, loading: null };
    shelves.set(key, shelf);
    return shelf;
  };
  const load = (shelf: Shelf, open: () => Promise<Exchange>) => {
    shelf.loading ??= open()
      .then((donor) => {
        Object.assign(shelf, { donor, loadedAt: clock.now(), isDue: false });
        return donor;
      })
      .finally(() => {
        shelf.loading = null;
      });
    return shelf.loading;
  };
  return {
    async donor(key, open) {
      const shelf = shelfOf(key);
      if (shelf.donor === null || shelf.isDue) {
        const known = shelf.donor;
        return known === null ? load(shelf, open) : load(shelf, open).catch(() => known);
      }
      if (clock.now() - shelf.loadedAt > FRESH_MS) load(shelf, open).catch(() => undefined);
      return shelf.donor;
    },
    missed(key) {
      const shelf = shelfOf(key);
      if (clock.now() - shelf.loadedAt > MISSED_MS) shelf.isDue = true;
    },
  };
}
