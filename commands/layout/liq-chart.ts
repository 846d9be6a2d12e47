import type { CommandContext } from '../../src/app/command.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import type { LadderChart } from '../../src/replies/chart.ts';
import { bandLevels } from '../../src/risk/band.ts';
import { liquidationDistance } from '../../src/risk/liquidation-distance.ts';
import type { PositionRisk } from '../../src/risk/position-risk.ts';
import { chartFrame, chartMarks, MOST_CHART_ROWS, pixels } from './chart-frame.ts';
import { coverageOf } from './coverage.ts';
import { distanceCell } from './position-rows.ts';
import { priceOf } from './price-of.ts';

/** The most dangerous of the given rows, whatever their order nearest first. */
export function liquidationChart(
  rows: readonly PositionRisk[],
  { title, snapshot }: { readonly title: string; readonly snapshot: Snapshot },
  context: CommandContext,
): LadderChart {
  const { say } = context;
  const { takenAt } = snapshot;
  const coverage = coverageOf(snapshot);
  const accounts = new Set(rows.map(({ position }) => position.account));
  return {
    kind: 'ladder',
    ...chartFrame({ title, empty: say('liq.empty'), coverage, takenAt }, rows, context),
    legend: {
      liquidation: say('chart.atLiquidation'),
      mark: say('chart.atMark'),
      stop: say('chart.atStop'),
    },
    marks: chartMarks(bandLevels.distance),
    rows: rows
      .slice(0, MOST_CHART_ROWS)
      .toSorted(nearestFirst)
      .map((row) => ({
        label: labelOf(row, accounts.size > 1, context),
        distance: row.liquidationDistance && pixels(row.liquidationDistance),
        ...wordsOf(row, context),
        stopDistance: stopDistance(row),
      })),
  };
}

function nearestFirst(a: PositionRisk, b: PositionRisk): number {
  if (a.liquidationDistance !== null && b.liquidationDistance !== null) {
    return a.liquidationDistance.cmp(b.liquidationDistance);
  }
  return farness(a) - farness(b);
}

/** Nobody knows, so it may be near: before those that have no price. */
function farness({ liquidationDistance: distance, liquidationState }: PositionRisk): number {
  if (distance !== null) return 0;
  return liquidationState === 'none' ? 2 : 1;
}

/** The account last: it is what a narrow picture may cut. */
function labelOf(
  { handle, position }: PositionRisk,
  isWithAccount: boolean,
  { say }: CommandContext,
): string {
  const side = say(`side.${position.side}`);
  const name = `${handle} ${position.instrument.asset} ${side}`;
  return isWithAccount ? `${name} ${position.account}` : name;
}

function wordsOf(row: PositionRisk, context: CommandContext) {
  if (row.liquidationState !== 'none') return distanceCell(row, context);
  return { text: context.say('common.none'), severity: row.band };
}

/** How far before liquidation the stop closes the position, as a share of the mark. */
function stopDistance({ position, liquidationDistance: distance }: PositionRisk): number | null {
  const stop = priceOf(position.stopLoss);
  const { markPrice, side } = position;
  if (stop === null || markPrice === null || distance === null) return null;
  const toStop = liquidationDistance(side, markPrice, stop);
  return toStop === null ? null : pixels(distance.minus(toStop));
}
