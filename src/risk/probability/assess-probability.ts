import type { Position } from '../../domain/position.ts';
import type { AccountId, Handle } from '../../domain/units.ts';
import type { DeskRisk } from '../assess-desk.ts';
import type { PositionRisk } from '../position-risk.ts';
import { eachHorizon } from './barrier-probability.ts';
import type { LiquidationProbability } from './liquidation-probability.ts';
import { marketModel } from './market-model.ts';
import { poolAfterExit } from './pool-exit.ts';
import type { PoolEvidence } from './pool-probability.ts';
import { poolProbability } from './pool-probability.ts';
import type { PoolAtRisk } from './pools-at-risk.ts';
import { poolsAtRisk } from './pools-at-risk.ts';
import { positionExitImpact } from './position-exit.ts';
import type { PositionProbability } from './position-probability.ts';
import { headlineOf, priceProbability } from './position-probability.ts';
import type { ProbabilityEvidence } from './probability-evidence.ts';
import { worstProbability } from './worst-probability.ts';

export interface ProbabilityReport {
  /** Isolated: its own; cross and portfolio: its pool's. */
  readonly positions: ReadonlyMap<Handle, PositionProbability>;
  /** The worst of the account's cross pools, the way out counted; accounts without cross positions have none. */
  readonly accounts: ReadonlyMap<AccountId, LiquidationProbability>;
}

/** The probability of liquidation over 1, 8 and 24 hours of every position and every cross account. */
export function assessProbability(
  desk: DeskRisk,
  evidence: ProbabilityEvidence,
): ProbabilityReport {
  const pools = poolsAtRisk(desk);
  const market = marketModel(assetsOf(pools), evidence.outlooks);
  const judged = pools.map((pool): JudgedPool => {
    const exited = poolAfterExit(pool, evidence);
    const known = { ...evidence, market };
    return {
      pool,
      probability: poolProbability(pool, known),
      widened: exited && widenedProbability(exited, known),
    };
  });
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
  /** See PositionProbability. */
  readonly widened: LiquidationProbability | null;
}

/** A simulation that was made before the books were there is no reason to show a rougher figure. */
function widenedProbability(
  exited: PoolAtRisk,
  evidence: PoolEvidence,
): LiquidationProbability | null {
  const isSimulated = (exited.model?.curves.length ?? 0) > 1 && (exited.model?.spare ?? 0) > 0;
  const { simulation } = evidence;
  const [first] = simulation?.result.horizons ?? [];
  const isIn = first?.accounts.some(({ id }) => id === exited.id) === true;
  if (isSimulated && simulation !== null && !isIn) return null;
  return poolProbability(exited, evidence);
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
  if (own !== undefined) {
    const { probability: liquidation, widened } = own;
    return { liquidation, widened, exitImpact: positionExitImpact(position, evidence) };
  }
  // Without its pool a cross position has only its venue's price, which moves with all the others.
  const alone = priceProbability(risk, evidence);
  return position.marginMode === 'isolated' ? alone : uncalibrated(alone);
}

function holds({ live, account }: PoolAtRisk, position: Position): boolean {
  return account === position.account && live.positions.includes(position);
}

function uncalibrated(probability: PositionProbability): PositionProbability {
  const { liquidation, widened } = probability;
  const mark = (figure: LiquidationProbability['24h']) =>
    figure.kind === 'known' ? { ...figure, isCalibrated: false } : figure;
  const all = (figures: LiquidationProbability) => eachHorizon((horizon) => mark(figures[horizon]));
  return { ...probability, liquidation: all(liquidation), widened: widened && all(widened) };
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
    const own = judged
      .filter(({ pool }) => pool.account === id)
      .map((each) => each.widened ?? each.probability);
    const alone = pooled.flatMap(({ handle }) => {
      const found = positions.get(handle);
      return found === undefined ? [] : [headlineOf(found)];
    });
    accounts.set(id, worstProbability(own.length > 0 ? own : alone));
  }
  return accounts;
}
