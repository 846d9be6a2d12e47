import { z } from 'zod';
import type { ActionSettings } from '../actions/action-settings.ts';
import type { ProtectionPlan } from '../actions/protection-plan.ts';
import type { Route } from '../alerts/delivery-rules.ts';
import type { AlertSettings } from '../alerts/rule-settings.ts';
import type { Account } from '../domain/account.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { asAccountId } from '../domain/units.ts';
import type { VenueConnection } from '../ports/venue.ts';
import { nearest } from '../replies/nearest.ts';
import { actionSettings } from './action-settings.ts';
import { type DestinationEntry, routesOf } from './alert-delivery.ts';
import { type ChatSettings, chatSettings } from './chat-settings.ts';
import { checkDesk, type KnownVenues } from './check-desk.ts';
import { checkExceptions } from './check-exceptions.ts';
import {
  type AccountEntry,
  type DeskFile,
  deskSchema,
  SECRET_KEYS,
  UNUSED_SECTIONS,
} from './desk-schema.ts';
import { type CommentarySettings, commentarySettings } from './model-settings.ts';
import { type Problem, pathText } from './problem.ts';
import { planFaults, protectionPlans } from './protection-plans.ts';
import { readYaml, type YamlSource } from './read-yaml.ts';
import { salvageDesk } from './salvage-desk.ts';
import {
  destinationFaults,
  type SelfWatchSettings,
  selfWatchSettings,
} from './self-watch-settings.ts';

/** The desk as the program uses it: read once, frozen. */
export interface DeskConfig extends SelfWatchSettings {
  readonly name: string;
  readonly locale: 'en' | 'zh-CN';
  readonly timezone: string;
  readonly accounts: readonly Account[];
  readonly connections: readonly VenueConnection[];
  /** Accounts with `access: trade`. */
  readonly tradeAccess: ReadonlySet<string>;
  readonly people: DeskFile['people'];
  readonly chat: ChatSettings;
  readonly commentary: CommentarySettings;
  /** Address of the optional normalised feed. */
  readonly marketDataUrl: string | null;
  /** Books whose legs are meant to cancel. */
  readonly hedgedBooks: readonly string[];
  /** Opt-in plans of what may be done without asking. */
  readonly plans: readonly ProtectionPlan[];
  /** The alert rules with their exceptions. */
  readonly alerts: AlertSettings;
  /** Where alerts go; empty: they are kept and shown on request, and nobody is told. */
  readonly destinations: readonly DestinationEntry[];
  readonly routes: readonly Route[];
  /** The file speaks of alerts: that nobody hears of them would be a mistake. */
  readonly asksForAlerts: boolean;
  /** Limits of what changes something; null: nobody may act. */
  readonly actions: ActionSettings | null;
  readonly refreshMs: number;
  readonly staleAfterMs: number;
  /** A file, or the address of a PostgreSQL database; null: the environment says, or the usual file. */
  readonly storePlace: string | null;
  /** How long ended actions, alert events and account history are kept. */
  readonly keepMs: number;
  /** Sections that are valid but not acted on by this version. */
  readonly unused: readonly string[];
}

const KEEP_MS = 400 * 86_400_000;

/** The whole desk file, or everything that is wrong with it, at once. */
export function loadConfig(source: YamlSource, venues: KnownVenues): Result<DeskConfig, Problem[]> {
  const yaml = readYaml(source);
  if (yaml.value === null) {
    const problems = yaml.problems.length > 0 ? yaml.problems : [emptyFile()];
    return err([...problems]);
  }
  const parsed = deskSchema.safeParse(yaml.value);
  const shape = parsed.success ? [] : parsed.error.issues.flatMap(problemsOf);
  const desk = salvageDesk(yaml.value);
  const cross = [...checkDesk(desk, venues), ...checkExceptions(yaml.value, desk)].filter(
    isNewBeside(shape),
  );
  const chat = chatSettings(source.env, parsed.success ? parsed.data : null);
  const reading = commentarySettings(
    source.env,
    parsed.success ? (parsed.data.commentary ?? null) : null,
  );
  const late = parsed.success
    ? [
        ...destinationFaults(parsed.data),
        ...chat.faults,
        ...reading.faults,
        ...planFaults(parsed.data),
      ]
    : [];
  const located = [...shape, ...cross, ...late].map((fault) => ({
    path: pathText(fault.path),
    line: yaml.lineOf(fault.path),
    message: fault.message,
  }));
  const problems = [...yaml.problems, ...dropEchoes(located, yaml.problems)];
  if (!parsed.success || problems.length > 0) return err(problems);
  const isWritten = { alerts: Object.hasOwn(Object(yaml.value), 'alerts') };
  return ok(freeze(parsed.data, { chat: chat.settings, commentary: reading.settings }, isWritten));
}

/**
 * What was salvaged lacks its faulty keys: that they are missing is no fault of its own, and with a
 * faulty wallet or token nobody knows which other credentials the account needs.
 */
function isNewBeside(shape: readonly Fault[]): (fault: Fault) => boolean {
  const known = new Set(shape.map(({ path }) => pathText(path)));
  const isLoginFaulty = (owner: readonly PropertyKey[]) =>
    ['wallet', 'token'].some((key) => known.has(pathText([...owner, key])));
  return ({ path }) =>
    !known.has(pathText(path)) &&
    !(SECRET_KEYS.has(String(path.at(-1))) && isLoginFaulty(path.slice(0, -1)));
}

