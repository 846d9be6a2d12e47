import { commands } from '../../commands/index.ts';
import { randomIds } from '../adapters/clock/system-clock.ts';
import { createWorkerPool } from '../adapters/compute/worker-pool.ts';
import type { ConsoleRequest } from '../adapters/http/console-door.ts';
import type { ActionsRunning } from '../app/actions/create-actions.ts';
import type { NetworkStatus } from '../app/command.ts';
import { createDesk, type Desk } from '../app/desk.ts';
import { createDispatch, type Dispatch } from '../app/dispatch.ts';
import { createJudge, type Judge } from '../app/judge.ts';
import { createMarketHistory, type MarketHistory } from '../app/market-history.ts';
import { createMarketView, type MarketView } from '../app/market-view.ts';
import { terminalActor } from '../app/people.ts';
import { type Printed, presentPrinted } from '../app/present.ts';
import type { PlanEvent } from '../app/protection/plan-event.ts';
import type { PlansRunning } from '../app/protection/run-plans.ts';
import type { Reloaded } from '../app/reloaded.ts';
import { countedReader } from '../app/self-watch/counted-reader.ts';
import { type Counts, createCounts } from '../app/self-watch/counts.ts';
import { wantedMarkets } from '../app/wanted-markets.ts';
import { recallAccount } from '../portfolio/remembered-account.ts';
import type { AccountSnapshot, Snapshot } from '../portfolio/snapshot.ts';
import type { MarketSource } from '../ports/market-data.ts';
import type { AccountReader } from '../ports/venue.ts';
import type { StreamListener, VenueStream } from '../ports/venue-stream.ts';
import type { AccountWriter } from '../ports/venue-writer.ts';
import type { Locale } from '../replies/translate.ts';
import { openActions } from './actions.ts';
import type { AlertsRunning } from './alerts.ts';
import { type CommentaryRunning, openCommentary } from './commentary.ts';
import { clock, log, startedAt, type Voice, version, voiceOf } from './parts.ts';
import { openLatch, openPlanShelf, openPlans, openProtection } from './protection.ts';
import type { Setup } from './setup.ts';
import type { StreamsRunning } from './streams.ts';
import { createVenues } from './venues.ts';

/** Longer than one request's own limit, so that the half that did answer is not thrown away. */
export const READ_TIMEOUT_MS = 9000;
/** Books only sharpen a figure: nobody waits long for them. */
const MOST_DEPTH_WAIT_MS = 1000;
const WIDTH = 80;

/** The desk, running: everything a mode or a chat needs to answer. */
export interface Program {
  readonly setup: Setup;
  readonly desk: Desk;
  readonly readers: readonly AccountReader[];
  /** Readings asked so far, by venue and outcome. */
  readonly venueCounts: Counts;
  readonly history: MarketHistory;
  readonly market: (snapshot: Snapshot) => MarketView;
  /** Assets whose candles are wanted although nobody holds them. */
  owe(assets: readonly string[]): void;
  /** The first reading of candles and funding; the same promise for everybody. */
  warmMarket(): Promise<void>;
  readonly voices: Readonly<Record<Locale, Voice>>;
  readonly dispatch: Dispatch;
  readonly commentator: CommentaryRunning['commentator'];
  readonly model: CommentaryRunning['model'];
  readonly actions: ActionsRunning;
  readonly plans: PlansRunning;
  /** Told of what plans do; a mode adds its own. */
  readonly planListeners: ((event: PlanEvent) => Promise<void>)[];
  readonly judge: Judge;
  /** The venues' own market data, and a feed. */
  readonly sources: readonly MarketSource[];
  /** Opens every venue's streams. */
  openStreams(listener: StreamListener): VenueStream[];
  /** The alert desk, once a mode has opened it. */
  readonly alerts: { current: AlertsRunning | null };
  readonly streams: { current: StreamsRunning | null };
  /** Takes a changed desk file over, where a mode runs on. */
  readonly reload: { current: (() => Promise<Reloaded>) | null };
  /** Loops that run, for /status; a mode adds its own. */
  readonly loops: { name: string; lastAt(): number | null }[];
  /** Chats that are connected, for /status. */
  readonly networks: (() => NetworkStatus)[];
  /** Answers one request of `ask`, here or for another process. */
  answer(request: ConsoleRequest): Promise<Printed>;
  close(): Promise<void>;
}

