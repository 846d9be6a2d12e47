import { expect, test } from 'vitest';
import { isMissed, leadOf } from '../../../src/app/drill/drill-log.ts';
import { drillReply } from '../../../src/app/drill/drill-reply.ts';
import { DEMO_PLANS } from '../../../src/app/protection/demo-plans.ts';
import type { Reply } from '../../../src/replies/reply.ts';
import { recordedCrashes } from '../../../src/risk/stress/recorded-crashes.ts';
import { SIM_ASSETS } from '../../../src/sim/model.ts';
import { playDrill } from '../../../src/wire/drill.ts';
import { startDemoProgram } from '../../fakes/demo-program.ts';

const crashes = recordedCrashes(SIM_ASSETS).filter(
  ({ id }) => id === '2025-10-10' || process.env['PLIMSOLL_LONG'] === '1',
);

/** Every other reading of two venues fails: one answers in halves, one not at all. */
function torment(sim: Awaited<ReturnType<typeof startDemoProgram>>['sim']) {
  let turn = 0;
  return () => {
    turn += 1;
    const isBad = turn % 2 === 0;
    sim.fault('okx-quant-c', isBad ? { kind: 'cutJson' } : null);
    sim.fault('bybit-quant-a', isBad ? { kind: 'dead' } : null);
  };
}

const CASES = crashes.flatMap((crash) =>
  ['well', 'half dead'].map((venues) => ({ crash, id: crash.id, venues })),
);

test.each(CASES)(
  '$id, venues $venues: whoever is liquidated had a critical message before',
  async ({ crash, venues }) => {
    const { sim, program, close } = await startDemoProgram({ setup: { plans: DEMO_PLANS } });
    const bother = torment(sim);
    const desk: typeof program.desk = {
      ...program.desk,
      refresh: (account) => {
        if (venues !== 'well' && account === program.desk.accountIds[0]) bother();
        return program.desk.refresh(account);
      },
    };
    const said: Reply[] = [];
    const outcome = await playDrill({
      ...{
        crash,
        speed: 1e6,
        sim,
        program: { ...program, desk },
        locale: 'en',
        signal: new AbortController().signal,
      },
      show: (reply) => said.push(reply),
    });
    const gone = outcome.rows.filter(({ liquidatedAt }) => liquidatedAt !== null);
    expect(gone.length).toBeGreaterThan(0);
    expect(outcome.rows.filter(isMissed)).toEqual([]);
    for (const row of gone) expect(leadOf(row)).toBeGreaterThan(0);
    expect(said.length).toBeGreaterThan(gone.length);
    for (const { title } of said) expect(title).toMatch(/^DRILL · /);
    expect(outcome.rows.find(({ account }) => account === 'bybit-quant-a')?.plan).toMatchObject({
      ...{ plan: 'demo-reserve', outcome: { kind: 'would' } },
    });
    const summary = drillReply(crash, outcome, program.voices.en);
    expect(summary.tables[0]?.rows).toHaveLength(program.setup.accounts.length);
    expect(summary.severity).toBe('ok');
    await close();
  },
  60_000,
);
