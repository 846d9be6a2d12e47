import { defineCommand } from '../src/app/command.ts';
import { ok } from '../src/domain/result.ts';
import { gapsOf } from '../src/portfolio/snapshot.ts';
import { figure, note } from '../src/replies/table-of.ts';
import { DAY_MS, utcDay } from '../src/risk/statistics/candle-series.ts';
import { alertRows, alertTable, rowData } from './layout/alert-table.ts';
import { gapNotes, severityOf } from './layout/coverage.ts';
import { actData, actsTable, endedAlerts, endedData, endedTable } from './layout/day-events.ts';
import { worstData, worstFigures, worstOfDay } from './layout/day-worst.ts';
import { totalsData } from './layout/margin-data.ts';
import { daysOf } from './layout/margin-day.ts';
import { dayFigures, dayNotes } from './layout/margin-day-lines.ts';
import { marginFigures } from './layout/margin-table.ts';
import { varData } from './layout/var-data.ts';
import { varFigures } from './layout/var-figures.ts';
import { varView } from './layout/var-view.ts';

/** The day at a glance: worth, what changed, what fires, what tomorrow may cost, and what to do first. */
export const report = defineCommand({
  name: 'report',
  access: 'read',
  usesMarket: true,
  options: [],
  async run(context) {
    const { say, now } = context;
    const snapshot = await context.snapshot();
    const judged = await context.judge(snapshot);
    const { accounts, totals } = judged;
    const days = await daysOf(accounts, snapshot, context);
    const forecast = varView(snapshot, context);
    const fires = context.alerts ? alertRows(context.alerts, now) : [];
    const from = utcDay(now) * DAY_MS;
    const worst = worstOfDay(accounts, { points: await context.dayPoints(), now });
    const ended = endedAlerts(context.alerts?.since(from) ?? [], from);
    const acts = await context.actions.since(from);
    return ok({
      report: async () => ({ snapshot, desk: judged }),
      data: {
        totals: totalsData(totals, accounts, days),
        alerts: fires.map((row) => rowData(row, context)),
        forecast: varData(forecast, null),
        today: {
          ...worstData(worst),
          endedAlerts: ended.map((each) => endedData(each, context)),
          acts: acts.ok ? acts.value.map(actData) : null,
        },
      },
      gaps: gapsOf(snapshot),
      reply: {
        title: say('report.title'),
        severity: severityOf(snapshot, [totals.band, ...accounts.map(({ band }) => band)]),
        figures: [
          ...marginFigures(accounts, totals, context),
          ...dayFigures(days, context),
          ...worstFigures(worst, context),
          ...varFigures(forecast, snapshot, context),
          ...(context.alerts ? [figure(say('alerts.fires'), String(fires.length))] : []),
        ],
        tables: [
          ...(fires.length > 0 ? [alertTable(fires, context)] : []),
          ...(ended.length > 0 ? [endedTable(ended, context)] : []),
          ...(acts.ok ? [actsTable(acts.value, context)] : []),
        ],
        paragraphs: [],
        notes: [
          ...gapNotes(snapshot, context),
          ...dayNotes(days, context),
          ...(acts.ok ? [] : [note(say('report.noBooks'), 'warn')]),
        ],
        takenAt: snapshot.takenAt,
      },
    });
  },
});
