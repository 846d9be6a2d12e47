import type { Server } from 'node:http';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { type DrillResult, nextTimeOfDay, runDailyDrill } from '../app/self-watch/daily-drill.ts';
import { runDeadMan } from '../app/self-watch/dead-man.ts';
import { ailmentsOf, ailmentWord, type VitalSigns } from '../app/self-watch/vital-signs.ts';
import { watchStall } from '../app/self-watch/watch-stall.ts';
import { watchStore } from '../app/self-watch/watch-store.ts';
import { runWatchdogMessage } from '../app/self-watch/watchdog-message.ts';
import { watchdogReply } from '../app/self-watch/watchdog-reply.ts';
import type { SelfReport } from '../ports/self-report.ts';
import { assessAccount } from '../risk/account-risk.ts';
import type { AlertsRunning } from './alerts.ts';
import type { WatchRunning } from './alerts-watch.ts';
import { clock, log, startedAt, version } from './parts.ts';
import type { Program } from './program.ts';

/** Loops whose round has to end again and again for anybody to be warned; the others may take their time. */
const EVALUATORS: Readonly<Record<string, number>> = { alerts: 10_000, watch: 10_000 };
/** A round of readings waits for the slowest venue. */
const READING_GRACE_MS = 30_000;
const START_MS = 60_000;

export interface SelfWatch {
  report(): SelfReport;
  close(): void;
}

/** Watches the watcher until `signal` aborts: pings out, drills, messages, health and metrics. */
export async function startSelfWatch(
  program: Program,
  of: {
    readonly alerts: AlertsRunning;
    readonly watch: WatchRunning;
    readonly signal: AbortSignal;
  },
): Promise<SelfWatch> {
  const { setup } = program;
  const { alerts, signal } = of;
  const timing = { clock: systemClock, log, signal };
  // While it starts, the libraries and the first history keep the main loop busy: nobody is woken by that.
  const onStall = () => {
    if (clock.now() - startedAt > START_MS) void alerts.desk.raise('stalled');
  };
  const stall = watchStall({ ...timing, onStall });
  const store = watchStore(setup.store.facts, timing);
  const drills = new Map<string, DrillResult>();
  const signs = (): VitalSigns =>
    signsOf(program, { ...of, store: store(), stalledAt: stall.lastAt() });
  const ailments = () => ailmentsOf(signs(), clock.now());
  const report = () => ({
    ...reportOf(program, of),
    ailments: ailments().map(ailmentWord),
    lagMs: stall.lagMs(),
    drills: [...drills.values()],
  });

  void runDailyDrill({
    ...timing,
    desk: alerts.desk,
    destinations: () => alerts.destinations().map(({ id }) => id),
    nextAt: (after) => {
      const { drillMinute: minute, timezone: timeZone } = setup;
      return minute === null ? null : nextTimeOfDay(after, { minute, timeZone });
    },
    onResult: (result) => drills.set(result.destination, result),
  });
  if (!setup.isDemo) {
    const as = { deskName: setup.name, staleAfterMs: setup.staleAfterMs };
    void runWatchdogMessage({
      ...timing,
      places: alerts.chatPlaces,
      replyIn: (locale) => watchdogReply(report(), as, program.voices[locale]),
      facts: setup.store.facts,
    });
  }
  if (setup.watchdog !== null) {
    const { httpDeadMan } = await import('../adapters/push/http-dead-man.ts');
    const { url, everyMs } = setup.watchdog;
    void runDeadMan({ ...timing, to: httpDeadMan(url), ailments, everyMs });
  }
  const server = await serve(program, report);
  return { report, close: () => server?.close() };
}

/** Telegram's webhook listens at the same address: then it hands on what is not its own. */
async function serve({ setup }: Program, report: () => SelfReport): Promise<Server | null> {
  if (setup.listen === null) return null;
  const { serveStatus, statusListener } = await import('../adapters/http/status-server.ts');
  const listener = statusListener(report);
  if (setup.chat.telegram?.webhook) {
    setup.chat.telegram.webhook.others = listener;
    return null;
  }
  const server = await serveStatus(listener, setup.listen);
  if (server === null) {
    log.error('http.listen cannot be used: is the address free?', { port: setup.listen.port });
  }
  return server;
}

function signsOf(
  { loops, desk, setup }: Program,
  of: {
    readonly alerts: AlertsRunning;
    readonly watch: WatchRunning;
    readonly store: VitalSigns['store'];
    readonly stalledAt: number | null;
  },
): VitalSigns {
  const due = of.alerts.desk.queues().flatMap(({ oldestDueMs }) => oldestDueMs ?? []);
  const read = desk.lastKnown().accounts.flatMap(({ positionsAt }) => positionsAt ?? []);
  const evaluators: Readonly<Record<string, number>> = {
    ...EVALUATORS,
    positions: READING_GRACE_MS + setup.staleAfterMs,
  };
  return {
    startedAt,
    loops: loops.flatMap(({ name, lastAt }) => {
      const graceMs = evaluators[name];
      return graceMs === undefined ? [] : [{ name, lastAt: lastAt(), graceMs }];
    }),
    oldestDueMs: due.length > 0 ? Math.max(...due) : null,
    store: { ...of.store, isFailing: of.store.isFailing || setup.store.fault() !== null },
    venueAnsweredAt: read.length > 0 ? Math.max(...read) : null,
    streams: of.watch.streams
      .health()
      .filter(({ state }) => state !== 'unsupported')
      .map(({ name, heardAt }) => ({ name, heardAt })),
    stalledAt: of.stalledAt,
  };
}

function reportOf(
  { desk, loops, venueCounts }: Program,
  { alerts, watch }: { readonly alerts: AlertsRunning; readonly watch: WatchRunning },
): Omit<SelfReport, 'ailments' | 'lagMs' | 'drills'> {
  const { accounts } = desk.lastKnown();
  const open = alerts.desk.open();
  return {
    ...{ version, startedAt, now: clock.now() },
    accounts: accounts.map((each) => {
      const { marginUsage, healthFactor } = assessAccount(each);
      const { id: account, venue } = each.account;
      return { account, venue, readAt: each.positionsAt, marginUsage, healthFactor };
    }),
    firing: ['INFO', 'WARN', 'CRIT', 'EMERG'].map((level) => ({
      level,
      count: open.filter((incident) => incident.level === level).length,
    })),
    queues: alerts.desk.queues(),
    loops: loops.map(({ name: loop, lastAt }) => ({ loop, lastAt: lastAt() })),
    streams: watch.streams.health().map(({ name: stream, heardAt }) => ({ stream, heardAt })),
    deliveries: alerts.attempts
      .all()
      .map(({ of: destination, ...rest }) => ({ destination, ...rest })),
    venueRequests: venueCounts.all().map(({ of: venue, ...rest }) => ({ venue, ...rest })),
  };
}
