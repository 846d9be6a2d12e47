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
/** How long a read waits for a symbol it lacks; the symbols it knows must not miss its deadline. */
const PATIENCE_MS = 2_000;

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
        if (known === null) return load(shelf, open);
        const leaving = new AbortController();
        const tired = clock.after(PATIENCE_MS, leaving.signal).then(() => known);
        const loaded = load(shelf, open).catch(() => known);
        return Promise.race([loaded, tired]).finally(() => leaving.abort());
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
