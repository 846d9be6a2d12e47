import type { CommandContext } from '../../src/app/command.ts';
import type { Decimal } from '../../src/domain/decimal.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import type { Figure } from '../../src/replies/reply.ts';
import { figure } from '../../src/replies/table-of.ts';
import type { ExposureReport } from '../../src/risk/exposure.ts';
import { coverageOf, partly, partlyToo } from './coverage.ts';

export function exposureFigures(
  report: ExposureReport,
  snapshot: Snapshot,
  context: CommandContext,
): Figure[] {
  const { say, format } = context;
  const { totals, concentration } = report;
  const coverage = coverageOf(snapshot);
  // Equity may be missing where positions are known: then it says its own number.
  const equities = { ...coverage, missing: coverage.missing + report.missingMargin.length };
  const partlyEquity = report.missingMargin.length > 0 ? partly : partlyToo;
  const equity = partlyEquity(format.usd(totals.equityUsd, 'down'), equities, context);
  const pnl = partlyToo(format.usd(totals.unrealizedPnlUsd, 'down'), coverage, context);
  const net = partly(format.usd(totals.netUsd, 'nearest'), coverage, context);
  const side = (value: Decimal | null) =>
    partlyToo(format.usd(value, 'nearest'), coverage, context);
  const { top } = concentration;
  const share = top && { asset: top.asset, share: format.percent(top.share, 'up') };
  return [
    figure(say('exposure.net'), net),
    figure(say('exposure.gross'), side(totals.grossUsd)),
    figure(say('exposure.long'), side(totals.longUsd)),
    figure(say('exposure.short'), side(totals.shortUsd)),
    figure(say('exposure.equity'), equity),
    figure(say('exposure.pnl'), pnl),
    ...(share
      ? [figure(say('exposure.top'), partlyToo(say('exposure.topText', share), coverage, context))]
      : []),
  ];
}
