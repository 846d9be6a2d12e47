import { runDailyReport } from '../app/commentary/daily-report.ts';
import { nextTimeOfDay } from '../app/self-watch/daily-drill.ts';
import type { AlertsRunning } from './alerts.ts';
import { clock, log } from './parts.ts';
import type { Program } from './program.ts';

/** The report of the day, where the desk file asks for one. */
export function startDailyReport(
  { setup, dispatch }: Program,
  { alerts, signal }: { readonly alerts: AlertsRunning; readonly signal: AbortSignal },
): void {
  const { dailyReport, timezone: timeZone } = setup;
  if (dailyReport === null) return;
  const { minute, to } = dailyReport;
  void runDailyReport({
    ...{ dispatch, clock, log, signal },
    nextAt: (after) => nextTimeOfDay(after, { minute, timeZone }),
    places: () =>
      alerts
        .senders()
        .filter(({ id }) => to.includes(id))
        .map((each) => ({ to: each, locale: alerts.localeOf(each.id) })),
  }).catch(() => log.error('daily report stopped', {}));
}
