import type { CommandContext } from '../src/app/command.ts';
import { defineCommand } from '../src/app/command.ts';
import { ok } from '../src/domain/result.ts';
import { gapsOf } from '../src/portfolio/snapshot.ts';
import { note } from '../src/replies/table-of.ts';
import type { ExposureReport } from '../src/risk/exposure.ts';
import { assessExposure } from '../src/risk/exposure.ts';
import { chartIn } from './layout/chart-frame.ts';
import { gapNotes, scopedTitle } from './layout/coverage.ts';
import { exposureChart } from './layout/exposure-chart.ts';
import { exposureFigures } from './layout/exposure-figures.ts';
import { exposureTables } from './layout/exposure-tables.ts';
import { accountsIn, assetIn } from './layout/narrow.ts';
import { scopeOf } from './layout/scope.ts';

/** Long, short and net per asset across venues. */
export const exposure = defineCommand({
  name: 'exposure',
  access: 'read',
  options: [
    { name: 'asset', type: 'asset' },
    { name: 'account', type: 'account' },
  ],
  async run(context, options) {
    const whole = await context.snapshot();
    const scope = scopeOf(context, whole, options);
    if (!scope.ok) return scope;
    const snapshot = accountsIn(whole, scope.value);
    const report = assessExposure(assetIn(snapshot, scope.value.asset));
    const gaps = gapsOf(snapshot);
    return ok({
      report: async () => ({ snapshot: whole, desk: await context.judge(whole) }),
      data: exposureData(report),
      gaps,
      reply: {
        title: scopedTitle(context.say('exposure.title'), scope.value),
        severity: gaps.length > 0 ? 'warn' : null,
        figures: exposureFigures(report, snapshot, context),
        tables: exposureTables(report, context),
        paragraphs: [],
        notes: [...unpricedNotes(report, context), ...gapNotes(snapshot, context)],
        takenAt: report.takenAt,
        ...chartIn(
          exposureChart(
            report,
            { title: scopedTitle(context.say('chart.exposure'), scope.value), snapshot },
            context,
          ),
        ),
      },
    });
  },
});

function exposureData(report: ExposureReport): Readonly<Record<string, unknown>> {
  const { totals, byAsset, byAccount, byVenue, concentration } = report;
  const { unpriced, unpricedCollateral, missing, missingMargin } = report;
  return {
    totals,
    byAsset,
    byAccount,
    byVenue,
    concentration,
    unpriced,
    unpricedCollateral,
    missing,
    missingMargin,
  };
}

function unpricedNotes(report: ExposureReport, { say }: CommandContext) {
  const handles = report.unpriced.join(', ');
  const positions = handles === '' ? [] : [note(say('exposure.unpriced', { handles }), 'warn')];
  const coins = report.unpricedCollateral.map((coin) =>
    note(say('exposure.unpricedCollateral', coin), 'warn'),
  );
  return [...positions, ...coins];
}
