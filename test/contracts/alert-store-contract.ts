import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AlertChange, AlertRow } from '../../src/ports/alert-store.ts';
import type { Store } from '../../src/ports/store.ts';
import { told } from './a-stored-action.ts';
import type { StoreHarness } from './store-contract.ts';

const row = (kind: AlertRow['kind'], id: string, body = '{}'): AlertRow => ({ kind, id, body });
const put = (...of: Parameters<typeof row>): AlertChange => ({ put: row(...of) });
const remove = (kind: AlertRow['kind'], id: string): AlertChange => ({ remove: { kind, id } });
const event = (at: number, body = `${at}`): AlertChange => ({ event: { at, body } });

/** What every store of alerts keeps, whatever it writes to. */
export function alertStoreContract(name: string, harness: () => StoreHarness): void {
  describe(`alert store contract: ${name}`, () => {
    let place: StoreHarness;
    let store: Store;
    beforeEach(async () => {
      place = harness();
      store = await place.open();
    });
    afterEach(() => place.close());

    test('a new store holds nothing, and nobody leads it', async () => {
      expect(await told(store.alerts.load())).toEqual([]);
      expect(await told(store.alerts.events(10))).toEqual([]);
      expect(await told(store.alerts.forget(1e15))).toBe(0);
      for (const fence of [-1, 0, 1]) {
        expect(await told(store.alerts.commit(fence, [put('timer', 't')]))).toBe('fenced');
      }
      expect(await told(store.alerts.load())).toEqual([]);
    });

    test('each who takes the lead has a greater number; under an older one nothing is written', async () => {
      const first = await told(store.alerts.lead('boot 1'));
      expect(await told(store.alerts.commit(first, [put('instance', 'a')]))).toBe('committed');
      const second = await told(store.alerts.lead('boot 2'));
      expect(second).toBeGreaterThan(first);
      const late = [put('instance', 'b'), remove('instance', 'a'), event(1)];
      expect(await told(store.alerts.commit(first, late))).toBe('fenced');
      expect(await told(store.alerts.commit(second + 1, late))).toBe('fenced');
      expect(await told(store.alerts.load())).toEqual([row('instance', 'a')]);
      expect(await told(store.alerts.events(9))).toEqual([]);
      expect(await told(store.alerts.commit(second, late))).toBe('committed');
      expect(await told(store.alerts.load())).toEqual([row('instance', 'b')]);
    });

    test('of many that take the lead at once, over two connections, no two get one number', async () => {
      const second = await place.open();
      const leads = Array.from({ length: 20 }, (_, i) =>
        told((i % 2 === 0 ? store : second).alerts.lead(`boot ${i}`)),
      );
      const fences = await Promise.all(leads);
      expect(new Set(fences).size).toBe(20);
      const highest = Math.max(...fences);
      for (const fence of fences) {
        const done = await told(second.alerts.commit(fence, []));
        expect(done).toBe(fence === highest ? 'committed' : 'fenced');
      }
    });

    test('rows are replaced and removed in the order given, and listed by kind and id', async () => {
      const fence = await told(store.alerts.lead('boot'));
      const commit = (changes: readonly AlertChange[]) => told(store.alerts.commit(fence, changes));
      await commit([
        put('timer', 'b'),
        put('outbox', 'Z'),
        put('outbox', 'a'),
        put('outbox', '量'),
      ]);
      await commit([
        put('timer', 'b', '1'),
        put('timer', 'b', '2'),
        remove('outbox', 'a'),
        put('outbox', 'a', 'again'),
        put('outbox', 'gone'),
        remove('outbox', 'gone'),
        remove('silence', 'never there'),
      ]);
      expect(await told(store.alerts.load())).toEqual([
        row('outbox', 'Z'),
        row('outbox', 'a', 'again'),
        row('outbox', '量'),
        row('timer', 'b', '2'),
      ]);
    });

    test('events are the newest first, and forgotten before a moment', async () => {
      const fence = await told(store.alerts.lead('boot'));
      await told(store.alerts.commit(fence, [event(30), event(10), event(20)]));
      await told(store.alerts.commit(fence, [event(20, 'later')]));
      const bodies = async (limit: number) =>
        (await told(store.alerts.events(limit))).map(({ body }) => body);
      expect(await bodies(9)).toEqual(['later', '20', '10', '30']);
      expect(await bodies(2)).toEqual(['later', '20']);
      expect(await told(store.alerts.forget(20))).toBe(1);
      expect(await bodies(9)).toEqual(['later', '20', '30']);
    });

    test('a storm is one commit', async () => {
      const fence = await told(store.alerts.lead('boot'));
      const storm = Array.from({ length: 1000 }, (_, i) => [
        put('instance', `i${i}`),
        event(i),
      ]).flat();
      expect(await told(store.alerts.commit(fence, storm))).toBe('committed');
      expect(await told(store.alerts.load())).toHaveLength(1000);
      expect((await told(store.alerts.events(1)))[0]?.at).toBe(999);
      const clear = Array.from({ length: 1000 }, (_, i) => remove('instance', `i${i}`));
      expect(await told(store.alerts.commit(fence, clear))).toBe('committed');
      expect(await told(store.alerts.load())).toEqual([]);
    });

    test('rows, events and the fence outlive a restart', async () => {
      const fence = await told(store.alerts.lead('boot'));
      await told(store.alerts.commit(fence, [put('silence', 's'), event(1)]));
      await store.close();
      const again = await place.open();
      expect(await told(again.alerts.load())).toEqual([row('silence', 's')]);
      expect(await told(again.alerts.events(1))).toEqual([{ at: 1, body: '1' }]);
      expect(await told(again.alerts.lead('boot'))).toBeGreaterThan(fence);
    });
  });
}
