import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { askConsole } from '../../src/adapters/http/ask-console.ts';
import type { SimAccount } from '../../src/sim/model.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OPENS_MS = 60_000;

/** The real console on a desk file and a store of its own, started again and again. */
export interface KilledConsole {
  readonly store: string;
  /** Until its door is open. */
  start(): Promise<void>;
  kill(): Promise<void>;
  ask(
    line: string,
  ): Promise<{ readonly exit: number; readonly stdout: string; readonly stderr: string } | null>;
  remove(): void;
}

export function killedConsole(accounts: readonly SimAccount[], origin: string): KilledConsole {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-kill-'));
  const [store, desk] = [join(folder, 'plimsoll.db'), join(folder, 'desk.yaml')];
  writeFileSync(desk, deskFile(accounts, origin), { mode: 0o600 });
  chmodSync(desk, 0o600);
  const door = { file: `${store}.door`, desk };
  let child: ChildProcess | null = null;
  return {
    store,
    async start() {
      rmSync(door.file, { force: true });
      const env = { PATH: process.env['PATH'], PLIMSOLL_DESK: desk, PLIMSOLL_STORE: store };
      child = spawn(process.execPath, [join(ROOT, 'start.mjs')], {
        ...{ cwd: folder, env, stdio: ['pipe', 'ignore', 'pipe'] },
      });
      let said = '';
      child.stderr?.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-2000);
      });
      const since = Date.now();
      while (!existsSync(door.file)) {
        if (child.exitCode !== null || Date.now() - since > OPENS_MS) {
          throw new Error(`the console did not start: ${said}`);
        }
        await wait(20);
      }
    },
    async kill() {
      const dying = child;
      if (dying === null || dying.exitCode !== null) return;
      const gone = new Promise((resolve) => dying.once('exit', resolve));
      dying.kill('SIGKILL');
      await gone;
      child = null;
    },
    ask: (line) =>
      askConsole(door, { line, person: 'ann', locale: null, json: true }).catch(() => null),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function deskFile(accounts: readonly SimAccount[], origin: string): string {
  const entries = accounts.map(({ id, venue, credentials, fundedBy }) => {
    const { apiKey, secret, password, wallet, privateKey, chainId, verifyingContract } =
      credentials;
    const fields = { apiKey, secret, password, wallet, privateKey, chainId, verifyingContract };
    const given = Object.entries(fields).filter(([, value]) => value !== null);
    return { id, venue, access: 'trade', baseUrl: origin, fundedBy, ...Object.fromEntries(given) };
  });
  const plenty = '1000000000';
  return JSON.stringify({
    desk: { name: 'Torture' },
    accounts: entries,
    people: [{ id: 'ann', roles: ['trader'] }],
    actions: {
      ...{ maxAmount: plenty, dailyAmount: plenty, twoPersonAbove: plenty },
      ...{ previewTtl: '60s', maxMarkDrift: '50%' },
    },
  });
}
