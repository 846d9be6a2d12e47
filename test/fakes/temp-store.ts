import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/adapters/store/open-store.ts';
import type { Store } from '../../src/ports/store.ts';
import type { StoreHarness } from '../contracts/store-contract.ts';

/** The real store in a folder of its own that `close` removes. */
export function tempStore(): StoreHarness & { readonly path: string } {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-store-'));
  const path = join(folder, 'plimsoll.db');
  const opened: Store[] = [];
  return {
    path,
    async open() {
      const store = await openStore({ path });
      if (!store.ok) throw new Error(`the store says ${store.error.kind}`);
      opened.push(store.value);
      return store.value;
    },
    async close() {
      await Promise.all(opened.map((store) => store.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
