import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Row } from './row.ts';

const START = resolve(import.meta.dirname, '..', 'start.mjs');
const IDLE_MS = 20_000;

/** The whole program as a user starts it: time to the first answer, and memory when it idles. */
export async function benchProgram(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  const env = { ...process.env, PLIMSOLL_DESK: '', PLIMSOLL_STORE: join(folder, 'bench.db') };
  try {
    const answer = median([1, 2, 3].map(() => timeOf([START], { env, cwd: folder })));
    const empty = median([1, 2, 3].map(() => timeOf(['-e', '0'], { env, cwd: folder })));
    const console = spawn(process.execPath, [START], {
      env,
      cwd: folder,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const bare = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 1e9)'], { stdio: 'ignore' });
    await new Promise((wake) => setTimeout(wake, IDLE_MS));
    const rss = residentMb(console);
    const bareRss = residentMb(bare);
    console.kill('SIGTERM');
    bare.kill();
    return [
      {
        name: 'demo desk: start to first /liq',
        figure: `${answer} ms`,
        baseline: `empty Node ${empty} ms`,
        ratio: '',
      },
      {
        name: 'demo desk idle, simulator included',
        figure: `${rss} MB`,
        baseline: `empty Node ${bareRss} MB`,
        ratio: '',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timeOf(args: string[], options: { env: NodeJS.ProcessEnv; cwd: string }): number {
  const start = performance.now();
  execFileSync(process.execPath, args, { ...options, input: '/liq\n' });
  return Math.round(performance.now() - start);
}

function residentMb({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