export interface ProgramOptions {
  /** Limit of one request to a venue; tests shorten it. */
  readonly requestMs?: number;
  /** A reading younger than this answers without asking again; tests say 0. */
  readonly freshForMs?: number;
  /** How long an answer waits for the first reading of the market, and for a simulation. */
  readonly marketWaitMs: number;
  /** True when somebody else starts the first reading of the market, and no answer should. */
  readonly warmsLater?: true;
  /** In place of the venues' own; tests have them. */
  readonly writers?: readonly AccountWriter[];
}

export async function startProgram(setup: Setup, options: ProgramOptions): Promise<Program> {
  const requestMs = options.requestMs ?? null;
  const venues = await createVenues(setup.connections, requestMs);
  const { marketSources } = venues;
  const venueCounts = createCounts();
  const readers = venues.readers.map((reader) => countedReader(reader, venueCounts));
  const desk = createDesk({
    accounts: setup.accounts,
    readers,
    clock,
    log,
    readTimeoutMs: requestMs === null ? READ_TIMEOUT_MS : requestMs * 2 + 1000,
    freshForMs: options.freshForMs ?? setup.refreshMs,
    staleAfterMs: setup.staleAfterMs,
    remembered: await rememberedAccounts(setup),
  });
  const feed = await createFeed(setup);
  let owed: readonly string[] = [];
  const history = createMarketHistory({
    sources: [...feed.sources, ...marketSources],
    store: setup.store,
    clock,
    log,
    wanted: () => wantedMarkets(desk.lastKnown(), owed),
  });
  const market = createMarketView(history, clock);
  const closing = new AbortController();
  let warming: Promise<void> | null = null;
  const warmMarket = () => {
    warming ??= desk.snapshot().then(() => history.refresh(closing.signal));
    return warming;
  };
  const marketReady = () => {
    // A console reads the market when it is up: its first answer does not compete with 500 days.
    if (warming === null && options.warmsLater) return Promise.resolve();
    return Promise.race([warmMarket(), clock.after(options.marketWaitMs)]);
  };
  const writers = options.writers ?? venues.writers;
  const latch = openLatch(setup);
  const isStopped = async () => (await latch.state()).isStopped;
  const actions = openActions(setup, { desk, market, marketReady, writers, isStopped });
  const planListeners: Program['planListeners'] = [];
  const announce = async (event: PlanEvent) => {
    await Promise.all(planListeners.map((listener) => listener(event)));
  };
  const shelf = await openPlanShelf(setup);
  const plans = openPlans(setup, { latch, actions, announce, plans: shelf.plans });
  const protection = openProtection(setup, { latch, actions, desk, writers, plans, shelf });
  // Before anything else is answered: what a lost run has left between two steps.
  await actions.recover();
  const compute = createWorkerPool({ threads: 1 });
  const judge = createJudge({
    compute,
    clock,
    patienceMs: options.marketWaitMs,
    depth: {
      history,
      clock,
      depthWaitMs: Math.min(options.marketWaitMs / 2, MOST_DEPTH_WAIT_MS),
      signal: closing.signal,
    },
  });
  const alerts: Program['alerts'] = { current: null };
  const streams: Program['streams'] = { current: null };
  const reload: Program['reload'] = { current: null };
  const voices = {
    en: voiceOf('en', setup.timezone),
    'zh-CN': voiceOf('zh-CN', setup.timezone),
  };
  const loops: Program['loops'] = [];
  const networks: Program['networks'] = [];
  const { commentator, model } = await openCommentary(setup, {
    lastKnown: desk.lastKnown,
    signal: closing.signal,
  });
  const dispatch = createDispatch({
    commands,
    commentator,
    desk,
    accounts: setup.accounts,
    deskName: setup.name,
    isDemo: setup.isDemo,
    judge,
    alerts: (actor) => alerts.current?.counterOf(actor) ?? null,
    reload: () => reload.current,
    actions,
    protection,
    market,
    marketReady,
    store: setup.store,
    clock,
    ids: randomIds,
    log,
    voices,
    status: () => ({
      version,
      startedAt,
      loops: loops.map(({ name, lastAt }) => ({ name, lastAt: lastAt() })),
      networks: networks.map((network) => network()),
      ...(streams.current && { streams: streams.current.health() }),
      ...(alerts.current && { places: alerts.current.desk.places() }),
      storeFault: setup.store.fault()?.kind ?? null,
    }),
  });
  const close = async () => {
    closing.abort();
    await Promise.all([compute.close(), feed.close()]);
    await setup.close();
  };
  const program = {
    ...{ venueCounts, reload },
    ...{ setup, desk, readers, history, market, warmMarket, actions, judge, alerts },
    sources: [...feed.sources, ...marketSources],
    openStreams: venues.openStreams,
    streams,
    owe: (assets: readonly string[]) => {
      owed = assets;
    },
    ...{ voices, commentator, model, dispatch, loops, networks, plans, planListeners, close },
  };
  return { ...program, answer: (request) => answerAsk(request, program) };
}

