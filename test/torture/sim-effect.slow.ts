import { expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import { handlesOf } from '../../src/domain/handle.ts';
import { positionsOf } from '../../src/portfolio/snapshot.ts';
import type { SimFault } from '../../src/sim/fault.ts';
import { dying } from './dying.ts';
import { randomAccounts } from './random-account.ts';
import { type Chances, seeded } from './seeded.ts';
import { ANN, simLadder } from './sim-ladder.ts';
import { SIM_KINDS, type SimKind, simRequest } from './sim-request.ts';

/** A share of the lives are lived at the real simulator, through the very adapters of production. */
const RUNS = Math.ceil(Number(process.env['PLIMSOLL_RUNS'] ?? 500) / 100);
const EFFECT: Readonly<Record<SimKind, string>> = {
  ...{ 'add-margin': 'margin', 'remove-margin': 'margin', reduce: 'close' },
  ...{ transfer: 'transfer', 'set-stops': 'stops' },
};
const FAULTS: readonly SimFault[] = [
  ...([{ kind: 'acceptThenReset' }, { kind: 'hang' }, { kind: 'acceptThenHang' }] as const),
  ...([{ kind: 'acceptThenStatus', status: 502 }, { kind: 'dead' }] as const),
  ...([
    { kind: 'status', status: 503 },
    { kind: 'partialFill', share: '0.5' },
  ] as const),
];

test.each(['bybit', 'binance', 'okx', 'ztdx'] as const)(
  `%s: ${RUNS} acts at the simulator, clicked twice, faulted and lost: one effect, as it is told`,
  async (venue) => {
    const chances = seeded(Number(process.env['PLIMSOLL_SEED'] ?? 11));
    let [ahead, settled] = [0, 0];
    const clock = {
      now: () => Date.now() + ahead,
      // Deadlines pass ten times as fast here, and pauses at once.
      after: (ms: number, signal?: AbortSignal) =>
        systemClock.after(ms < 2000 ? 1 : ms / 10, signal),
    };
    const accounts = [0, 1].flatMap((index) => randomAccounts(venue, index, chances)).slice(0, 2);
    const world = await simLadder({ accounts, clock, requestMs: 1500 });
    for (let run = 0; run < RUNS; run += 1) {
      const kind = chances.pick(
        venue === 'ztdx' ? SIM_KINDS.filter((each) => each !== 'transfer') : SIM_KINDS,
      );
      const positions = [...handlesOf(positionsOf(await world.desk.snapshot()))];
      const [position, handle] = chances.pick(positions);
      const before = world.sim.effects().length;
      const off = chances.often(0.5)
        ? world.sim.script(chances.pick(FAULTS), {
            method: 'POST',
            account: position.account,
            times: 1,
          })
        : () => {};
      const id = await liveOnce(world, {
        request: simRequest(kind, { position, handle }, chances),
        chances,
      });
      await world.idle();
      off();
      ahead += 700_000;
      const last = world.start();
      await last.recover();
      if (id === null) continue;
      const row = world.shelf.actions.get(id);
      const told = `${venue} run ${run}: ${kind} ${row?.state}`;
      const mine = world.sim
        .effects()
        .slice(before)
        .filter((each) => each.kind === EFFECT[kind]);
      expect(['approved', 'executing'], told).not.toContain(row?.state);
      if (kind === 'set-stops') continue;
      expect(mine.length, told).toBeLessThanOrEqual(1);
      if (row?.state === 'done') expect(mine.length, told).toBe(1);
      if (row?.state === 'refused' || row?.state === 'expired') expect(mine.length, told).toBe(0);
      settled += row?.state === 'unknown' ? 0 : 1;
    }
    await world.close();
    expect(settled).toBeGreaterThan(0);
  },
  3_600_000,
);

/** Asked and confirmed twice at once, in a process that may be lost at any call; then clicked again in the next. */
async function liveOnce(
  world: Awaited<ReturnType<typeof simLadder>>,
  {
    request,
    chances,
  }: { readonly request: ReturnType<typeof simRequest>; readonly chances: Chances },
): Promise<string | null> {
  const made = await world.start().of(ANN).propose(request);
  if (!made.ok) return null;
  const to = { token: made.value.token, typed: null };
  const death = dying(1 + chances.below(25), chances.pick(['before', 'after']));
  const isMortal = chances.often(0.6);
  const desk = world.start(isMortal ? { store: death.wrap, writer: death.wrap } : {}).of(ANN);
  const over = Promise.all([desk.confirm(to), desk.confirm(to)]);
  await (isMortal ? Promise.race([over, death.died]) : over);
  await world.start().of(ANN).confirm(to);
  return made.value.id;
}
