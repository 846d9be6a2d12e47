import { execFileSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** A PostgreSQL for tests: the one of DATABASE_URL, or one of the suite's own that lies in `folder`. */
interface PostgresServer {
  /** Of its maintenance database. */
  readonly url: string;
}

const START_MS = 60_000;
const FOLDERS = [
  ...(process.env['PATH'] ?? '').split(':'),
  ...[18, 17, 16, 15, 14, 13].map((version) => `/usr/lib/postgresql/${version}/bin`),
];

const ROOM = 2e9;

/**
 * Where a server of tests lies: in memory when there is room. What a test kills are processes, which the
 * page cache outlives; the disk would only make each start and commit slower.
 */
export function serverBase(): string {
  if (!existsSync('/dev/shm')) return tmpdir();
  const { bavail, bsize } = statfsSync('/dev/shm');
  return bavail * bsize > ROOM ? '/dev/shm' : tmpdir();
}

/** Where `initdb`, `pg_ctl` and `postgres` are, all three; null: not on this machine. */
export function postgresBinaries(): string | null {
  const needed = ['initdb', 'pg_ctl', 'postgres'];
  return FOLDERS.find((folder) => needed.every((name) => existsSync(join(folder, name)))) ?? null;
}

/** PostgreSQL refuses to run as root; then it runs as somebody who may do nothing else. */
function asServerUser(owned: string): readonly string[] {
  if (process.getuid?.() !== 0) return [];
  for (const user of ['postgres', 'nobody']) {
    const entry = readFileSync('/etc/passwd', 'utf8').match(
      new RegExp(`^${user}:[^:]*:(\\d+):(\\d+):`, 'm'),
    );
    if (!entry) continue;
    const [uid, gid] = [Number(entry[1]), Number(entry[2])];
    chownSync(owned, uid, gid);
    return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  }
  throw new Error('root, and neither postgres nor nobody to run PostgreSQL as');
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Makes a server in the folder and starts it; `run` is for stopping and starting it again. */
export async function startPostgres(folder: string): Promise<
  PostgresServer & {
    readonly pid: () => number;
    start(): void;
    stop(how: 'fast' | 'immediate'): void;
  }
> {
  const bin = postgresBinaries();
  if (bin === null) throw new Error('no initdb, pg_ctl and postgres on this machine');
  mkdirSync(folder, { recursive: true });
  const user = asServerUser(folder);
  const data = join(folder, 'data');
  const run = (name: string, ...args: readonly string[]) => {
    const [command = '', ...rest] = [...user, join(bin, name), ...args];
    execFileSync(command, rest, { stdio: 'ignore', cwd: folder });
  };
  const port = await freePort();
  run('initdb', '-D', data, '-U', 'plimsoll', '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N');
  const options = `-p ${port} -h 127.0.0.1 -k ${folder} -c max_connections=60`;
  const start = () =>
    run('pg_ctl', '-D', data, '-l', join(folder, 'log'), '-w', '-o', options, 'start');
  start();
  return {
    url: `postgres://plimsoll@127.0.0.1:${port}/postgres`,
    pid: () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]),
    start,
    stop: (how) => run('pg_ctl', '-D', data, '-m', how, '-w', 'stop'),
  };
}

/** Ends the suite's own server, if a test file asked for it. */
export function stopSharedPostgres(folder: string): void {
  const file = join(folder, 'server', 'data', 'postmaster.pid');
  if (!existsSync(file)) return;
  process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGQUIT');
}

/** The suite's one server: started by the first test file that asks, whichever process that is. */
export async function sharedPostgres(folder: string): Promise<PostgresServer> {
  const given = process.env['DATABASE_URL'];
  if (given) return { url: given };
  const told = join(folder, 'url');
  try {
    mkdirSync(join(folder, 'starting'));
  } catch {
    // Somebody else starts it.
    for (let waited = 0; waited < START_MS; waited += 50) {
      if (existsSync(told)) return { url: readFileSync(told, 'utf8') };
      await setTimeout(50);
    }
    throw new Error('the PostgreSQL of this suite did not start');
  }
  const { url } = await startPostgres(join(folder, 'server'));
  // In one step: others look for it.
  writeFileSync(`${told}.new`, url);
  renameSync(`${told}.new`, told);
  return { url };
}
