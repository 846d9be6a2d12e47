import type { CommandContext } from '../../src/app/command.ts';
import type { Decimal } from '../../src/domain/decimal.ts';
import type { Table } from '../../src/replies/reply.ts';
import { numbers, tableOf, words } from '../../src/replies/table-of.ts';
import type { AssetExposure, ExposureFigures, ExposureReport } from '../../src/risk/exposure.ts';
import { emptyText } from './coverage.ts';

export function exposureTables(report: ExposureReport, context: CommandContext): Table[] {
  const { say } = context;
  const rest = [
    splitTable(
      { caption: say('exposure.byVenue'), label: say('column.venue') },
      report.byVenue.map((row) => ({ ...row, name: row.venue })),
      context,
    ),
    splitTable(
      { caption: say('exposure.byAccount'), label: say('column.account') },
      report.byAccount.map((row) => ({ ...row, name: row.account })),
      context,
    ),
  ];
  // One venue or one account only repeats the totals.
  return [assetTable(report, context), ...rest.filter((table) => table.rows.length > 1)];
}

function assetTable(report: ExposureReport, context: CommandContext): Table {
  const { say, format } = context;
  const usd = (value: Decimal | null) => format.amount(value, 'nearest');
  return tableOf<AssetExposure>({
    caption: say('exposure.byAsset'),
    empty: emptyText(say('exposure.empty'), report.missing.length, context),
    rows: report.byAsset,
    columns: [
      words(say('column.asset'), 1, (row) => row.asset),
      numbers(say('column.net'), 1, (row) => usd(row.netUsd)),
      numbers(say('column.gross'), 2, (row) => usd(row.grossUsd)),
      numbers(say('column.long'), 4, (row) => usd(row.longUsd)),
      numbers(say('column.short'), 4, (row) => usd(row.shortUsd)),
      numbers(say('column.collateral'), 5, (row) => usd(row.collateralUsd)),
      numbers(say('column.hedge'), 3, (row) => format.percent(row.hedgeRatio, 'down')),
      numbers(say('column.share'), 6, (row) => format.percent(row.share, 'up')),
      numbers(say('column.quantity'), 7, (row) => format.quantity(row.netQuantity)),
    ],
  });
}

interface Split extends ExposureFigures {
  readonly name: string;
  readonly equityUsd: Decimal | null;
}

function splitTable(
  of: { readonly caption: string; readonly label: string },
  rows: readonly Split[],
  { say, format }: CommandContext,
): Table {
  const usd = (value: Decimal | null) => format.amount(value, 'nearest');
  return tableOf<Split>({
    caption: of.caption,
    empty: say('exposure.empty'),
    rows,
    columns: [
      words(of.label, 1, (row) => row.name),
      numbers(say('column.net'), 1, (row) => usd(row.netUsd)),
      numbers(say('column.gross'), 3, (row) => usd(row.grossUsd)),
      numbers(say('column.long'), 4, (row) => usd(row.longUsd)),
      numbers(say('column.short'), 4, (row) => usd(row.shortUsd)),
      numbers(say('column.equity'), 2, (row) => format.amount(row.equityUsd, 'down')),
    ],
  });
}
