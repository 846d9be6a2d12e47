import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { commands } from '../commands/index.ts';
import { parseAsk } from './adapters/chat/terminal/parse-ask.ts';
import { runTerminal } from './adapters/chat/terminal/terminal.ts';
import { randomIds, systemClock } from './adapters/clock/system-clock.ts';
import { askConsole, type ConsoleRequest, serveConsole } from './adapters/http/console-server.ts';
import { createLog } from './adapters/log/pino-log.ts';
import { createDesk } from './app/desk.ts';
import { createDispatch } from './app/dispatch.ts';
import { inspectDesk } from './app/doctor.ts';
import { evaluateVectors } from './app/evaluate-vectors.ts';
import { DEMO_PEOPLE, type Person, terminalActor } from './app/people.ts';
import { type Printed, presentPrinted } from './app/present.ts';
import { startRefreshLoop } from './app/refresh-loop.ts';
import { createTerminalChat } from './app/terminal-chat.ts';
import { type OpenDesk, openDesk } from './config/open-desk.ts';
import type { Account } from './domain/account.ts';
import { asAccountId } from './domain/units.ts';
import type { VenueConnection } from './ports/venue.ts';
import { createFormatter } from './replies/format.ts';
import { nearest } from './replies/nearest.ts';
import { renderText } from './replies/render-text.ts';
import type { Severity } from './replies/reply.ts';
import { createTranslate, type Locale } from './replies/translate.ts';

/** Longer than one request's own limit, so that the half that did answer is not thrown away. */
const READ_TIMEOUT_MS = 9000;
const WIDTH = 80;

const clock = systemClock;
const log = createLog();
const startedAt = clock.now();
const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string };

/** A desk ready to be read: from the file, or the demo with its simulator running. */
interface Setup {
  readonly name: string;
  readonly locale: Locale;
  readonly timezone: string;
  readonly isDemo: boolean;
  readonly accounts: readonly Account[];
  readonly connections: readonly VenueConnection[];
  readonly people: readonly Person[];
  readonly tradeAccess: ReadonlySet<string>;
  readonly unused: readonly string[];
  readonly refreshMs: number;
  readonly staleAfterMs: number;
  close(): Promise<void> | void;
}

type Voice = ReturnType<typeof voiceOf>;

function voiceOf(locale: Locale, timezone: string) {
  return { say: createTranslate(locale), format: createFormatter(locale, timezone) };
}

/** Which desk this run is about, before anything is started; null when the problems are printed. */
async function chooseDesk() {
  const { ccxtVenueIds, isCcxtVenue } = await import(
    './adapters/venues/ccxt/create-ccxt-venues.ts'
  );
  const opened = openDesk(process.env, {
    has: (venue) => venue === 'ztdx' || isCcxtVenue(venue),
    suggest: (venue) => nearest(venue, [...ccxtVenueIds(), 'ztdx']),
  });
  if (opened.ok) return opened.value;
  for (const line of opened.error) process.stderr.write(`${line}\n`);
  return null;
}

async function setUp(opened: OpenDesk): Promise<Setup> {
  if (opened.kind === 'demo') return setUpDemo();
  return { ...opened.config, isDemo: false, close: () => {} };
}

/** The demo desk speaks the language of the shell that started it: it has no desk file to say so. */
async function setUpDemo(): Promise<Setup> {
  const { startSim } = await import('./sim/start-sim.ts');
  const sim = await startSim({ seed: 'plimsoll' });
  const shell = process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '';
  return {
    name: 'Demo desk',
    locale: shell.startsWith('zh') ? 'zh-CN' : 'en',
    timezone: 'UTC',
    isDemo: true,
    accounts: sim.accounts.map(({ id, name, venue, books, fundedBy }) => ({
      id: asAccountId(id),
      name,
      venue,
      books,
      fundedBy: fundedBy.map(asAccountId),
    })),
    connections: sim.accounts.map(({ id, venue, credentials }) => ({
      account: asAccountId(id),
      venue,
      environment: 'live',
      baseUrl: sim.origin,
      proxy: null,
      credentials: { token: null, ...credentials },
    })),
    people: DEMO_PEOPLE,
    tradeAccess: new Set(sim.accounts.map(({ id }) => id)),
    unused: [],
    refreshMs: 5000,
    staleAfterMs: 30_000,
    close: () => sim.close(),
  };
}

