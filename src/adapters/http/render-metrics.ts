import { Counter, Gauge, Registry } from 'prom-client';
import type { SelfReport } from '../../ports/self-report.ts';

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number | null];

/**
 * The report in Prometheus's text format. Names end in their unit; a figure that is not known has no
 * sample. Labels are names of the desk file and words of closed lists, so their number is bounded.
 */
export function renderMetrics(report: SelfReport): Promise<string> {
  const registry = new Registry();
  const gauge = (name: string, help: string, samples: readonly Sample[]) => {
    const labelNames = Object.keys(samples[0]?.[0] ?? {});
    const metric = new Gauge({ name: `plimsoll_${name}`, help, labelNames, registers: [registry] });
    for (const [labels, value] of samples) if (value !== null) metric.set(labels, value);
  };
  const counter = (name: string, help: string, samples: readonly Sample[]) => {
    const labelNames = Object.keys(samples[0]?.[0] ?? {});
    const metric = new Counter({
      name: `plimsoll_${name}`,
      help,
      labelNames,
      registers: [registry],
    });
    for (const [labels, value] of samples) if (value !== null) metric.inc(labels, value);
  };
  const { accounts, queues, now } = report;
  const age = (at: number | null) => seconds(at === null ? null : now - at);

  gauge('healthy', '1 when nothing is wrong with the monitor itself', [
    [{}, report.ailments.length === 0 ? 1 : 0],
  ]);
  gauge('build_info', 'The version that runs, as a label', [[{ version: report.version }, 1]]);
  gauge('start_time_seconds', 'When the program started, in seconds since 1970', [
    [{}, seconds(report.startedAt)],
  ]);
  gauge('event_loop_lag_seconds', 'How late the last look of the stall watch came', [
    [{}, seconds(report.lagMs)],
  ]);
  // A float is good enough to draw and to compare with a threshold; the desk's own figures are exact.
  gauge(
    'account_data_age_seconds',
    'Age of the last good reading of an account',
    accounts.map(({ readAt, ...of }) => [labelsOf(of), age(readAt)]),
  );
  gauge(
    'margin_usage_ratio',
    'Initial margin as a share of equity, 1 means all of it',
    accounts.map(({ marginUsage, ...of }) => [labelsOf(of), marginUsage?.toNumber() ?? null]),
  );
  gauge(
    'health_factor_ratio',
    'Equity as a multiple of maintenance margin, liquidation at 1',
    accounts.map(({ healthFactor, ...of }) => [labelsOf(of), healthFactor?.toNumber() ?? null]),
  );
  gauge(
    'alerts_firing',
    'Incidents that fire now, by their level',
    report.firing.map(({ level, count }) => [{ level }, count]),
  );
  gauge(
    'outbox_queued',
    'Messages that wait for a destination',
    queues.map(({ destination, queued }) => [{ destination }, queued]),
  );
  gauge(
    'outbox_oldest_seconds',
    'How long the oldest waiting message has waited, 0 when none does',
    queues.map(({ destination, oldestDueMs }) => [{ destination }, seconds(oldestDueMs ?? 0)]),
  );
  gauge(
    'destination_broken',
    '1 while nothing can be sent there',
    queues.map(({ destination, isBroken }) => [{ destination }, isBroken ? 1 : 0]),
  );
  gauge(
    'loop_age_seconds',
    'Since when a loop has not finished a round',
    report.loops.map(({ loop, lastAt }) => [{ loop }, age(lastAt)]),
  );
  gauge(
    'stream_age_seconds',
    'Since when a stream has not been heard',
    report.streams.map(({ stream, heardAt }) => [{ stream }, age(heardAt)]),
  );
  gauge(
    'drill_latency_seconds',
    'How long the last drill took to arrive',
    report.drills.map(({ destination, latencyMs }) => [{ destination }, seconds(latencyMs)]),
  );
  gauge(
    'drill_arrived',
    '1 when the last drill arrived',
    report.drills.map(({ destination, latencyMs }) => [
      { destination },
      latencyMs === null ? 0 : 1,
    ]),
  );
  counter(
    'deliveries_total',
    'Attempts at a destination, by outcome',
    report.deliveries.map(({ destination, outcome, count }) => [{ destination, outcome }, count]),
  );
  counter(
    'venue_requests_total',
    'Readings asked of a venue, by outcome',
    report.venueRequests.map(({ venue, outcome, count }) => [{ venue, outcome }, count]),
  );
  return registry.metrics();
}

function labelsOf({ account, venue }: { readonly account: string; readonly venue: string }) {
  return { account, venue };
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1000;
}
