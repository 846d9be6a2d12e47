import { commands } from '../../commands/index.ts';
import { runTerminal } from '../adapters/chat/terminal/terminal.ts';
import type { ConsoleServer } from '../adapters/http/console-server.ts';
import { startSettleLoop } from '../app/actions/settle-loop.ts';
import { dailySeries } from '../app/daily-series.ts';
import { startDailyForecast } from '../app/forecast-loop.ts';
import { startForgetting } from '../app/forget-old.ts';
import { startMarketLoop } from '../app/market-loop.ts';
import { terminalActor } from '../app/people.ts';
import { startHistoryRecorder } from '../app/record-history.ts';
import { createTerminalChat } from '../app/terminal-chat.ts';
import { notifyFaults } from '../config/alert-delivery.ts';
import type { OpenDesk } from '../config/open-desk.ts';
import type { ChatGateway } from '../ports/chat.ts';
import { startAlerts } from './alerts.ts';
import { startWatching } from './alerts-watch.ts';
import { startDailyReport } from './daily-report.ts';
import { doorOf } from './door.ts';
import { loadRest } from './load-rest.ts';
import { clock, log } from './parts.ts';
import { startPlans } from './plan-news.ts';
import { type Program, startProgram } from './program.ts';
import { createReload, reloadOnSignal } from './reload.ts';
import { paintOf, widthOf } from './screen.ts';
import { startSelfWatch } from './self-watch.ts';
import { chooseDesk, claimStore, type Setup, setUp } from './setup.ts';

/** Somebody is waiting: what the market's history adds comes with the next question. */
const MARKET_WAIT_MS = 700;
/** Whoever starts a console with a question has asked by then. */
const CALM_MS = 700;
/** A venue that hangs does not keep the rest from its work. */
const MOST_CALM_MS = 5000;
/** The first reading of the market is hard work; the first answers come before it. */
const SETTLE_MS = 1500;

/** The console: the desk kept fresh, the terminal, and the door for `ask`. */
export async function consoleMode(): Promise<number> {
  const opened = await chooseDesk();
  if (!opened) return 2;
  // A desk that speaks of alerts and can tell nobody is found out now, not at three in the morning.
  const silent = opened.kind === 'file' ? notifyFaults(opened.config) : [];
  for (const line of silent) process.stderr.write(`${line}\n`);
  if (silent.length > 0) return 2;
  const stop = new AbortController();
  const claim = await claimStore(opened, () => stop.abort());
  if (!claim) return 2;
  const setup = await setUp(opened);
  if (!setup) return 2;
  const program = await startProgram(setup, {
    marketWaitMs: MARKET_WAIT_MS,
    warmsLater: true,
  });
  // From here on there is something to close. Until here start.mjs simply leaves: the store bears it.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const early = process.listeners(signal);
    process.once(signal, () => stop.abort());
    // In this order: without any listener for a moment, a signal on its way would be lost.
    for (const listener of early) process.off(signal, listener);
  }
  program.reload.current = createReload(program, opened);
  reloadOnSignal(program.reload.current);
  const calm = Promise.withResolvers<void>();
  startLoops(program, { signal: stop.signal, calm: calm.promise });
  const alerts = await startAlerts(program, { clock, signal: stop.signal });
  if (!alerts) return 1;
  program.alerts.current = alerts;
  const watch = await startWatching(program, { alerts, signal: stop.signal });
  program.loops.push(...watch.loops, { name: 'alerts', lastAt: alerts.lastAt });
  startPlans(program, { alerts, signal: stop.signal });
  startDailyReport(program, { alerts, signal: stop.signal });
  const selfWatch = await startSelfWatch(program, { alerts, watch, signal: stop.signal });
  const gateways = await openChats(program);
  alerts.gatewaysAre(gateways);
  const terminal = openTerminal(program, stop.signal);
  await terminal.isCalm;
  calm.resolve();
  const door = await openDoor(opened, program);
  if (!door) stop.abort();
  await terminal.done;
  // The end of standard input ends a terminal; a desk that also answers elsewhere stays.
  if ((gateways.length > 0 || answersElsewhere(setup)) && !process.stdin.isTTY)
    await aborted(stop.signal);
  stop.abort();
  door?.close();
  selfWatch.close();
  await watch.done;
  // The ways out stay open until what is on its way has arrived.
  await alerts.done;
  await Promise.all(gateways.map((gateway) => gateway.close()));
  await program.close();
  await claim.release();
  return door ? 0 : 2;
}

