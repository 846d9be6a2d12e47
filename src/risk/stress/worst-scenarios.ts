import type { Scenario } from './scenario.ts';
import type { ScenarioOutcome } from './scenario-outcome.ts';

/** A scenario's outcome by what is compared. */
export interface RankedOutcome {
  readonly outcome: ScenarioOutcome;
  /** Accounts of which something is liquidated. */
  readonly liquidated: number;
  /** Of all accounts that are known, at the worst point; a gain is negative. Null: none is known. */
  readonly lossUsd: number | null;
}

/** The worst of one trouble in steps, and the mildest step that liquidates anything. */
export interface WorstOfFamily extends RankedOutcome {
  /** Null: none does. */
  readonly deadlyFrom: Scenario | null;
}

/** Worst first: most accounts liquidated, then the largest loss. */
export function rankOutcomes(outcomes: readonly ScenarioOutcome[]): readonly RankedOutcome[] {
  return outcomes.map(ranked).sort(worse);
}

/**
 * One of each family, worst first. A family is one trouble in steps: `all-5` to `all-50`, a crash with
 * none, half or all winning legs deleveraged. Deleveraging always costs, so a crash stands for itself
 * unless more accounts are liquidated with it.
 */
export function worstOfFamilies(outcomes: readonly RankedOutcome[]): readonly WorstOfFamily[] {
  const families = Map.groupBy(outcomes, ({ outcome }) => familyOf(outcome.scenario));
  return [...families.values()]
    .flatMap((family) => {
      const [worst] = family.toSorted(worseStep);
      return worst === undefined ? [] : [{ ...worst, deadlyFrom: mildestDeadly(family) }];
    })
    .sort(worse);
}

function ranked(outcome: ScenarioOutcome): RankedOutcome {
  const known = outcome.accounts.flatMap(({ lossUsd }) => lossUsd ?? []);
  return {
    outcome,
    liquidated: outcome.accounts.filter(({ isLiquidated }) => isLiquidated === true).length,
    lossUsd: known.length === 0 ? null : known.reduce((sum, loss) => sum + loss, 0),
  };
}

function worse(a: RankedOutcome, b: RankedOutcome): number {
  return b.liquidated - a.liquidated || lossOf(b) - lossOf(a);
}

function worseStep(a: RankedOutcome, b: RankedOutcome): number {
  const more = a.outcome.scenario.deleveraged - b.outcome.scenario.deleveraged;
  return b.liquidated - a.liquidated || more || lossOf(b) - lossOf(a);
}

function lossOf({ lossUsd }: RankedOutcome): number {
  return lossUsd ?? Number.NEGATIVE_INFINITY;
}

function familyOf({ id, kind }: Scenario): string {
  if (kind === 'recorded') return id.replace(/-adl-(half|all)$/u, '');
  return kind === 'price' || kind === 'stablecoin' ? id.replace(/[\d.]+$/u, '') : id;
}

function mildestDeadly(family: readonly RankedOutcome[]): Scenario | null {
  const deadly = family
    .filter(({ liquidated }) => liquidated > 0)
    .map(({ outcome }) => outcome.scenario)
    .sort((a, b) => stepOf(a) - stepOf(b));
  return deadly[0] ?? null;
}

/** How far along its family: by the size of the move, or by what is deleveraged. */
function stepOf({ path, deleveraged }: Scenario): number {
  const { moves = {}, dollars = {} } = path[0] ?? {};
  const sizes = [...Object.values(moves), ...Object.values(dollars).map((price) => price - 1)];
  return deleveraged + Math.max(0, ...sizes.map(Math.abs));
}