function emptyFile(): Problem {
  return {
    path: 'desk file',
    line: null,
    message: 'is empty; start from desk.example.yaml, or remove the file to run the demo desk',
  };
}

/** An unset `${NAME}` leaves an empty string behind: the schema's complaint about it is an echo. */
function dropEchoes(found: readonly Problem[], earlier: readonly Problem[]): Problem[] {
  const isEcho = (problem: Problem) =>
    earlier.some(({ line, path }) => line === problem.line && problem.path.endsWith(path));
  return found.filter((problem) => !isEcho(problem));
}

interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function problemsOf(issue: z.core.$ZodIssue): Fault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const near = nearest(key, knownKeysAt(deskSchema, issue.path));
      const hint = near ? `; did you mean ${near}?` : '';
      return { path: [...issue.path, key], message: `is not a known key${hint}` };
    });
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String).join(', ');
    return [{ path: issue.path, message: `expected one of: ${values}` }];
  }
  // Zod's own sentence says what was received; only ours, given in the schema, may be shown as it is.
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input')) {
    return [{ path: issue.path, message: `expected ${article(issue.expected)}` }];
  }
  if (issue.code === 'invalid_key') {
    return [{ path: issue.path, message: 'is not a key that is possible here' }];
  }
  return [{ path: issue.path, message: issue.message }];
}

function article(type: string): string {
  return type === 'array' || type === 'object' || type === 'int' ? `an ${type}` : `a ${type}`;
}

/** Walks the schema to the object at `path`, to suggest keys that would be known there. */
function knownKeysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let current: unknown = unwrap(schema);
  for (const part of path) {
    if (current instanceof z.ZodObject) current = unwrap(current.shape[String(part)]);
    else if (current instanceof z.ZodArray) current = unwrap(current.element);
    else if (current instanceof z.ZodRecord) current = unwrap(current.valueType);
    else return [];
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : [];
}

function unwrap(schema: unknown): unknown {
  let inner = schema;
  while (
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodPrefault ||
    inner instanceof z.ZodPipe
  ) {
    if (!(inner instanceof z.ZodPipe)) inner = inner.unwrap();
    // What is read stands before what it is turned into, and behind what it was made uniform by.
    else inner = inner.in instanceof z.ZodTransform ? inner.out : inner.in;
  }
  return inner;
}

function freeze(
  desk: DeskFile,
  read: Pick<DeskConfig, 'chat' | 'commentary'>,
  isWritten: { readonly alerts: boolean },
): DeskConfig {
  const filled = (section: (typeof UNUSED_SECTIONS)[number]) => {
    const value: unknown = desk[section];
    if (value === undefined) return false;
    if (Array.isArray(value)) return value.length > 0;
    return Object.values(value as object).some((part) => !Array.isArray(part) || part.length > 0);
  };
  return Object.freeze({
    name: desk.desk.name,
    locale: desk.desk.locale,
    timezone: desk.desk.timezone,
    accounts: desk.accounts.map(accountOf),
    connections: desk.accounts.map(connectionOf),
    tradeAccess: new Set(
      desk.accounts.filter(({ access }) => access === 'trade').map(({ id }) => id),
    ),
    people: desk.people,
    ...read,
    ...selfWatchSettings(desk),
    marketDataUrl: desk.marketData?.url ?? null,
    hedgedBooks: desk.books.filter(({ hedged }) => hedged).map(({ id }) => id),
    plans: protectionPlans(desk.protection),
    alerts: desk.alerts,
    destinations: desk.destinations,
    routes: routesOf(desk.routes),
    asksForAlerts: desk.routes.length > 0 || isWritten.alerts,
    actions: actionSettings(desk.actions),
    refreshMs: desk.refresh.positions,
    staleAfterMs: desk.refresh.staleAfter,
    storePlace: desk.store?.url?.replace(/^file:/, '') ?? null,
    keepMs: desk.store?.keep ?? KEEP_MS,
    unused: UNUSED_SECTIONS.filter(filled),
  });
}

function accountOf(entry: AccountEntry): Account {
  return {
    id: asAccountId(entry.id),
    name: entry.name ?? entry.id,
    venue: entry.venue,
    books: entry.books,
    fundedBy: entry.fundedBy.map(asAccountId),
  };
}

function connectionOf(entry: AccountEntry): VenueConnection {
  return {
    account: asAccountId(entry.id),
    venue: entry.venue,
    environment: entry.environment,
    baseUrl: entry.baseUrl ?? null,
    wsUrl: entry.wsUrl ?? null,
    proxy: entry.proxy ?? null,
    subAccount: entry.subAccount ?? null,
    credentials: {
      apiKey: entry.apiKey ?? null,
      secret: entry.secret ?? null,
      password: entry.password ?? null,
      wallet: entry.wallet ?? null,
      privateKey: entry.privateKey ?? null,
      token: entry.token ?? null,
      chainId: entry.chainId ?? null,
      verifyingContract: entry.verifyingContract ?? null,
    },
  };
}