async function openChats(program: Program): Promise<readonly ChatGateway[]> {
  const { discord, telegram } = program.setup.chat;
  return discord || telegram ? (await import('./chats.ts')).startChats(program) : [];
}

/** `isCalm`: the first question is answered, or nobody has one. */
function openTerminal(program: Program, signal: AbortSignal) {
  // Asked to stop while it started, the terminal would wait for an abort that has already been.
  if (signal.aborted) return { isCalm: Promise.resolve(), done: Promise.resolve() };
  const first = Promise.withResolvers<void>();
  const chat = chatOf(program);
  let isAsked = false;
  const answer = (line: string) => {
    isAsked = true;
    return chat.answer(line).finally(first.resolve);
  };
  const isCalm = clock
    .after(CALM_MS, signal)
    .then(() => (isAsked ? clock.after(MOST_CALM_MS, signal) : undefined));
  const { stdin: input, stdout: output } = process;
  const done = runTerminal({ ...chat, answer }, { input, output, signal });
  return { isCalm: Promise.race([first.promise, done, isCalm]), done };
}

async function openDoor(opened: OpenDesk, { answer }: Program): Promise<ConsoleServer | null> {
  const { serveConsole } = await import('../adapters/http/console-server.ts');
  try {
    return await serveConsole(doorOf(opened), answer);
  } catch {
    process.stderr.write(
      `${doorOf(opened).file}: cannot be written; let PLIMSOLL_STORE name a file in a folder of yours\n`,
    );
    return null;
  }
}

function answersElsewhere({ destinations, listen }: Setup): boolean {
  return destinations.length > 0 || listen !== null;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function startLoops(
  { setup, desk, history, market, warmMarket, owe, loops, actions }: Program,
  { signal, calm }: { readonly signal: AbortSignal; readonly calm: Promise<void> },
) {
  const timing = { clock, log, signal };
  const { store } = setup;
  const lastKnown = desk.lastKnown;
  const records = startHistoryRecorder({ ...timing, store, lastKnown });
  startForgetting({ ...timing, store, keepMs: setup.keepMs });
  const forecasts = startDailyForecast({
    ...timing,
    forecasts: store.forecasts,
    lastKnown,
    market,
    owe,
    dailySeries: (asset) => dailySeries(history, asset),
  });
  let marketAt = () => null as number | null;
  void calm
    .then(() => clock.after(SETTLE_MS, signal))
    .then(() => (signal.aborted ? undefined : loadRest().then(warmMarket)))
    .catch(() => log.error('first market round failed', {}))
    .then(() => {
      marketAt = startMarketLoop(history, timing).lastAt;
    });
  const settles = startSettleLoop(actions, timing);
  loops.push(
    { name: 'actions', lastAt: settles.lastAt },
    { name: 'market', lastAt: () => marketAt() },
    { name: 'history', lastAt: records.lastAt },
    { name: 'forecast', lastAt: forecasts.lastAt },
  );
}

function chatOf(program: Program) {
  const { setup, voices, desk, dispatch } = program;
  const actor = terminalActor(setup.people, { person: null, isDemo: setup.isDemo });
  if (!actor) throw new TypeError('the terminal always has somebody');
  return createTerminalChat({
    actor,
    locale: setup.locale,
    voice: voices[setup.locale],
    deskName: setup.name,
    isDemo: setup.isDemo,
    accounts: setup.accounts,
    commands,
    desk,
    dispatch,
    ...(program.alerts.current && { onNotice: program.alerts.current.onTerminal }),
    textOptions: () => ({ width: widthOf(), ...paintOf() }),
  });
}
