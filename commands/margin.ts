import { defineCommand } from '../src/app/command.ts';
import { ok } from '../src/domain/result.ts';
import { gapsOf, positionsOf } from '../src/portfolio/snapshot.ts';
import { assessPool } from '../src/risk/pool-risk.ts';
import { chartIn } from './layout/chart-frame.ts';
import { gapNotes, scopedTitle, severityOf } from './layout/coverage.ts';
import { marginChart } from './layout/margin-chart.ts';
import { accountData, totalsData } from './layout/margin-data.ts';
import { daysOf } from './layout/margin-day.ts';
import { dayFigures, dayNotes } from './layout/margin-day-lines.ts';
import { marginNotes } from './layout/margin-notes.ts';
import { marginFigures, marginTable } from './layout/margin-table.ts';
import { marketNotes } from './layout/market-notes.ts';
import { marketGapData, marketGapsOf } from './layout/market-scope.ts';
import { accountsIn, isAccountIn } from './layout/narrow.ts';
import { scopeOf } from './layout/scope.ts';

/** Equity, margin and health, per account and pooled, and what to move where. */
export const margin = defineCommand({
  name: 'margin',
  access: 'read',
  usesMarket: true,
  options: [{ name: 'account', type: 'account' }],
  async run(context, options) {
    const { say } = context;
    const whole = await context.snapshot();
    // Read when it is asked for: no other command needs them, and a start does not wait for them.
    const lives = await import('./layout/margin-deaths.ts');
    const plan = await import('./layout/margin-moves.ts');
    const scope = scopeOf(context, whole, options);
    if (!scope.ok) return scope;
    const snapshot = accountsIn(whole, scope.value);
    const { takenAt } = snapshot;
    const judged = await context.judge(whole);
    const accounts = judged.accounts.filter(isAccountIn(scope.value));
    const totals = assessPool(accounts);
    const days = await daysOf(accounts, whole, context);
    const { series } = context.market(whole);
    const deaths = accounts.map((row) => lives.deathsOf(row, series));
    const moves = plan.movesOf(whole, scope.value.account);
    const kinds = ['candles', 'funding'] as const;
    const missing = marketGapsOf(positionsOf(snapshot), whole, { context, kinds });
    return ok({
      report: async () => ({ snapshot: whole, desk: judged }),
      data: {
        accounts: deaths.map((each, place) => ({
          ...accountData(each.account, days[place]),
          liquidatedAt: lives.deathData(each),
        })),
        totals: totalsData(totals, accounts, days),
        moves,
        marketGaps: missing.map(marketGapData),
      },
      gaps: gapsOf(snapshot),
      reply: {
        title: scopedTitle(say('margin.title'), scope.value),
        severity: severityOf(snapshot, [totals.band, ...accounts.map(({ band }) => band)]),
        figures: [...marginFigures(accounts, totals, context), ...dayFigures(days, context)],
        tables: [marginTable(accounts, days, context), ...lives.deathTables(deaths, context)],
        paragraphs: plan.moveLines(moves, context),
        notes: [
          ...gapNotes(snapshot, context),
          ...marginNotes(accounts, context),
          ...lives.deathNotes(deaths, context),
          ...dayNotes(days, context),
          ...marketNotes(missing, context),
        ],
        takenAt,
        ...chartIn(
          marginChart(
            { accounts, totals },
            { title: scopedTitle(say('chart.usage'), scope.value), takenAt },
            context,
          ),
        ),
      },
    });
  },
});
