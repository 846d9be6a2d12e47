import type { CommandContext } from '../../src/app/command.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import type { ExposureChart } from '../../src/replies/chart.ts';
import { note } from '../../src/replies/table-of.ts';
import type { ExposureReport } from '../../src/risk/exposure.ts';
import { chartFrame, MOST_CHART_ROWS, pixels } from './chart-frame.ts';
import { coverageOf } from './coverage.ts';

type Row = ExposureChart['rows'][number];

/** Long, short and net of every asset whose value is known, largest net first. */
export function exposureChart(
  report: ExposureReport,
  { title, snapshot }: { readonly title: string; readonly snapshot: Snapshot },
  context: CommandContext,
): ExposureChart {
  const { say, format } = context;
  const rows = report.byAsset.flatMap(({ asset, longUsd, shortUsd, netUsd }): Row[] => {
    if (longUsd === null || shortUsd === null || netUsd === null) return [];
    return [
      {
        label: asset,
        long: pixels(longUsd),
        short: pixels(shortUsd),
        net: pixels(netUsd),
        text: say('chart.netText', { net: format.usd(netUsd, 'nearest') }),
      },
    ];
  });
  const { takenAt } = report;
  const about = { title, empty: say('exposure.empty'), coverage: coverageOf(snapshot), takenAt };
  const frame = chartFrame(about, rows, context);
  const count = report.byAsset.length - rows.length;
  const unknown = count > 0 ? [note(say('chart.noNet', { count }), 'warn')] : [];
  return {
    kind: 'exposure',
    ...frame,
    notes: [...unknown, ...frame.notes],
    legend: { long: say('chart.long'), short: say('chart.short'), net: say('chart.net') },
    rows: rows.slice(0, MOST_CHART_ROWS),
  };
}
