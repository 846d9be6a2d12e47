import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../../src/adapters/store/open-store.ts';
import type { StoreError } from '../../../src/ports/store-error.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-open-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function makeStore(path: string): Promise<void> {
  const store = await openStore({ path });
  if (!store.ok) return expect.fail(`the store says ${store.error.kind}`);
  await store.value.facts.put('seed', 'plimsoll');
  await store.value.close();
}

function alter(path: string, sql: string): void {
  const db = new DatabaseSync(path);
  db.exec(sql);
  db.close();
}

const UNOPENABLE: readonly {
  readonly what: string;
  readonly prepare: (path: string) => Promise<void> | void;
  readonly error: StoreError;
}[] = [
  {
    what: 'a folder in its place',
    prepare: (path) => void mkdirSync(path),
    error: { kind: 'unreachable', reason: 'directory' },
  },
  {
    what: 'a file where its folder should be',
    prepare: (path) => writeFileSync(join(path, '..', '..', 'desk'), ''),
    error: { kind: 'unreachable', reason: 'path' },
  },
  {
    what: 'a text file',
    prepare: (path) => writeFileSync(path, 'accounts:\n'.repeat(1000)),
    error: { kind: 'not-a-store' },
  },
  {
    what: "another program's database",
    prepare: (path) => alter(path, 'create table invoice (id integer) strict'),
    error: { kind: 'not-a-store' },
  },
  {
    what: 'a store of a newer program',
    prepare: async (path) => {
      await makeStore(path);
      alter(path, "insert into kysely_migration values ('0999-from-the-future', '2030-01-01')");
    },
    error: { kind: 'newer', migration: '0999-from-the-future' },
  },
  {
    what: 'a store whose list of migrations is gone',
    prepare: async (path) => {
      await makeStore(path);
      alter(path, 'drop table kysely_migration');
    },
    error: { kind: 'corrupt' },
  },
  {
    what: 'a store whose table of contents is overwritten',
    prepare: async (path) => {
      await makeStore(path);
      const bytes = readFileSync(path);
      writeFileSync(path, bytes.fill(0xff, 100, 4096));
    },
    error: { kind: 'corrupt' },
  },
];

describe('openStore', () => {
  test.each(UNOPENABLE)(
    'refuses $what and leaves it as it is',
    async ({ what, prepare, error }) => {
      const deep = what.includes('its folder');
      const path = join(folder, deep ? 'desk/plimsoll.db' : 'plimsoll.db');
      if (deep) writeFileSync(join(folder, 'desk'), '');
      else await prepare(path);
      const before = error.kind === 'unreachable' ? null : readFileSync(path);
      expect(await openStore({ path })).toEqual({ ok: false, error });
      if (before) expect(readFileSync(path).equals(before)).toBe(true);
    },
  );

  test('makes the folder and the file, for their owner only', async () => {
    const path = join(folder, 'deep', 'er', 'plimsoll.db');
    await makeStore(path);
    const modes = [path, join(path, '..')].map((at) => statSync(at).mode & 0o777);
    expect(modes).toEqual([0o600, 0o700]);
  });

  test('an empty file is a new store', async () => {
    const path = join(folder, 'plimsoll.db');
    writeFileSync(path, '');
    await makeStore(path);
  });

  test('keeps what was written, and leaves one file when closed', async () => {
    const path = join(folder, 'plimsoll.db');
    await makeStore(path);
    expect(() => statSync(`${path}-wal`)).toThrow();
    const store = await openStore({ path });
    if (!store.ok) return expect.fail(store.error.kind);
    expect(await store.value.facts.get('seed')).toEqual({ ok: true, value: 'plimsoll' });
    await store.value.close();
  });

  test('a damaged row is an error value, and does not end the store', async () => {
    const path = join(folder, 'plimsoll.db');
    await makeStore(path);
    alter(
      path,
      "insert into funding_payment values ('v', 's', 1, 'much', null), ('w', 's', 1, '0.1', null);" +
        "insert into var_forecast values ('desk', 'fhs', 1, 1, '1', '1', null, '{', null, null, null)",
    );
    const opened = await openStore({ path });
    if (!opened.ok) return expect.fail(opened.error.kind);
    const store = opened.value;
    const range = { from: 0, to: 9 };
    const corrupt = { ok: false, error: { kind: 'corrupt' } };
    expect(await store.funding.read({ venue: 'v', symbol: 's' }, range)).toEqual(corrupt);
    expect(await store.forecasts.read({ book: 'desk', method: 'fhs' }, range)).toEqual(corrupt);
    expect((await store.funding.read({ venue: 'w', symbol: 's' }, range)).ok).toBe(true);
    await store.close();
  });

  test('the file is written safely: WAL, and tables that take no text for a number', async () => {
    const path = join(folder, 'plimsoll.db');
    await makeStore(path);
    const db = new DatabaseSync(path);
    expect(db.prepare('pragma journal_mode').get()).toMatchObject({ journal_mode: 'wal' });
    const loose = db
      .prepare("select name from pragma_table_list where strict = 0 and name not like 'sqlite%'")
      .all()
      .map(({ name }) => name);
    db.close();
    expect(loose.filter((name) => !String(name).startsWith('kysely'))).toEqual([]);
  });
});

test('a store of the first program gains what has come since, and keeps its rows', async () => {
  const path = join(folder, 'old.db');
  await makeStore(path);
  alter(
    path,
    `alter table var_forecast drop column var975_usd;
     drop table action; drop table audit_line; drop table audit_head;
     drop table alert_lead; drop table alert_row; drop table alert_event;
     delete from kysely_migration where name > '0001-first-tables';
     insert into var_forecast (book, method, day, made_at, var99_usd, es975_usd, exposures)
       values ('desk', 'fhs', 20000, 5, '10', '12', '[]')`,
  );
  const store = await openStore({ path });
  if (!store.ok) return expect.fail(`the store says ${store.error.kind}`);
  const { forecasts, facts, alerts } = store.value;
  expect(await alerts.lead('boot')).toEqual({ ok: true, value: 1 });
  const series = { book: 'desk', method: 'fhs' };
  expect(await forecasts.read(series, { from: 0, to: 30_000 })).toMatchObject({
    value: [{ day: 20_000, var99Usd: 10, var975Usd: null }],
  });
  expect(await facts.get('seed')).toMatchObject({ value: 'plimsoll' });
  await store.value.close();
});
