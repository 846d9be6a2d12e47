import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ActionSettings } from '../actions/action-settings.ts';
import type { ProtectionPlan } from '../actions/protection-plan.ts';
import { type ConsoleClaim, claimConsole } from '../adapters/store/claim-console.ts';
import { openStore } from '../adapters/store/open-store.ts';
import { isPostgresUrl, placeText } from '../adapters/store/store-place.ts';
import type { Route } from '../alerts/delivery-rules.ts';
import type { AlertSettings } from '../alerts/rule-settings.ts';
import type { NamedPerson } from '../app/chat/who-asks.ts';
import { storeErrorText } from '../app/store-error-text.ts';
import type { DestinationEntry } from '../config/alert-delivery.ts';
import type { ChatSettings } from '../config/chat-settings.ts';
import type { CommentarySettings } from '../config/model-settings.ts';
import { type OpenDesk, openDesk } from '../config/open-desk.ts';
import type { SelfWatchSettings } from '../config/self-watch-settings.ts';
import type { Account } from '../domain/account.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { Store } from '../ports/store.ts';
import type { StoreError } from '../ports/store-error.ts';
import type { VenueConnection } from '../ports/venue.ts';
import { nearest } from '../replies/nearest.ts';
import type { Locale } from '../replies/translate.ts';
import { createTranslate } from '../replies/translate.ts';
import { demoSetup } from './demo-setup.ts';
import { clock } from './parts.ts';
import { shellLocale } from './shell-locale.ts';

/** A desk ready to be read: from the file, or the demo with its simulator running. */
export interface Setup extends SelfWatchSettings {
  readonly name: string;
  readonly locale: Locale;
  readonly timezone: string;
  readonly isDemo: boolean;
  readonly accounts: readonly Account[];
  readonly connections: readonly VenueConnection[];
  readonly people: readonly NamedPerson[];
  readonly chat: ChatSettings;
  readonly commentary: CommentarySettings;
  /** Where a line is kept of each attempt to have a report ranked. */
  readonly attemptFile: string;
  readonly tradeAccess: ReadonlySet<string>;
  /** Limits of what changes something; null: nobody may act. */
  readonly actions: ActionSettings | null;
  /** Opt-in plans of what may be done without asking. */
  readonly plans: readonly ProtectionPlan[];
  readonly alerts: AlertSettings;
  readonly hedgedBooks: readonly string[];
  readonly destinations: readonly DestinationEntry[];
  readonly routes: readonly Route[];
  readonly unused: readonly string[];
  readonly marketDataUrl: string | null;
  readonly refreshMs: number;
  readonly staleAfterMs: number;
  readonly store: Store;
  /** How long ended actions, alert events and account history are kept. */
  readonly keepMs: number;
  close(): Promise<void>;
}

const SEED = 'plimsoll';
/** What was done to the demo accounts since their first moment. */
const DEMO_ACCOUNTS = 'demo.accounts';
/** A market left alone for longer has walked away from the desk's story: the demo begins anew. */
const DEMO_LIFE_MS = 86_400_000;

/** Which desk this run is about, before anything is started; null when the problems are printed. */
export async function chooseDesk(): Promise<OpenDesk | null> {
  const opened = await readDesk();
  if (opened.ok) return opened.value;
  for (const line of opened.error) process.stderr.write(`${line}\n`);
  return null;
}

/** The desk file as it is now, or its problems as lines ready to print. */
export async function readDesk(): Promise<Result<OpenDesk, readonly string[]>> {
  const { ccxtVenueIds, isCcxtVenue } = await import(
    '../adapters/venues/ccxt/create-ccxt-venues.ts'
  );
  return openDesk(process.env, {
    has: (venue) => venue === 'ztdx' || isCcxtVenue(venue),
    suggest: (venue) => nearest(venue, [...ccxtVenueIds(), 'ztdx']),
  });
}

/**
 * A file, or the address of a PostgreSQL database. Play money never lies in the same place as a real
 * desk's history: the demo desk has a file, whatever database the environment names.
 */
