import type { Snapshot } from '../portfolio/snapshot.ts';
import type { Clock } from '../ports/clock.ts';
import type { Compute } from '../ports/compute.ts';
import { assessDesk, type DeskRisk } from '../risk/assess-desk.ts';
import { assetsOf } from '../risk/probability/assess-probability.ts';
import { type JudgedDesk, judgeDesk } from '../risk/probability/judge-desk.ts';
import { marketModel } from '../risk/probability/market-model.ts';
import { poolsAtRisk } from '../risk/probability/pools-at-risk.ts';
import type { ProbabilityEvidence } from '../risk/probability/probability-evidence.ts';
import { simulationRequest } from '../risk/probability/simulation-request.ts';
import type { MarketView } from './market-view.ts';

/** An answer does not wait longer for the simulation; without it the first-order figure is shown, labelled. */
const SIMULATION_MS = 1200;
/** One seed: two answers over the same book and market are the same. */
const SEED = 20_251_010;

export type Judge = (snapshot: Snapshot, market: MarketView) => Promise<JudgedDesk>;

/** Probabilities and bands of a snapshot, the long work off the main loop. */
export function createJudge(deps: { readonly compute: Compute; readonly clock: Clock }): Judge {
  return async (snapshot, market) => {
    const risk = assessDesk(snapshot);
    const simulation = await simulate(risk, market, deps);
    const { outlooks, fundingAnnual } = market;
    return judgeDesk(risk, { outlooks, fundingAnnual, depth: new Map(), simulation });
  };
}

async function simulate(
  risk: DeskRisk,
  { outlooks }: MarketView,
  { compute, clock }: { readonly compute: Compute; readonly clock: Clock },
): Promise<ProbabilityEvidence['simulation']> {
  const pools = poolsAtRisk(risk);
  const model = marketModel(assetsOf(pools), outlooks);
  const request = model && simulationRequest(pools, model, SEED);
  if (!request) return null;
  const patience = new AbortController();
  const settled = new AbortController();
  const late = clock.after(SIMULATION_MS, settled.signal).then(() => patience.abort());
  const result = await compute.simulate(request, patience.signal);
  settled.abort();
  await late;
  return result.ok ? { result: result.value, paths: request.paths } : null;
}
