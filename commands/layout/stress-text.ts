import type { CommandContext } from '../../src/app/command.ts';
import { type Decimal, ZERO } from '../../src/domain/decimal.ts';
import type { Cell } from '../../src/replies/reply.ts';
import { estimateRatio } from '../../src/risk/statistics/estimate-ratio.ts';
import type { Prevention } from '../../src/risk/stress/preventing-transfers.ts';
import type {
  LiquidationOutcome,
  ScenarioOutcome,
} from '../../src/risk/stress/scenario-outcome.ts';
import type { RankedOutcome } from '../../src/risk/stress/worst-scenarios.ts';

/** `2 of 6`; `2+ of 6` where of some nobody can say. */
export function countText(
  { outcome: { accounts }, liquidated }: Pick<RankedOutcome, 'outcome' | 'liquidated'>,
  { say }: CommandContext,
): string {
  const isSure = accounts.every(({ isLiquidated }) => isLiquidated !== null);
  return say(isSure ? 'stress.count' : 'stress.atLeast', { liquidated, total: accounts.length });
}

/** The same market with every account standing in for every other. */
export function pooledCell({ pooled }: ScenarioOutcome, { format }: CommandContext): Cell {
  const text = format.multiple(estimateRatio(pooled.healthFactor), 'down');
  return { text, severity: pooled.isLiquidated ? 'crit' : null };
}

/** What would have to be moved beforehand, and how many of those in need it saves. */
export function helpText(
  { transfers, saved, lost }: Prevention,
  { say, format }: CommandContext,
): string {
  const total = saved.length + lost.length;
  if (total === 0) return '–';
  if (saved.length === 0) return say('stress.helpless');
  const moved = transfers.reduce((sum: Decimal, { amountUsd }) => sum.plus(amountUsd), ZERO);
  return say('stress.helped', { amount: format.usd(moved, 'up'), saved: saved.length, total });
}

/** Where on the path an account was liquidated: the last thing that happened to it. */
export function whereText(
  liquidations: readonly LiquidationOutcome[],
  { say, format }: CommandContext,
): string {
  const last = liquidations.at(-1);
  if (last === undefined) return say('stress.no');
  const isWhole = last.extent === 'full';
  if (last.stretch > 0) return say(isWhole ? 'stress.fullBack' : 'stress.partialBack');
  const share = format.percent(estimateRatio(last.share), 'down');
  return say(isWhole ? 'stress.full' : 'stress.partial', { share });
}