async function createFeed({ marketDataUrl }: Setup): Promise<{
  readonly sources: readonly MarketSource[];
  close(): Promise<void>;
}> {
  if (marketDataUrl === null) return { sources: [], close: async () => {} };
  const { createNormalisedFeed } = await import('../adapters/market-data/normalised-feed.ts');
  const url = new URL(marketDataUrl).origin;
  const feed = createNormalisedFeed({ url, clock, random: { unit: Math.random } });
  return { sources: [feed.source], close: feed.close };
}

async function rememberedAccounts(setup: Setup): Promise<ReadonlyMap<string, AccountSnapshot>> {
  const saved = await setup.store.readings.read();
  if (!saved.ok) log.error('readings not read', { kind: saved.error.kind });
  const bodies = saved.ok ? saved.value : [];
  return new Map(
    setup.accounts.flatMap((account) => {
      const own = bodies.find((each) => each.account === account.id);
      return own ? [[account.id, recallAccount(account, own)] as const] : [];
    }),
  );
}

async function answerAsk(
  request: ConsoleRequest,
  { setup, voices, dispatch }: Pick<Program, 'setup' | 'voices' | 'dispatch'>,
): Promise<Printed> {
  const locale = localeOf(request.locale, request.person, setup);
  const voice = voices[locale];
  const actor = terminalActor(setup.people, { person: request.person, isDemo: setup.isDemo });
  if (!actor) return { exit: 2, stdout: '', stderr: `${noPerson(request.person, setup, voice)}\n` };
  const outcome = await dispatch({ line: request.line, actor, locale });
  // A person reads the rules' words at once; a program may wait for the model's ranking.
  const later = request.json ? ((await outcome.later?.()) ?? null) : null;
  const final = later === null || later === 'moved' ? outcome : later;
  return presentPrinted(final, { ...voice, locale, width: WIDTH, json: request.json });
}

function localeOf(asked: string | null, person: string | null, setup: Setup): Locale {
  if (asked === 'en' || asked === 'zh-CN') return asked;
  return setup.people.find(({ id }) => id === person)?.locale ?? setup.locale;
}

function noPerson(person: string | null, setup: Setup, { say }: Voice): string {
  const known = setup.people.map(({ id }) => id).join(', ') || say('terminal.nobody');
  return say('terminal.noPerson', { person: person ?? '', known });
}
