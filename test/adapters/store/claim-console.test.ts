import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { claimConsole } from '../../../src/adapters/store/claim-console.ts';
import { openStore } from '../../../src/adapters/store/open-store.ts';
import { hasPostgres, NEEDED, sql, tempDatabase } from '../../fakes/temp-postgres.ts';

const CHILD = fileURLToPath(new URL('./claim-child.ts', import.meta.url));
const taken = { ok: false, error: { kind: 'taken' } };
const never = () => expect.fail('nobody took it');

const children: ChildProcess[] = [];
afterEach(() => {
  for (const each of children.splice(0)) each.kill('SIGKILL');
});

async function child(place: string): Promise<{ says: string; process: ChildProcess }> {
  const process_ = spawn(process.execPath, [CHILD, place], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(process_);
  const says = await new Promise<string>((resolve) =>
    process_.stdout.once('data', (chunk: Buffer) => resolve(String(chunk).trim())),
  );
  return { says, process: process_ };
}

/** Both kinds of store keep one console, however it ends. */
function claimContract(placeOf: () => string): void {
  test('a second console is refused, in this process and in another, until the first is done', async () => {
    const place = placeOf();
    const first = await claimConsole(place, never);
    if (!first.ok) return expect.fail(first.error.kind);
    expect(await claimConsole(place, never)).toEqual(taken);
    expect((await child(place)).says).toBe('taken');
    const store = await openStore({ path: place });
    expect(store.ok, 'who only asks is not kept out').toBe(true);
    if (store.ok) await store.value.close();
    await first.value.release();
    const second = await claimConsole(place, never);
    expect(second.ok).toBe(true);
    if (second.ok) await second.value.release();
  });

  test('a console killed with -9 leaves nothing that keeps the next one out', async () => {
    const place = placeOf();
    const held = await child(place);
    expect(held.says).toBe('held');
    expect(await claimConsole(place, never)).toEqual(taken);
    const gone = new Promise((resolve) => held.process.once('close', resolve));
    held.process.kill('SIGKILL');
    await gone;
    await expect
      .poll(async () => {
        const next = await claimConsole(place, never);
        if (next.ok) await next.value.release();
        return next.ok;
      })
      .toBe(true);
  });
}

describe('claimConsole on a file', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'plimsoll-claim-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  claimContract(() => join(folder, 'plimsoll.db'));

  test('a place that cannot be written is named as such, not as taken', async () => {
    const file = join(folder, 'file');
    const claimed = await claimConsole(join(file, 'plimsoll.db'), never);
    expect(claimed.ok).toBe(true);
    chmodSync(folder, 0o700);
    const inFile = await claimConsole(join(file, 'plimsoll.db.lock', 'plimsoll.db'), never);
    expect(inFile).toEqual({ ok: false, error: { kind: 'unreachable', reason: 'path' } });
    if (claimed.ok) await claimed.value.release();
  });
});

describe.skipIf(!hasPostgres)(`claimConsole on PostgreSQL (${NEEDED})`, () => {
  let database: Awaited<ReturnType<typeof tempDatabase>>;
  beforeAll(async () => {
    database = await tempDatabase();
  }, 60_000);
  afterAll(() => database.drop());

  claimContract(() => database.url);

  const endSessions = () =>
    sql(
      database.url,
      `select pg_terminate_backend(pid) from pg_locks
        where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
    );

  test('a broken connection is made again and the claim with it', async () => {
    const claimed = await claimConsole(database.url, never);
    if (!claimed.ok) return expect.fail(claimed.error.kind);
    const holders = async () =>
      (await sql(database.url, "select pid from pg_locks where locktype = 'advisory'")).map((row) =>
        JSON.stringify(row),
      );
    const before = await holders();
    await endSessions();
    // The old session may hold it for a moment yet: only a new one shows that the claim was made again.
    const isAgain = async () => {
      const now = await holders();
      return now.length === 1 && !before.includes(now[0] ?? '');
    };
    await expect.poll(isAgain, { timeout: 5000 }).toBe(true);
    expect(await claimConsole(database.url, never)).toEqual(taken);
    await claimed.value.release();
  });

  test('a claim that another won while the connection was broken is told of', async () => {
    let isTold = false;
    const first = await claimConsole(database.url, () => {
      isTold = true;
    });
    if (!first.ok) return expect.fail(first.error.kind);
    await endSessions();
    const second = await claimConsole(database.url, never);
    expect(second.ok).toBe(true);
    await expect.poll(() => isTold, { timeout: 5000 }).toBe(true);
    if (second.ok) await second.value.release();
    await first.value.release();
  });
});