/** Ways to the venues. One per process: readers and market sources share lanes and market lists. */
async function createVenues(connections: readonly VenueConnection[]) {
  const { createCcxtVenues } = await import('./adapters/venues/ccxt/create-ccxt-venues.ts');
  const { createZtdxVenues } = await import('./adapters/venues/ztdx/ztdx-venues.ts');
  const ccxt = createCcxtVenues(clock);
  const ztdx = createZtdxVenues(clock);
  const waysTo = ({ venue }: VenueConnection) => (venue === 'ztdx' ? ztdx : ccxt);
  // One source per venue, over its live address where the desk has one.
  const live = connections.filter(({ environment }) => environment === 'live');
  const addresses = new Map([...connections, ...live].map((each) => [each.venue, each]));
  return {
    readers: connections.map((connection) => waysTo(connection).reader(connection)),
    marketSources: [...addresses.values()].map((each) => waysTo(each).marketData(each)),
  };
}

interface Running {
  readonly setup: Setup;
  readonly desk: ReturnType<typeof createDesk>;
  readonly voices: Readonly<Record<Locale, Voice>>;
  /** Answers one request of `ask`, here or for another process. */
  answer(request: ConsoleRequest): Promise<Printed>;
  dispatch: ReturnType<typeof createDispatch>;
}

async function run(setup: Setup, loopAt: () => number | null): Promise<Running> {
  const { readers } = await createVenues(setup.connections);
  const desk = createDesk({
    accounts: setup.accounts,
    readers,
    clock,
    log,
    readTimeoutMs: READ_TIMEOUT_MS,
    freshForMs: setup.refreshMs,
    staleAfterMs: setup.staleAfterMs,
  });
  const voices = {
    en: voiceOf('en', setup.timezone),
    'zh-CN': voiceOf('zh-CN', setup.timezone),
  };
  const dispatch = createDispatch({
    commands,
    desk,
    accounts: setup.accounts,
    deskName: setup.name,
    isDemo: setup.isDemo,
    clock,
    ids: randomIds,
    log,
    voices,
    status: () => ({ version, startedAt, loops: [{ name: 'positions', lastAt: loopAt() }] }),
  });
  const answer = async (request: ConsoleRequest): Promise<Printed> => {
    const locale = localeOf(request.locale, request.person, setup);
    const voice = voices[locale];
    const actor = terminalActor(setup.people, { person: request.person, isDemo: setup.isDemo });
    if (!actor)
      return { exit: 2, stdout: '', stderr: `${noPerson(request.person, setup, voice)}\n` };
    const outcome = await dispatch({ line: request.line, actor, locale });
    return presentPrinted(outcome, { ...voice, locale, width: WIDTH, json: request.json });
  };
  return { setup, desk, voices, answer, dispatch };
}

function localeOf(asked: string | null, person: string | null, setup: Setup): Locale {
  if (asked === 'en' || asked === 'zh-CN') return asked;
  return setup.people.find(({ id }) => id === person)?.locale ?? setup.locale;
}

function noPerson(person: string | null, setup: Setup, { say }: Voice): string {
  const known = setup.people.map(({ id }) => id).join(', ') || say('terminal.nobody');
  return say('terminal.noPerson', { person: person ?? '', known });
}

/** The running console of a desk is found by a file beside the store. */
const doorOf = (opened: OpenDesk) => ({
  file: resolve(`${process.env['PLIMSOLL_STORE'] || 'plimsoll.db'}.door`),
  desk: opened.kind === 'demo' ? 'demo' : opened.path,
});

function print({ exit, stdout, stderr }: Printed): number {
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  return exit;
}

async function askMode(words: readonly string[]): Promise<number> {
  const asked = parseAsk(words);
  if (!asked.ok) return print({ exit: 2, stdout: '', stderr: `${asked.error}\n` });
  const opened = await chooseDesk();
  if (!opened) return 2;
  const answered = await askConsole(doorOf(opened), asked.value);
  if (answered) return print(answered);
  const setup = await setUp(opened);
  const running = await run(setup, () => null);
  const printed = await running.answer(asked.value);
  await setup.close();
  return print(printed);
}

