import { createHash } from 'node:crypto';
import { checkedInhibitions, INHIBITIONS } from '../alerts/inhibition-rules.ts';
import { startRefreshLoop } from '../app/refresh-loop.ts';
import { createAlertMachine } from '../app/watch/alert-machine.ts';
import { rememberedAlerts } from '../app/watch/alert-memory.ts';
import { startClockCheck } from '../app/watch/clock-check.ts';
import { expectedChanges } from '../app/watch/expected-changes.ts';
import { createMarkBook } from '../app/watch/mark-book.ts';
import { startMarkPolling } from '../app/watch/mark-polling.ts';
import { pollPace } from '../app/watch/poll-pace.ts';
import { adlLooks, createCoinPrices, fundingLooks } from '../app/watch/surroundings.ts';
import { startWatch, type Watch } from '../app/watch/watch.ts';
import { createWatchStart } from '../app/watch/watch-start.ts';
import { createWatchedDesk } from '../app/watch/watched-desk.ts';
import type { AlertsRunning } from './alerts.ts';
import { clock, log } from './parts.ts';
import type { Program } from './program.ts';
import { type StreamsRunning, startStreams } from './streams.ts';

const ALIVE = 'watch.alive';
/** After a loss of power, so much of the time without a watch is not known. */
const ALIVE_MS = 10_000;

export interface WatchRunning {
  readonly loops: Program['loops'];
  readonly streams: StreamsRunning;
  readonly done: Promise<void>;
}

/** Reads, listens, looks and tells, until `signal` aborts. */
export async function startWatching(
  program: Program,
  { alerts, signal }: { readonly alerts: AlertsRunning; readonly signal: AbortSignal },
): Promise<WatchRunning> {
  const { setup, desk, history } = program;
  const timing = { clock, log, signal };
  const rows = await setup.store.alerts.load();
  if (!rows.ok) log.error('alerts not loaded', { kind: rows.error.kind });
  const alive = await setup.store.facts.get(ALIVE);
  const monotonic = () => performance.now();
  const book = createMarkBook(clock.now);
  const coins = createCoinPrices();
  const clocks = startClockCheck(program.readers, timing);
  const watched = createWatchedDesk({ ...{ desk, book, clock }, ...program });
  alerts.reportIs(() => {
    const judged = watched.now();
    const accounts = judged.accounts.map(({ account }) => account);
    return { snapshot: { accounts, takenAt: desk.lastKnown().takenAt }, desk: judged };
  });
  const watch = startWatch({
    machine: createAlertMachine({
      memory: rememberedAlerts(rows.ok ? rows.value : []),
      settings: () => setup.alerts,
      inhibitions: inhibitions(),
      venuesOfBook: (name) => [
        ...new Set(
          setup.accounts.filter(({ books }) => books.includes(name)).map(({ venue }) => venue),
        ),
      ],
      desk: alerts.desk,
    }),
    ...{ watched, book, monotonic },
    start: createWatchStart({
      accounts: desk.accountIds,
      clocks: { wall: clock.now(), monotonic: monotonic() },
      lastAlive: alive.ok && alive.value !== null ? Number(alive.value) : null,
    }),
    settings: () => setup.alerts,
    staleAfterMs: setup.staleAfterMs,
    hedgedBooks: setup.hedgedBooks,
    surroundings: (judged) => ({
      funding: fundingLooks(desk.lastKnown(), history),
      adl: adlLooks(judged),
      coins: coins.now(),
      clocks: clocks.offsets(),
    }),
    expected: (now) => expectedChanges(setup.store.actions, { now, hash: sha256 }),
    told: () => [],
    before: new Map(desk.lastKnown().accounts.map((each) => [each.account.id, each])),
    fence: alerts.desk.fence,
    ...timing,
  });
  const readings = startRefreshLoop(desk, {
    ...{ clock, signal },
    paceOf: (account) => paceOf(account, { program, watch, streams }),
    onRead: watch.read,
  });
  const streams = startStreams(program, {
    listener: { mark: watch.mark, changed: readings.hurry },
    signal,
  });
  program.streams.current = streams;
  const marks = startMarkPolling({
    ...timing,
    sources: program.sources,
    isStreamed: streams.hasMarks,
    heed: watch.mark,
    told: coins.told,
  });
  void keepAlive(watch, { program, signal });
  return {
    streams,
    loops: [
      { name: 'positions', lastAt: readings.lastAt },
      { name: 'watch', lastAt: watch.lastAt },
      { name: 'marks', lastAt: marks.lastAt },
    ],
    done: Promise.all([watch.done, readings.done, marks.done, streams.done]).then(() => {}),
  };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function inhibitions() {
  const checked = checkedInhibitions(INHIBITIONS);
  if (checked.ok) return checked.value;
  throw new TypeError(`alerts inhibit their own cause: ${checked.error.join(' ')}`);
}

function paceOf(
  account: string,
  of: { readonly program: Program; readonly watch: Watch; readonly streams: StreamsRunning },
): number {
  const { setup, desk } = of.program;
  const known = desk.lastKnown().accounts.find((each) => each.account.id === account);
  return pollPace(
    {
      band: known?.status === 'ok' ? of.watch.bandOf(account) : null,
      isFlat: known?.positions.length === 0,
      isStreamed: of.streams.isStreamed(account),
    },
    { everyMs: setup.refreshMs, staleAfterMs: setup.staleAfterMs },
  );
}

/** So that the next start knows since when nobody was watching. */
async function keepAlive(
  watch: Watch,
  { program, signal }: { readonly program: Program; readonly signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    await clock.after(ALIVE_MS, signal);
    const at = watch.lastAt();
    if (at !== null && clock.now() - at < ALIVE_MS) {
      await program.setup.store.facts.put(ALIVE, String(at));
    }
  }
}
