import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { claimConsole } from '../src/adapters/store/claim-console.ts';
import { openStore } from '../src/adapters/store/open-store.ts';

/** START_SIGNALS=200 tries so many moments, and holds each to the two seconds of a quiet machine. */
const tries = Number(process.env['START_SIGNALS'] ?? 4);
const limitMs = process.env['START_SIGNALS'] ? 2000 : 15_000;
const START = resolve(import.meta.dirname, '../start.mjs');
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-start-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** The same moments in every run, over the first two seconds. */
const moments = Array.from({ length: tries }, (_, i) => ({
  atMs: Math.round(2000 * ((i * 0.618_034 + 0.1) % 1)),
  signal: i % 2 === 0 ? ('SIGTERM' as const) : ('SIGINT' as const),
  place: i,
}));

test.each(moments)(
  '$signal $atMs ms after the start: gone at once, and the store opens',
  async ({ atMs, signal, place }) => {
    const file = join(folder, `${place}.db`);
    const child = startConsole(file);
    const over = endOf(child);
    await after(atMs);
    const hadBegun = existsSync(file);
    const sentAt = performance.now();
    child.kill(signal);
    const end = await over;
    expect(performance.now() - sentAt).toBeLessThan(limitMs);
    // Before our first line runs the signal is Node's own to die of: nothing was begun then.
    if (end.code !== 0)
      expect({ ...end, hadBegun }).toEqual({ code: null, signal, hadBegun: false });
    const claimed = await claimConsole(file, () => {});
    expect(claimed.ok && (await claimed.value.release())).not.toBe(false);
    const store = await openStore({ path: file });
    if (!store.ok) throw new Error(`the store does not open: ${store.error.kind}`);
    await store.value.close();
  },
  60_000,
);

function startConsole(file: string): ChildProcess {
  return spawn(process.execPath, [START], {
    cwd: folder,
    env: { PATH: process.env['PATH'], PLIMSOLL_STORE: file, TMPDIR: tmpdir() },
    // An open input: nobody ends the console by hanging up.
    stdio: ['pipe', 'ignore', 'inherit'],
  });
}

function endOf(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((done) => child.once('exit', (code, signal) => done({ code, signal })));
}