async function checkMode(): Promise<number> {
  const opened = await chooseDesk();
  if (!opened) return 2;
  const setup = await setUp(opened);
  const voice = voiceOf(setup.locale, setup.timezone);
  const { reply, exit } = await inspectDesk({
    ...voice,
    deskName: setup.name,
    accounts: setup.accounts,
    readers: (await createVenues(setup.connections)).readers,
    tradeAccess: setup.tradeAccess,
    unusedSections: setup.unused,
    clock,
    log,
    timeoutMs: READ_TIMEOUT_MS,
  });
  await setup.close();
  return print({
    exit,
    stdout: `${renderText(reply, { ...voice, width: widthOf() })}\n`,
    stderr: '',
  });
}

function vectorsMode([file]: readonly string[]): number {
  if (file === undefined) {
    process.stderr.write('vectors: name a file: npm run vectors -- FILE\n');
    return 2;
  }
  const text = readText(file);
  if (text === null) {
    process.stderr.write(`vectors: ${file} cannot be read; name a file of golden vectors\n`);
    return 2;
  }
  const evaluated = evaluateVectors(text);
  if (!evaluated.ok) {
    process.stderr.write(`${file}: ${evaluated.error}\n`);
    return 2;
  }
  const { lines, summary } = evaluated.value;
  for (const line of [...lines, summary]) process.stdout.write(`${JSON.stringify(line)}\n`);
  return summary.fail > 0 ? 1 : 0;
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

async function consoleMode(): Promise<number> {
  const opened = await chooseDesk();
  if (!opened) return 2;
  const stop = new AbortController();
  process.once('SIGTERM', () => stop.abort());
  process.once('SIGINT', () => stop.abort());
  const setup = await setUp(opened);
  let lastAt = () => null as number | null;
  const running = await run(setup, () => lastAt());
  const loop = startRefreshLoop(running.desk, {
    clock,
    everyMs: setup.refreshMs,
    signal: stop.signal,
  });
  lastAt = loop.lastAt;
  const door = await serveConsole(doorOf(opened), running.answer).catch(() => null);
  if (!door) {
    process.stderr.write(
      `${doorOf(opened).file}: cannot be written; let PLIMSOLL_STORE name a file in a folder of yours\n`,
    );
    return 2;
  }
  const actor = terminalActor(setup.people, { person: null, isDemo: setup.isDemo });
  if (!actor) throw new TypeError('the terminal always has somebody');
  const chat = createTerminalChat({
    actor,
    locale: setup.locale,
    voice: running.voices[setup.locale],
    deskName: setup.name,
    isDemo: setup.isDemo,
    accounts: setup.accounts,
    commands,
    desk: running.desk,
    dispatch: running.dispatch,
    textOptions: () => ({ width: widthOf(), ...paintOf() }),
  });
  await runTerminal(chat, {
    input: process.stdin,
    output: process.stdout,
    signal: stop.signal,
  });
  stop.abort();
  door.close();
  await setup.close();
  return 0;
}

function widthOf(): number {
  return Math.min(process.stdout.columns ?? WIDTH, 120);
}

/** Colour repeats what marks and words already say, and only where a person looks at it. */
function paintOf(): { paint?: (text: string, severity: Severity) => string } {
  if (!process.stdout.isTTY || process.env['NO_COLOR']) return {};
  const codes = { ok: '32', watch: '36', warn: '33', crit: '31', emerg: '1;31' };
  return { paint: (text, severity) => `\u001b[${codes[severity]}m${text}\u001b[0m` };
}

async function main([mode, ...words]: readonly string[]): Promise<number> {
  switch (mode) {
    case undefined:
      return consoleMode();
    case 'ask':
      return askMode(words);
    case 'check':
      return checkMode();
    case 'vectors':
      return vectorsMode(words);
    default:
      process.stderr.write(`${mode}: expected nothing, ask, check or vectors\n`);
      return 2;
  }
}

try {
  process.loadEnvFile();
} catch {
  // No .env is the normal case.
}
// Whoever read our output has left, as `| head` does: nothing to say, nobody to say it to.
process.stdout.on('error', () => process.exit(0));
process.on('unhandledRejection', (cause) => {
  log.error('unhandled rejection', { error: cause instanceof Error ? cause.name : 'unknown' });
});
// Sockets kept alive by venue clients must not keep a finished command waiting.
process.exit(await main(process.argv.slice(2)));