export function storePath(opened: OpenDesk): string {
  const { PLIMSOLL_STORE: file, DATABASE_URL: url } = process.env;
  if (opened.kind === 'demo') return resolve(file || 'plimsoll-demo.db');
  const database = url && isPostgresUrl(url) ? url : null;
  const place = opened.config.storePlace ?? (file || database || 'plimsoll.db');
  return isPostgresUrl(place) ? place : resolve(place);
}

/** What lies beside the store: a file of this folder when the store is a database. */
export function besideStore(opened: OpenDesk): string {
  const path = storePath(opened);
  return isPostgresUrl(path) ? resolve('plimsoll') : path;
}

/**
 * Makes this process the store's one console; null when another one is, and that is printed. `onTaken`:
 * a database's connection broke, and another console was faster.
 */
export async function claimStore(
  opened: OpenDesk,
  onTaken: () => void,
): Promise<ConsoleClaim | null> {
  const path = storePath(opened);
  const claimed = await claimConsole(path, () => {
    printStoreError(opened, { kind: 'taken' });
    onTaken();
  });
  if (claimed.ok) return claimed.value;
  printStoreError(opened, claimed.error);
  return null;
}

function printStoreError(opened: OpenDesk, error: StoreError): void {
  const say = createTranslate(localeOf(opened));
  const path = placeText(storePath(opened));
  process.stderr.write(`${storeErrorText(error, { path, say })}\n`);
}

/** The language of what is said before there is anybody to say it to. */
export const localeOf = (opened: OpenDesk): Locale =>
  opened.kind === 'file' ? opened.config.locale : shellLocale();

/** Starts what the desk needs; null when the store cannot be used and that is printed. */
export async function setUp(opened: OpenDesk): Promise<Setup | null> {
  const path = storePath(opened);
  const made =
    opened.kind === 'demo' ? await setUpDemo(path, opened) : await setUpFile(opened, path);
  if (made.ok) return made.value;
  printStoreError(opened, made.error);
  return null;
}

async function setUpFile(
  opened: Extract<OpenDesk, { kind: 'file' }>,
  path: string,
): Promise<Result<Setup, StoreError>> {
  const store = await openStore({ path });
  if (!store.ok) return store;
  return ok({
    ...opened.config,
    isDemo: false,
    attemptFile: `${besideStore(opened)}.commentary.jsonl`,
    store: store.value,
    close: () => store.value.close(),
  });
}

async function setUpDemo(
  path: string,
  { chat, commentary }: Pick<Setup, 'chat' | 'commentary'>,
): Promise<Result<Setup, StoreError>> {
  const opened = await openDemoStore(path);
  if (!opened.ok) return opened;
  const { store, start } = opened.value;
  const kept = await store.facts.get(DEMO_ACCOUNTS);
  if (!kept.ok) return kept;
  const { startSim } = await import('../sim/start-sim.ts');
  const sim = await startSim({
    ...{ seed: SEED, start, ...(kept.value !== null && { kept: kept.value }) },
    keep: async (text) => {
      const put = await store.facts.put(DEMO_ACCOUNTS, text);
      // The venue answers an error then: what is not kept was not done.
      if (!put.ok) throw new Error(`the demo accounts are not kept: ${put.error.kind}`);
    },
  });
  return ok(demoSetup(sim, { store, path, chat, commentary, keepMs: DEMO_LIFE_MS * 7 }));
}

/** The demo market goes on where the last run left it: its first moment lies in the store. */
async function openDemoStore(
  path: string,
): Promise<Result<{ readonly store: Store; readonly start: number }, StoreError>> {
  const opened = await openStore({ path });
  if (!opened.ok) return opened;
  const settled = await opened.value.facts.settle('demo.start', String(clock.now()));
  if (!settled.ok) return settled;
  const start = Number(settled.value);
  if (clock.now() - start < DEMO_LIFE_MS) return ok({ store: opened.value, start });
  await opened.value.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
  const fresh = await openStore({ path });
  if (!fresh.ok) return fresh;
  const anew = await fresh.value.facts.settle('demo.start', String(clock.now()));
  return anew.ok ? ok({ store: fresh.value, start: Number(anew.value) }) : err(anew.error);
}
