import type { CommandContext } from '../../src/app/command.ts';
import type { VenueRatio } from '../../src/domain/position.ts';
import type { Figure, Table } from '../../src/replies/reply.ts';
import { figure, numbers, tableOf, words } from '../../src/replies/table-of.ts';
import type { AccountRisk } from '../../src/risk/account-risk.ts';
import { bandOfHealth, bandOfUsage } from '../../src/risk/band.ts';
import type { PoolRisk } from '../../src/risk/pool-risk.ts';
import type { JudgedAccount } from '../../src/risk/probability/judge-desk.ts';
import type { Coverage } from './coverage.ts';
import { partly, partlyToo } from './coverage.ts';
import type { AccountDay } from './margin-day.ts';
import { probabilityText } from './probability-text.ts';

export function marginFigures(
  accounts: readonly AccountRisk[],
  totals: PoolRisk,
  context: CommandContext,
): Figure[] {
  const { say, format } = context;
  const of = marginCoverage(accounts, totals);
  const health = format.multiple(totals.healthFactor, 'down');
  return [
    figure(say('margin.equity'), partly(format.usd(totals.equityUsd, 'down'), of, context)),
    figure(
      say('margin.available'),
      partlyToo(format.usd(totals.availableUsd, 'down'), of, context),
    ),
    figure(
      say('margin.usage'),
      partlyToo(format.percent(totals.marginUsage, 'up'), of, context),
      totals.marginUsage === null ? null : bandOfUsage(totals.marginUsage),
    ),
    ...(totals.healthFactor === null
      ? []
      : [
          figure(
            say('margin.health'),
            partlyToo(health, of, context),
            bandOfHealth(totals.healthFactor),
          ),
        ]),
    ...weakestFigure(accounts, context),
  ];
}

/** Accounts whose margin is in no total, or in it from an earlier reading. */
export function marginCoverage(accounts: readonly AccountRisk[], totals: PoolRisk): Coverage {
  return {
    missing: totals.missing.length,
    stale: accounts.filter(isMarginOld).length,
    total: accounts.length,
  };
}

/** Its margin is in the totals, from an earlier reading. */
function isMarginOld({ account, equityUsd }: AccountRisk): boolean {
  return equityUsd !== null && account.gaps.some(({ scope }) => /account|margin/.test(scope));
}

/** The account nearest to liquidation; an account that owes is weaker than any. */
function weakestFigure(
  accounts: readonly AccountRisk[],
  { say, format }: CommandContext,
): Figure[] {
  if (accounts.length < 2) return [];
  const known = accounts.filter(({ healthFactor }) => healthFactor !== null);
  known.sort((a, b) => a.healthFactor?.cmp(b.healthFactor ?? 0) ?? 0);
  const [weakest] = known;
  if (weakest === undefined) return [];
  const account = weakest.account.account.id;
  const health = format.multiple(weakest.healthFactor, 'down');
  return [
    figure(say('margin.weakest'), say('margin.weakestText', { account, health }), weakest.band),
  ];
}

export function marginTable(
  accounts: readonly JudgedAccount[],
  days: readonly AccountDay[],
  context: CommandContext,
): Table {
  const { say, format } = context;
  const dayOf = ({ account }: JudgedAccount) =>
    days.find((day) => day.account === account.account.id);
  const change = (row: JudgedAccount) => format.amount(dayOf(row)?.equityChangeUsd ?? null, 'down');
  const funding = (row: JudgedAccount) => format.amount(dayOf(row)?.fundingPaidUsd ?? null, 'up');
  return tableOf<JudgedAccount>({
    caption: accounts.length > 1 ? say('margin.accounts') : null,
    empty: say('margin.empty'),
    rows: accounts,
    columns: [
      words(say('column.account'), 1, (row) => row.account.account.id),
      numbers(say('column.health'), 1, (row) => ({
        text: format.multiple(row.healthFactor, 'down'),
        severity: row.account.status === 'missing' ? 'warn' : row.band,
      })),
      numbers(say('column.probability'), 3, (row) =>
        row.probability === null ? '' : probabilityText(row.probability['24h'], context),
      ),
      words(say('column.venueRatio'), 5, (row) => venueRatioText(row.venueRatio, context)),
      numbers(say('column.usage'), 1, (row) => format.percent(row.marginUsage, 'up')),
      numbers(say('column.equity'), 2, (row) => format.amount(row.equityUsd, 'down')),
      numbers(say('column.today'), 4, change),
      numbers(say('column.available'), 6, (row) => format.amount(row.availableUsd, 'down')),
      numbers(say('column.maintenance'), 7, (row) => format.amount(row.maintenanceMarginUsd, 'up')),
      numbers(say('column.initial'), 8, (row) => format.amount(row.initialMarginUsd, 'up')),
      numbers(say('column.funding'), 9, funding),
    ],
  });
}

/** Under the venue's own name, in its own convention, rounded toward its danger. */
function venueRatioText(ratio: VenueRatio | null, { format }: CommandContext): string {
  if (ratio === null) return '–';
  return `${ratio.name} ${format.price(ratio.value, { tickSize: null, rounding: ratio.direction === 'up' ? 'up' : 'down' })}`;
}
