import type { CommandContext } from '../src/app/command.ts';
import type { Decimal } from '../src/domain/decimal.ts';
import type { Snapshot } from '../src/portfolio/snapshot.ts';
import type { Figure } from '../src/replies/reply.ts';
import { figure } from '../src/replies/table-of.ts';
import type { ExposureReport } from '../src/risk/exposure.ts';
import { partly } from './coverage.ts';

export function exposureFigures(
  report: ExposureReport,
  snapshot: Snapshot,
  context: CommandContext,
): Figure[] {
  const { say, format } = context;
  const { totals, concentration } = report;
  const total = snapshot.accounts.length;
  const missing = report.missing.length;
  const marginless = snapshot.accounts.filter(({ margin }) => !margin?.equityUsd).length;
  const { top } = concentration;
  const share = top && format.percent(top.share, 'up');
  const of = (value: Decimal | null) =>
    partly(format.usd(value, 'nearest'), { missing, total }, context);
  return [
    figure(say('exposure.net'), of(totals.netUsd)),
    figure(say('exposure.gross'), of(totals.grossUsd)),
    figure(say('exposure.long'), of(totals.longUsd)),
    figure(say('exposure.short'), of(totals.shortUsd)),
    figure(
      say('exposure.equity'),
      partly(format.usd(totals.equityUsd, 'down'), { missing: marginless, total }, context),
    ),
    figure(
      say('exposure.pnl'),
      partly(format.usd(totals.unrealizedPnlUsd, 'down'), { missing, total }, context),
    ),
    ...(top && share
      ? [figure(say('exposure.top'), say('exposure.topText', { asset: top.asset, share }))]
      : []),
  ];
}
