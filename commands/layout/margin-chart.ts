import type { CommandContext } from '../../src/app/command.ts';
import type { BarsChart } from '../../src/replies/chart.ts';
import type { AccountRisk, MarginFigures } from '../../src/risk/account-risk.ts';
import { bandLevels, bandOfUsage } from '../../src/risk/band.ts';
import type { PoolRisk } from '../../src/risk/pool-risk.ts';
import { chartFrame, chartMarks, MOST_CHART_ROWS, pixels } from './chart-frame.ts';
import { marginCoverage } from './margin-table.ts';

/** Usage of the pool and of every account, the most used first; unknown ones before all. */
export function marginChart(
  { accounts, totals }: { readonly accounts: readonly AccountRisk[]; readonly totals: PoolRisk },
  { title, takenAt }: { readonly title: string; readonly takenAt: number },
  context: CommandContext,
): BarsChart {
  const { say } = context;
  const pool = accounts.length > 1 ? [barOf(say('chart.pool'), totals, context)] : [];
  const bars = accounts.toSorted(mostUsedFirst).map((row) => ({
    ...barOf(row.account.account.id, row, context),
    ...(row.account.status === 'missing' ? { severity: 'warn' as const } : {}),
  }));
  const rows = [...pool, ...bars];
  const coverage = marginCoverage(accounts, totals);
  return {
    kind: 'bars',
    ...chartFrame({ title, empty: say('margin.empty'), coverage, takenAt }, rows, context),
    marks: chartMarks(bandLevels.usage),
    rows: rows.slice(0, MOST_CHART_ROWS),
  };
}

function mostUsedFirst({ marginUsage: a }: AccountRisk, { marginUsage: b }: AccountRisk): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return b.cmp(a);
}

/** In the colour of its usage alone: that is what the bar and the lines show. */
function barOf(
  label: string,
  { marginUsage, equityUsd }: MarginFigures,
  { format }: CommandContext,
): BarsChart['rows'][number] {
  const isInDebt = equityUsd?.lt(0) === true;
  return {
    label,
    value: marginUsage && pixels(marginUsage),
    text: format.percent(marginUsage, 'up'),
    severity: isInDebt ? 'emerg' : marginUsage && bandOfUsage(marginUsage),
  };
}
