import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { checkAudit } from '../../src/app/check-audit.ts';
import type { StoredAction } from '../../src/ports/action-store.ts';
import type { Store } from '../../src/ports/store.ts';
import type { SimFault } from '../../src/sim/fault.ts';
import { type Sim, startSim } from '../../src/sim/start-sim.ts';
import { sha256 } from '../actions/a-preview.ts';
import { type KilledConsole, killedConsole } from './killed-console.ts';
import { type Chances, seeded } from './seeded.ts';

/** The whole torture is 300; the suite has a few. */
const KILLS = Number(process.env['PLIMSOLL_KILLS'] ?? 2);
/** So long after a call what was accepted shows, and what does not show was not; and a round of looking. */
const SETTLES_MS = KILLS > 10 ? 75_000 : 34_000;
const FAULTS: readonly SimFault[] = [
  ...([{ kind: 'acceptThenReset' }, { kind: 'acceptThenHang' }, { kind: 'hang' }] as const),
  ...([
    { kind: 'acceptThenStatus', status: 502 },
    { kind: 'status', status: 500 },
  ] as const),
];
const EFFECT_OF: Readonly<Record<string, string>> = {
  ...{ 'add-margin': 'margin', 'remove-margin': 'margin', reduce: 'close', transfer: 'transfer' },
};

test(`${KILLS} times SIGKILL around a confirmed act: one effect each, and the store knows of it`, async () => {
  const sim = await startSim({ seed: 'kill' });
  const desk = killedConsole(sim.accounts, sim.origin);
  const chances = seeded(Number(process.env['PLIMSOLL_SEED'] ?? 3));
  try {
    let confirmed = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      await desk.start();
      confirmed += await actAndDie(desk, sim, chances);
    }
    await desk.start();
    await wait(SETTLES_MS);
    await desk.kill();
    const rows = await checkStore(desk, sim);
    if (KILLS >= 30)
      console.info({ kills: KILLS, confirmed, effects: counted(sim.effects()), rows });
    expect(confirmed).toBeGreaterThan(0);
  } finally {
    await desk.kill();
    await sim.close();
    desk.remove();
  }
}, 7_200_000);

/** One preview, one confirmation, and the end at a moment nobody knows; answers whether it came to the click. */
async function actAndDie(desk: KilledConsole, sim: Sim, chances: Chances): Promise<number> {
  const line = lineOf(await handlesOf(desk), chances);
  const made = await desk.ask(line);
  const token: string | undefined = made?.stdout
    ? JSON.parse(made.stdout).data?.preview?.token
    : undefined;
  if (token === undefined) {
    await desk.kill();
    return 0;
  }
  const off = chances.often(0.3)
    ? sim.script(chances.pick(FAULTS), { method: 'POST', times: 1 })
    : () => {};
  const clicks = [desk.ask(`/confirm ${token}`), desk.ask(`/confirm ${token}`)];
  await wait(chances.below(chances.often(0.7) ? 500 : 2500));
  await desk.kill();
  await Promise.all(clicks);
  off();
  return 1;
}

interface Handles {
  readonly isolated: readonly string[];
  readonly any: readonly string[];
}

let known: Handles | null = null;

async function handlesOf(desk: KilledConsole): Promise<Handles> {
  if (known !== null) return known;
  const { stdout } = (await desk.ask('/positions')) ?? { stdout: '' };
  const rows: { handle: string; marginMode: string }[] = JSON.parse(stdout).data.positions;
  known = {
    isolated: rows
      .filter(({ marginMode }) => marginMode === 'isolated')
      .map(({ handle }) => handle),
    any: rows.map(({ handle }) => handle),
  };
  return known;
}

function lineOf({ isolated, any }: Handles, chances: Chances): string {
  const kinds = ['addmargin', 'removemargin', 'reduce', 'transfer'] as const;
  switch (chances.pick(kinds)) {
    case 'addmargin':
      return `/addmargin ${chances.pick(isolated)} ${20 + chances.below(50)}`;
    case 'removemargin':
      return `/removemargin ${chances.pick(isolated)} ${1 + chances.below(5)}`;
    case 'reduce':
      return `/reduce ${chances.pick(any)} 1%`;
    default:
      return `/transfer bybit-reserve bybit-quant-a ${1 + chances.below(20)} USDT`;
  }
}

async function checkStore(desk: KilledConsole, sim: Sim): Promise<Record<string, number>> {
  const opened = await openStore({ path: desk.store });
  if (!opened.ok) throw new Error(opened.error.kind);
  const store = opened.value;
  try {
    const audit = await checkAudit(store.actions, sha256);
    expect(audit).toMatchObject({ ok: true, value: { faults: [], unreadableAfter: null } });
    const rows = await everyRow(store);
    const count: Record<string, number> = {};
    for (const { kind, state } of rows)
      count[`${kind} ${state}`] = (count[`${kind} ${state}`] ?? 0) + 1;
    expect(rows.filter(({ state }) => ['approved', 'executing'].includes(state))).toEqual([]);
    const effects = counted(sim.effects());
    for (const effect of ['margin', 'close', 'transfer']) {
      const of = (state: string) =>
        rows.filter((row) => EFFECT_OF[row.kind] === effect && row.state === state).length;
      const why = `${effect}: ${JSON.stringify(count)}`;
      // What is unknown may have happened, and is not claimed.
      expect(effects[effect] ?? 0, why).toBeGreaterThanOrEqual(of('done'));
      expect(effects[effect] ?? 0, why).toBeLessThanOrEqual(of('done') + of('unknown'));
    }
    const ids = sim
      .effects()
      .map(({ clientId }) => clientId)
      .filter((id) => id !== '');
    expect(new Set(ids).size, 'no own id twice').toBe(ids.length);
    return count;
  } finally {
    await store.close();
  }
}

async function everyRow(store: Store): Promise<readonly StoredAction[]> {
  const found = await store.actions.since(0, [
    ...(['pending', 'approved', 'executing', 'done', 'refused', 'unknown'] as const),
    ...(['expired', 'cancelled'] as const),
  ]);
  if (!found.ok) throw new Error(found.error.kind);
  return found.value;
}

function counted(effects: ReturnType<Sim['effects']>): Record<string, number> {
  const count: Record<string, number> = {};
  for (const { kind } of effects) count[kind] = (count[kind] ?? 0) + 1;
  return count;
}
