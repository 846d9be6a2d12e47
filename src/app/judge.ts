import type { Snapshot } from '../portfolio/snapshot.ts';
import type { Clock } from '../ports/clock.ts';
import type { Compute } from '../ports/compute.ts';
import { assessDesk, type DeskRisk } from '../risk/assess-desk.ts';
import { assetsOf } from '../risk/probability/assess-probability.ts';
import { type JudgedDesk, judgeDesk } from '../risk/probability/judge-desk.ts';
import { marketModel } from '../risk/probability/market-model.ts';
import { poolAfterExit } from '../risk/probability/pool-exit.ts';
import { poolsAtRisk } from '../risk/probability/pools-at-risk.ts';
import type { ProbabilityEvidence } from '../risk/probability/probability-evidence.ts';
import { simulationRequest } from '../risk/probability/simulation-request.ts';
import { type DepthDeps, exitDepth } from './exit-depth.ts';
import type { MarketView } from './market-view.ts';
import { createSharedWork } from './shared-work.ts';

/** One seed: two answers over the same book and market are the same. */
const SEED = 20_251_010;
/** Over the same book a simulation of a few seconds ago is as good as a new one. */
const FRESH_MS = 15_000;
/** Whoever asked has long been answered without it: something is wrong, and the next may try anew. */
const LONGEST_MS = 10_000;

type ExitMarket = Pick<ProbabilityEvidence, 'outlooks' | 'depth'>;
type Simulation = ProbabilityEvidence['simulation'];

export type Judge = (snapshot: Snapshot, market: MarketView) => Promise<JudgedDesk>;

export interface JudgeDeps {
  readonly compute: Compute;
  readonly clock: Clock;
  readonly depth: DepthDeps;
  /** An answer does not wait longer for the simulation; without it the first-order figure is shown, labelled. */
  readonly patienceMs: number;
}

/** Probabilities and bands of a snapshot, the long work off the main loop. */
export function createJudge(deps: JudgeDeps): Judge {
  const share = createSharedWork<NonNullable<Simulation>>({
    clock: deps.clock,
    freshMs: FRESH_MS,
    patienceMs: deps.patienceMs,
  });

  return async (snapshot, market) => {
    const risk = assessDesk(snapshot);
    const { outlooks, fundingAnnual } = market;
    const depth = await exitDepth(risk, deps.depth);
    const exit = { outlooks, depth };
    const simulation = await share(bookOf(risk), () => simulate(risk, exit, deps));
    return judgeDesk(risk, { outlooks, fundingAnnual, depth, simulation });
  };
}

/** What is held where; marks are not part of it. */
function bookOf({ positions, accounts }: DeskRisk): string {
  const legs = positions.map(({ handle, position }) => `${handle} ${position.contracts}`);
  return [...legs, ...accounts.map(({ account }) => account.account.id)].join('|');
}

async function simulate(
  risk: DeskRisk,
  market: ExitMarket,
  { compute, clock }: JudgeDeps,
): Promise<Simulation> {
  const pools = poolsAtRisk(risk);
  const model = marketModel(assetsOf(pools), market.outlooks);
  const exited = pools.flatMap((pool) => poolAfterExit(pool, market) ?? []);
  const request = model && simulationRequest([...pools, ...exited], model, SEED);
  if (!request) return null;
  const limit = new AbortController();
  const settled = new AbortController();
  const late = clock.after(LONGEST_MS, settled.signal).then(() => limit.abort());
  const result = await compute.simulate(request, limit.signal);
  settled.abort();
  await late;
  return result.ok ? { result: result.value, paths: request.paths } : null;
}
