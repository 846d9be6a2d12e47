import { type ChildProcess, execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../../src/adapters/store/open-store.ts';
import { postgresBinaries, serverBase, startPostgres } from '../../fakes/postgres-server.ts';
import { sql } from '../../fakes/temp-postgres.ts';
import { type Found, type TorturePlace, tortureLane } from './torture-lane.ts';

const ASKED = process.env['PLIMSOLL_KILLS'];
/** Each is the death of a client and, in the second test, of the server with its restart. */
const KILLS = Number(ASKED ?? '4');

const ROWS = "select open_time from plimsoll.candle where venue = 'torture' order by open_time";

/** Kills the server as the kernel would when it is out of memory: the parent and all its sessions. */
function killServer(parent: number): void {
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(parent)], {
    encoding: 'utf8',
  });
  for (const pid of [parent, ...children.split('\n').map(Number).filter(Boolean)]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself meanwhile.
    }
  }
}

describe.skipIf(postgresBinaries() === null)(
  'kill torture of PostgreSQL (needs initdb and postgres on this machine)',
  () => {
    let server: Awaited<ReturnType<typeof startPostgres>>;
    let folder = '';
    beforeAll(async () => {
      folder = mkdtempSync(join(serverBase(), 'plimsoll-torture-'));
      chmodSync(folder, 0o755);
      server = await startPostgres(join(folder, 'server'));
    }, 60_000);
    afterAll(() => {
      server.stop('immediate');
      rmSync(folder, { recursive: true, force: true });
    });

    /** As its keeper would: until the last session of the dead one has left the shared memory. */
    async function restart(): Promise<void> {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return server.start();
        } catch (thrown) {
          if (attempt === 50) throw thrown;
          await setTimeout(200);
        }
      }
    }

    /** Every row, and whether the index of the key knows the same ones. */
    async function look(url: string): Promise<Found> {
      const [found] = await sql(url, "select to_regclass('plimsoll.candle')::text as name");
      if (!found?.['name']) return { openTimes: [], integrity: 'ok' };
      const numbers = async (planner: string) => {
        const rows = await sql(`${url}?options=${encodeURIComponent(planner)}`, ROWS);
        return rows.map((row) => Number(row['open_time']));
      };
      const openTimes = await numbers('-c enable_indexscan=off -c enable_bitmapscan=off');
      const indexed = await numbers('-c enable_seqscan=off');
      const isSame = JSON.stringify(indexed) === JSON.stringify(openTimes);
      return { openTimes, integrity: isSame ? 'ok' : 'the index differs' };
    }

    async function lane(name: string, how: Pick<TorturePlace, 'kill' | 'errors'>): Promise<number> {
      await sql(server.url, `create database ${name}`);
      const url = server.url.replace(/\/postgres$/, `/${name}`);
      const total = await tortureLane(
        { path: url, cache: join(folder, 'cache'), look: () => look(url), ...how },
        { seed: 7, kills: KILLS },
      );
      const store = await openStore({ path: url });
      if (!store.ok) return expect.fail(store.error.kind);
      await store.value.close();
      if (ASKED) console.info(`PostgreSQL, ${name}: ${KILLS} kills, ${total} acknowledged`);
      return total;
    }

    const options = { timeout: Math.max(60_000, KILLS * 4000) };

    test(
      `${KILLS} kills of the program lose no acknowledged row and tear no call`,
      options,
      async () => {
        const total = await lane('client_killed', {
          kill: (child) => void child.kill('SIGKILL'),
          errors: [],
        });
        expect(total).toBeGreaterThan(KILLS * 10);
      },
    );

    test(
      `${KILLS} kills of the server lose no acknowledged row and tear no call`,
      options,
      async () => {
        const kill = async (child: ChildProcess) => {
          killServer(server.pid());
          // What the program now says counts too: it must acknowledge nothing that is not there.
          await setTimeout(100);
          child.kill('SIGKILL');
          await restart();
        };
        const total = await lane('server_killed', { kill, errors: ['unreachable', 'lost'] });
        expect(total).toBeGreaterThan(KILLS * 10);
      },
    );
  },
);
