import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../../src/adapters/store/open-store.ts';
import { told } from '../../contracts/a-stored-action.ts';
import { cutCommit } from '../../fakes/cut-commit.ts';
import { hasPostgres, NEEDED, tempDatabase } from '../../fakes/temp-postgres.ts';

describe.skipIf(!hasPostgres)(`a commit without an answer on PostgreSQL (${NEEDED})`, () => {
  let database: Awaited<ReturnType<typeof tempDatabase>>;
  let way: Awaited<ReturnType<typeof cutCommit>>;
  let path = '';
  beforeAll(async () => {
    database = await tempDatabase();
    const url = new URL(database.url);
    way = await cutCommit({ host: url.hostname, port: Number(url.port) });
    url.port = String(way.port);
    path = url.href;
  }, 60_000);
  afterAll(async () => {
    await way.close();
    await database.drop();
  });

  test.each([
    { why: 'the server has had it: it is there', when: 'after', stands: 'two' },
    { why: 'the server never heard of it: it is not there', when: 'before', stands: 'one' },
  ] as const)('is lost, and not repeated; $why', async ({ when, stands }) => {
    const store = await openStore({ path });
    if (!store.ok) return expect.fail(store.error.kind);
    const { facts } = store.value;
    await told(facts.put('seed', 'one'));
    way.cut(when);
    expect(await facts.put('seed', 'two')).toEqual({ ok: false, error: { kind: 'lost' } });
    expect(await told(facts.get('seed'))).toBe(stands);
    await store.value.close();
  });
});
