import type { Position } from '../../domain/position.ts';
import type { AccountId, Handle } from '../../domain/units.ts';
import type { DeskRisk } from '../assess-desk.ts';
import type { PositionRisk } from '../position-risk.ts';
import { eachHorizon } from './barrier-probability.ts';
import type { LiquidationProbability } from './liquidation-probability.ts';
import { marketModel } from './market-model.ts';
import { poolProbability } from './pool-probability.ts';
import type { PoolAtRisk } from './pools-at-risk.ts';
import { poolsAtRisk } from './pools-at-risk.ts';
import type { PositionProbability } from './position-probability.ts';
import { priceProbability } from './position-probability.ts';
import type { ProbabilityEvidence } from './probability-evidence.ts';
import { worstProbability } from './worst-probability.ts';

export interface ProbabilityReport {
  /** Isolated: its own; cross and portfolio: its pool's. */
  readonly positions: ReadonlyMap<Handle, PositionProbability>;
  /** The worst of the account's cross pools; accounts without cross positions have none. */
  readonly accounts: ReadonlyMap<AccountId, LiquidationProbability>;
}

/** The probability of liquidation over 1, 8 and 24 hours of every position and every cross account. */
export function assessProbability(
  desk: DeskRisk,
  evidence: ProbabilityEvidence,
): ProbabilityReport {
  const pools = poolsAtRisk(desk);
  const market = marketModel(assetsOf(pools), evidence.outlooks);
  const judged = pools.map((pool) => ({
    pool,
    probability: poolProbability(pool, { ...evidence, market }),
  }));
  const positions = new Map(
    desk.positions.map((risk) => [risk.handle, positionProbability(risk, judged, evidence)]),
  );
  return { positions, accounts: accountsOf(desk, judged, positions) };
}

/** Assets that move some pool, each once: those a simulation needs. */
export function assetsOf(pools: readonly PoolAtRisk[]): Set<string> {
  return new Set(pools.flatMap(({ model }) => model?.curves.map(({ asset }) => asset) ?? []));
}

interface JudgedPool {
  readonly pool: PoolAtRisk;
  readonly probability: LiquidationProbability;
}

function positionProbability(
  risk: PositionRisk,
  judged: readonly JudgedPool[],
  evidence: ProbabilityEvidence,
): PositionProbability {
  const { position } = risk;
  const own =
    position.marginMode === 'isolated'
      ? undefined
      : judged.find(({ pool }) => holds(pool, position));
  if (own !== undefined) return { liquidation: own.probability, widened: null, exitImpact: null };
  // Without its pool a cross position has only its venue's price, which moves with all the others.
  const alone = priceProbability(risk, evidence);
  return position.marginMode === 'isolated' ? alone : uncalibrated(alone);
}

function holds({ live, account }: PoolAtRisk, position: Position): boolean {
  return account === position.account && live.positions.includes(position);
}

function uncalibrated(probability: PositionProbability): PositionProbability {
  const { liquidation } = probability;
  const mark = (figure: LiquidationProbability['24h']) =>
    figure.kind === 'known' ? { ...figure, isCalibrated: false } : figure;
  return {
    ...probability,
    liquidation: eachHorizon((horizon) => mark(liquidation[horizon])),
  };
}

function accountsOf(
  desk: DeskRisk,
  judged: readonly JudgedPool[],
  positions: ReadonlyMap<Handle, PositionProbability>,
): Map<AccountId, LiquidationProbability> {
  const accounts = new Map<AccountId, LiquidationProbability>();
  for (const { account } of desk.accounts) {
    const { id } = account.account;
    const pooled = desk.positions.filter(
      ({ position }) => position.account === id && position.marginMode !== 'isolated',
    );
    if (pooled.length === 0) continue;
    const own = judged.filter(({ pool }) => pool.account === id).map((each) => each.probability);
    const alone = pooled.flatMap(({ handle }) => positions.get(handle)?.liquidation ?? []);
    accounts.set(id, worstProbability(own.length > 0 ? own : alone));
  }
  return accounts;
}
