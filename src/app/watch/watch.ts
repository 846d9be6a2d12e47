import type { AlertView } from '../../alerts/look/alert-view.ts';
import { changesOf } from '../../alerts/look/changes-of.ts';
import type { ExpectedChange, Happening, ToldChange } from '../../alerts/look/happening.ts';
import { missingSamples } from '../../alerts/look/missing-samples.ts';
import { isWholeAndFresh } from '../../alerts/look/sample-at.ts';
import { sampleParts, touchedParts } from '../../alerts/look/samples-of.ts';
import type { AlertSettings } from '../../alerts/rule-settings.ts';
import type { Sample } from '../../alerts/sample.ts';
import { faultTrace } from '../../domain/fault-trace.ts';
import { splitMultiplier } from '../../domain/split-multiplier.ts';
import type { AccountSnapshot } from '../../portfolio/snapshot.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { MarkTick } from '../../ports/venue-stream.ts';
import { type Band, worstBand } from '../../risk/band.ts';
import type { JudgedDesk } from '../../risk/probability/judge-desk.ts';
import type { AlertMachine } from './alert-machine.ts';
import type { MarkBook } from './mark-book.ts';
import type { WatchStart } from './watch-start.ts';
import type { WatchedDesk } from './watched-desk.ts';

interface WatchDeps {
  readonly machine: AlertMachine;
  readonly watched: WatchedDesk;
  readonly book: MarkBook;
  readonly start: WatchStart;
  readonly settings: () => AlertSettings;
  readonly staleAfterMs: number;
  readonly hedgedBooks: readonly string[];
  /** Funding, coins, places in queues and clocks, as far as they are known. */
  readonly surroundings: (
    desk: JudgedDesk,
  ) => Pick<AlertView, 'funding' | 'adl' | 'coins' | 'clocks'>;
  readonly expected: (now: number) => Promise<readonly ExpectedChange[]>;
  readonly told: () => readonly ToldChange[];
  /** Whole readings from before this start, by account. */
  readonly before: ReadonlyMap<string, AccountSnapshot>;
  /** The leader's. */
  readonly fence: number;
  readonly clock: Clock;
  /** Milliseconds that only ever grow. */
  readonly monotonic: () => number;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** What is seen becomes alerts. Nothing here asks a venue; whoever has read or heard something says so. */
export interface Watch {
  /** A mark from anywhere; what it touches is judged at once. */
  mark(tick: MarkTick): void;
  /** The account was read, or could not be. */
  read(account: string): void;
  /** As last judged; null: not known. */
  bandOf(account: string): Band | null;
  /** When everything was last looked at; null: not yet. */
  lastAt(): number | null;
  readonly done: Promise<void>;
}

/** Everything is looked at this often, more rarely where that takes long. */
const SWEEP_MS = 1000;
const SHARE = 10;
/** Whether we see at all is found out by these looks: they never rest for longer. */
const LONGEST_REST_MS = 5000;
const SLICE_MS = 8;
const IDLE_MS = 250;

interface Sweep {
  readonly view: AlertView;
  readonly parts: (() => Sample[])[];
  readonly seen: Sample[];
  readonly startedAt: number;
}

export function startWatch(deps: WatchDeps): Watch {
  const { machine, watched, book, start, clock, log, signal } = deps;
  const touched = { accounts: new Set<string>(), assets: new Set<string>() };
  const read = new Set<string>();
  const before = new Map(deps.before);
  const bands = new Map<string, Band | null>();
  let counter = 0;
  let sweep: Sweep | null = null;
  let nextSweep = 0;
  let sweptAt: number | null = null;
  let wake = new AbortController();

  const viewNow = (): AlertView => {
    counter += 1;
    const desk = watched.now();
    return {
      desk,
      now: clock.now(),
      // Grows over restarts whatever the clock does.
      sequence: deps.fence * 1e9 + counter,
      staleAfterMs: deps.staleAfterMs,
      startedAt: start.startedAt,
      isSettling: start.resumed() !== null,
      hedgedBooks: deps.hedgedBooks,
      marks: book.marks(),
      ...deps.surroundings(desk),
    };
  };

  const attempt = <T>(what: string, look: () => T[]): T[] => {
    try {
      return look();
    } catch (cause) {
      // What this part would have said is missing: those alerts hold and say that nobody knows.
      log.error('a part of the watch failed', { what, error: faultTrace(cause) });
      return [];
    }
  };

  const step = (view: AlertView, samples: readonly Sample[], happenings: readonly Happening[]) =>
    machine.take({
      ...{ samples, happenings, now: view.now },
      staleAfterMs: view.staleAfterMs,
      resumed: start.resumed(),
    });

  const newsOf = async (view: AlertView, accounts: ReadonlySet<string>) => {
    const desk = {
      ...view.desk,
      accounts: view.desk.accounts.filter(({ account }) => accounts.has(account.account.id)),
    };
    const input = { view: { ...view, desk }, settings: deps.settings(), before, told: deps.told() };
    const found = attempt('changes', () => changesOf({ ...input, expected: [] }));
    if (found.length === 0) return found;
    const expected = await deps.expected(view.now);
    return attempt('changes', () => changesOf({ ...input, expected }));
  };

  /** What it looked like is what the next reading is compared with, once its news are safe. */
  const remember = (view: AlertView, accounts: ReadonlySet<string>) => {
    for (const { account, band } of view.desk.accounts) {
      const { id } = account.account;
      if (!accounts.has(id)) continue;
      const own = view.desk.positions.filter(({ position }) => position.account === id);
      bands.set(id, worstBand([band, ...own.map((risk) => risk.band)]));
      if (isWholeAndFresh(account, view)) before.set(id, account);
    }
  };

  /** As many of the parts as a moment has time for; they are gone from the list then. */
  const sliceOf = (parts: (() => Sample[])[]): Sample[] => {
    const until = clock.now() + SLICE_MS;
    const samples: Sample[] = [];
    do {
      const part = parts.shift();
      if (part !== undefined) samples.push(...attempt('look', part));
    } while (parts.length > 0 && clock.now() < until);
    return samples;
  };

  const lookAtTouched = async () => {
    const accounts = new Set([...touched.accounts, ...read]);
    const assets = new Set(touched.assets);
    const fresh = new Set(read);
    for (const each of [touched.accounts, touched.assets, read]) each.clear();
    const view = viewNow();
    const parts = attempt('touched', () =>
      touchedParts(view, deps.settings(), { accounts, assets }),
    );
    let isKept = true;
    while (parts.length > 0) {
      isKept = (await step(view, sliceOf(parts), [])) && isKept;
      // A burst of marks touches everybody: others get a word in between all the same.
      if (parts.length > 0) await clock.after(0, signal);
    }
    const happenings = fresh.size === 0 ? [] : await newsOf(view, fresh);
    if (happenings.length > 0) isKept = (await step(view, [], happenings)) && isKept;
    if (isKept) remember(view, fresh);
    else {
      // Not safe: seen again in a moment, by a later look.
      for (const account of fresh) read.add(account);
      await clock.after(IDLE_MS, signal);
    }
  };

  const samplesOn = ({ parts, seen, view }: Sweep): Sample[] => {
    const samples = sliceOf(parts);
    seen.push(...samples);
    if (parts.length > 0) return samples;
    const gone = attempt('missing', () => missingSamples(machine.instances().values(), seen, view));
    seen.push(...gone);
    return [...samples, ...gone];
  };

  const sweepOn = async (running: Sweep) => {
    await step(running.view, samplesOn(running), []);
    if (running.parts.length > 0) return;
    const now = clock.now();
    sweep = null;
    sweptAt = now;
    const restMs = (now - running.startedAt) * SHARE;
    nextSweep = now + Math.min(LONGEST_REST_MS, Math.max(SWEEP_MS, restMs));
    await machine.forget(new Set(running.seen.map(({ fingerprint }) => fingerprint)), now);
    start.swept();
  };

  const turn = async (): Promise<void> => {
    start.tick({ wall: clock.now(), monotonic: deps.monotonic() });
    if (touched.accounts.size > 0 || touched.assets.size > 0 || read.size > 0) {
      await lookAtTouched();
    }
    if (sweep === null && clock.now() >= nextSweep) {
      const view = viewNow();
      sweep = { view, parts: [], seen: [], startedAt: clock.now() };
      sweep.parts.push(...sampleParts(view, deps.settings()));
    }
    if (sweep !== null) await sweepOn(sweep);
  };

  const isBusy = () => sweep !== null || touched.accounts.size > 0 || read.size > 0;

  const run = async () => {
    while (!signal.aborted) {
      try {
        await turn();
        void watched.rejudge().catch((cause: unknown) => {
          log.error('chances not judged', { error: faultTrace(cause) });
        });
      } catch (cause) {
        log.error('a look of the watch failed', { error: faultTrace(cause) });
        sweep = null;
        nextSweep = clock.now() + SWEEP_MS;
      }
      // Even in a storm everybody else gets a turn in between.
      wake = new AbortController();
      await clock.after(isBusy() ? 0 : IDLE_MS, AbortSignal.any([signal, wake.signal]));
    }
  };

  return {
    mark(tick) {
      if (!book.heed(tick)) return;
      for (const account of watched.moved(tick.instrument)) touched.accounts.add(account);
      touched.assets.add(splitMultiplier(tick.instrument.symbol.split('/')[0] ?? '').asset);
      wake.abort();
    },
    read(account) {
      start.asked(account);
      read.add(account);
      wake.abort();
    },
    bandOf: (account) => bands.get(account) ?? null,
    lastAt: () => sweptAt,
    done: run(),
  };
}
