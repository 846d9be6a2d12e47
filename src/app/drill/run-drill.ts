import type { AlertView } from '../../alerts/look/alert-view.ts';
import { missingSamples } from '../../alerts/look/missing-samples.ts';
import { samplesOf } from '../../alerts/look/samples-of.ts';
import type { AlertSettings } from '../../alerts/rule-settings.ts';
import type { Snapshot } from '../../portfolio/snapshot.ts';
import type { JudgedDesk } from '../../risk/probability/judge-desk.ts';
import type { Scenario } from '../../risk/stress/scenario.ts';
import type { AlertDesk } from '../alerts/alert-desk.ts';
import type { Desk } from '../desk.ts';
import type { PlansRunning } from '../protection/run-plans.ts';
import type { AlertMachine } from '../watch/alert-machine.ts';
import { atDrillTime } from './at-drill-time.ts';
import { type Moves, movesAt, nextMinute, ROAD_MIN } from './crash-road.ts';
import type { DrillClock } from './drill-clock.ts';
import type { DrillLog } from './drill-log.ts';

export interface DrillDeps {
  readonly crash: Scenario;
  readonly speed: number;
  readonly desk: Pick<Desk, 'refresh' | 'lastKnown' | 'accountIds'>;
  readonly judge: (snapshot: Snapshot) => JudgedDesk;
  readonly settings: AlertSettings;
  readonly hedgedBooks: readonly string[];
  readonly staleAfterMs: number;
  readonly machine: AlertMachine;
  readonly alerts: Pick<AlertDesk, 'runDue' | 'settled'>;
  readonly plans: Pick<PlansRunning, 'look'>;
  readonly log: DrillLog;
  readonly clock: DrillClock;
  /** Brings every price to where the crash has it now. */
  readonly moveMarket: (moves: Moves) => void;
  /** Accounts that their venues would be liquidating at these prices. */
  readonly liquidated: () => readonly string[];
  /** Resolves when so much time has really passed since the drill began. */
  readonly pace: (elapsedMs: number) => Promise<void>;
  readonly signal: AbortSignal;
}

const MINUTE = 60_000;
/** Windows of seconds end on time inside a minute. */
const STEP_MS = 10_000;

/** Plays a crash through the whole chain, one step of the market after the other, until it is over. */
export async function runDrill(deps: DrillDeps): Promise<void> {
  const { clock, signal, speed } = deps;
  const start = clock.now();
  for (let minute = 0; minute <= ROAD_MIN && !signal.aborted; minute = nextMinute(minute, speed)) {
    await passTo(start + minute * MINUTE, deps);
    deps.moveMarket(movesAt(deps.crash, minute));
    for (const account of deps.liquidated()) deps.log.liquidated(account, clock.now());
    await lookOnce(start, deps);
    await deps.pace((minute * MINUTE) / speed);
  }
  await passTo(clock.now() + MINUTE, deps);
  await deps.alerts.settled();
}

async function passTo(at: number, { clock, alerts }: DrillDeps): Promise<void> {
  while (clock.now() < at) {
    clock.moveTo(Math.min(at, clock.now() + STEP_MS));
    await alerts.runDue();
    await alerts.settled();
  }
}

async function lookOnce(startedAt: number, deps: DrillDeps): Promise<void> {
  const { desk, clock, machine, settings, log } = deps;
  await Promise.all(desk.accountIds.map((account) => desk.refresh(account)));
  const now = clock.now();
  const snapshot = atDrillTime(desk.lastKnown(), now);
  const judged = deps.judge(snapshot);
  const view: AlertView = {
    ...{ desk: judged, now, sequence: now, startedAt, isSettling: false },
    ...{ staleAfterMs: deps.staleAfterMs, hedgedBooks: deps.hedgedBooks },
    ...{ marks: new Map(), funding: [], adl: [], coins: [], clocks: [] },
  };
  const seen = samplesOf(view, settings);
  const samples = [...seen, ...missingSamples(machine.instances().values(), seen, view)];
  const of = { now, staleAfterMs: deps.staleAfterMs, resumed: null };
  await machine.take({ ...of, samples, happenings: [] });
  for (const { subject, phase } of machine.instances().values()) {
    if (phase !== 'ok' && 'account' in subject) log.over(subject.account, now);
  }
  await deps.alerts.settled();
  await deps.plans.look(judged, snapshot);
}
