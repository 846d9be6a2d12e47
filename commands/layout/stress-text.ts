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

/** Where on the path an account's pool was liquidated, else the last of its isolated positions. */
export function whereText(
  liquidations: readonly LiquidationOutcome[],
  context: CommandContext,
): string {
  const told = liquidations.findLast(({ isolated }) => isolated === null) ?? liquidations.at(-1);
  if (told === undefined) return context.say('stress.no');
  const where = placeText(told, context);
  return told.isolated === null ? where : `${told.isolated} ${where}`;
}

function placeText(
  { extent, stretch, share }: LiquidationOutcome,
  { say, format }: CommandContext,
) {
  const isWhole = extent === 'full';
  if (stretch > 0) return say(isWhole ? 'stress.fullBack' : 'stress.partialBack');
  const way = format.percent(estimateRatio(share), 'down');
  return say(isWhole ? 'stress.full' : 'stress.partial', { share: way });
}
