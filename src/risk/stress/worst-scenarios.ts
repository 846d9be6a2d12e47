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

/** Worst first: most accounts liquidated, then the largest loss. */
export function rankOutcomes(outcomes: readonly ScenarioOutcome[]): readonly RankedOutcome[] {
  return outcomes.map(ranked).sort(worse);
}

/**
 * One of each family, worst first. A family is one trouble in steps (`all-5` to `all-50`, a crash with
 * none, half or all winning legs deleveraged): of those that liquidate most accounts the mildest, since
 * anything beyond does no less; where none liquidates any, the one that costs most.
 */
export function worstOfFamilies(all: readonly RankedOutcome[]): readonly RankedOutcome[] {
  const families = Map.groupBy(all, ({ outcome }) => familyOf(outcome.scenario));
  return [...families.values()].flatMap((family) => representative(family) ?? []).sort(worse);
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

function lossOf({ lossUsd }: RankedOutcome): number {
  return lossUsd ?? 0;
}

function familyOf({ id, kind }: Scenario): string {
  if (kind === 'recorded') return id.replace(/-adl-(half|all)$/u, '');
  return kind === 'price' || kind === 'stablecoin' ? id.replace(/[\d.]+$/u, '') : id;
}

function representative(family: readonly RankedOutcome[]): RankedOutcome | undefined {
  const most = Math.max(...family.map(({ liquidated }) => liquidated));
  const worst = family.filter(({ liquidated }) => liquidated === most).toSorted(worse);
  return most === 0 ? worst[0] : worst.at(-1);
}
