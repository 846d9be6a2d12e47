import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../../src/adapters/store/open-store.ts';
import type { Store } from '../../../src/ports/store.ts';
import { told } from '../../contracts/a-stored-action.ts';
import { hasPostgres, NEEDED, sql, tempDatabase } from '../../fakes/temp-postgres.ts';

describe.skipIf(!hasPostgres)(`openStore on PostgreSQL (${NEEDED})`, () => {
  let database: Awaited<ReturnType<typeof tempDatabase>>;
  beforeAll(async () => {
    database = await tempDatabase();
  }, 60_000);
  afterAll(() => database.drop());
  beforeEach(() => sql(database.url, 'drop schema if exists plimsoll cascade'));

  const open = async (): Promise<Store> => {
    const store = await openStore({ path: database.url });
    return store.ok ? store.value : expect.fail(store.error.kind);
  };
  const refused = async (path: string) => {
    const store = await openStore({ path });
    if (store.ok) await store.value.close();
    return store.ok ? null : store.error;
  };
  const elsewhere = (change: (url: URL) => void): string => {
    const url = new URL(database.url);
    change(url);
    return url.href;
  };

  test('a store of a newer program is refused and left as it is', async () => {
    await (await open()).close();
    await sql(
      database.url,
      "insert into plimsoll.kysely_migration values ('0999-from-the-future', '2030-01-01')",
    );
    expect(await refused(database.url)).toEqual({
      kind: 'newer',
      migration: '0999-from-the-future',
    });
    const rows = await sql(
      database.url,
      'select name from plimsoll.kysely_migration order by name',
    );
    expect(rows.at(-1)).toEqual({ name: '0999-from-the-future' });
  });

  test('a schema of somebody else is refused and left as it is', async () => {
    await sql(database.url, 'create schema plimsoll; create table plimsoll.invoice (id integer)');
    expect(await refused(database.url)).toEqual({ kind: 'not-a-store' });
    const tables = await sql(
      database.url,
      "select tablename from pg_tables where schemaname = 'plimsoll'",
    );
    expect(tables).toEqual([{ tablename: 'invoice' }]);
  });

  test('where nothing listens, or the database is not there, that is what it says', async () => {
    const nobody = elsewhere((url) => {
      url.host = '127.0.0.1:1';
    });
    expect(await refused(nobody)).toEqual({ kind: 'unreachable', reason: 'server' });
    const noSuch = elsewhere((url) => {
      url.pathname = '/no_such_database';
    });
    expect(await refused(noSuch)).toEqual({ kind: 'unreachable', reason: 'database' });
    const stranger = elsewhere((url) => {
      url.username = 'nobody_of_that_name';
    });
    expect(await refused(stranger)).toEqual({ kind: 'unreachable', reason: 'login' });
  });

  test('four that open a new database at once make it once', async () => {
    const stores = await Promise.all([open(), open(), open(), open()]);
    await Promise.all(stores.map((store, i) => told(store.facts.put(`fact ${i}`, `${i}`))));
    expect(await told(stores[0].facts.get('fact 3'))).toBe('3');
    await Promise.all(stores.map((store) => store.close()));
  });

  test('sessions that are ended while idle are made anew: the next read and write succeed', async () => {
    const store = await open();
    await told(store.facts.put('seed', 'before'));
    await told(store.facts.get('seed'));
    await sql(
      database.url,
      `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'plimsoll' and datname = current_database()`,
    );
    await told(store.facts.put('seed', 'after'));
    expect(await told(store.facts.get('seed'))).toBe('after');
    await store.close();
  });

  test('a write that waits for a lock too long is busy and not there; later it is written', async () => {
    const store = await open();
    await told(store.facts.put('seed', 'one'));
    const holder = sql(
      database.url,
      'begin; lock table plimsoll.fact in exclusive mode; select pg_sleep(6); commit',
    );
    await expect
      .poll(
        async () =>
          (
            await sql(
              database.url,
              "select 1 from pg_locks where mode = 'ExclusiveLock' and granted and relation = 'plimsoll.fact'::regclass",
            )
          ).length,
      )
      .toBe(1);
    expect(await store.facts.put('seed', 'two')).toEqual({ ok: false, error: { kind: 'busy' } });
    await holder;
    expect(await told(store.facts.get('seed'))).toBe('one');
    await told(store.facts.put('seed', 'three'));
    await store.close();
  });

  test('what PostgreSQL cannot keep as text is refused, alone, and takes nothing along', async () => {
    const store = await open();
    const [bad, good] = await Promise.all([
      store.facts.put('seed', 'a\u0000b'),
      store.facts.put('other', 'fine'),
    ]);
    expect(bad).toEqual({ ok: false, error: { kind: 'refused', code: null } });
    expect(good.ok).toBe(true);
    await store.close();
  });
});
