import type { Account } from '../domain/account.ts';
import { faultTrace } from '../domain/fault-trace.ts';
import type { Snapshot } from '../portfolio/snapshot.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { Log } from '../ports/log.ts';
import type { Store } from '../ports/store.ts';
import type { Formatter } from '../replies/format.ts';
import type { Locale, Translate } from '../replies/translate.ts';
import { usageOf } from '../replies/usage.ts';
import type { ActionsRunning } from './actions/create-actions.ts';
import type { AlertCounter } from './alerts/alert-counter.ts';
import type { Actor, Answer, CommandContext, CommandSpec, DeskStatus } from './command.ts';
import type { Commentator } from './commentary/commentator.ts';
import { readAnswer } from './commentary/read-answer.ts';
import type { Reading } from './commentary/reading.ts';
import { dayPointsOf, openingsOf } from './day-history.ts';
import type { Desk } from './desk.ts';
import type { Judge } from './judge.ts';
import type { MarketView } from './market-view.ts';
import { missingOption } from './missing-option.ts';
import { parseLine } from './parse-line.ts';
import { mayUse, rolesFor } from './people.ts';
import type { ProtectionDesk } from './protection/protection-desk.ts';
import type { Reloaded } from './reloaded.ts';

export interface CommandRequest {
  readonly line: string;
  readonly actor: Actor;
  readonly locale: Locale;
}

/**
 * What became of a request. `exit` is what `ask` exits with: 0 complete, 3 partial, 2 refused
 * (usage or permission), 1 a failure of ours.
 */
export interface Outcome {
  readonly exit: 0 | 1 | 2 | 3;
  /** Null when not even the command was understood. */
  readonly command: string | null;
  readonly answer: Answer | null;
  /** The refusal or failure in one sentence; null with an answer. */
  readonly problem: string | null;
  readonly takenAt: number;
  /** What is said of the answer; it stands in the reply too. Absent: nothing is. */
  readonly reading?: Reading | null;
  /** The same outcome as a model would have it read, when it comes; see Read. Absent: nothing will come. */
  readonly later?: () => Promise<Outcome | 'moved' | null>;
}

export interface DispatchDeps {
  readonly commands: readonly CommandSpec[];
  readonly desk: Desk;
  readonly accounts: readonly Account[];
  readonly deskName: string;
  readonly isDemo: boolean;
  readonly judge: Judge;
  readonly market: (snapshot: Snapshot) => MarketView;
  /** Resolves when the market has been read once, or after a moment: an answer does not wait for history. */
  readonly marketReady: () => Promise<void>;
  readonly store: Pick<Store, 'forecasts' | 'history'>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly voices: Readonly<
    Record<Locale, { readonly say: Translate; readonly format: Formatter }>
  >;
  status(): DeskStatus;
  readonly actions: Pick<ActionsRunning, 'of'>;
  /** Absent where answers have no reading. */
  readonly commentator?: Commentator;
  /** Absent or null where nothing runs on that a new desk file could be taken over by. */
  readonly reload?: () => (() => Promise<Reloaded>) | null;
  /** Absent or null where no alerts are kept. */
  readonly alerts?: (actor: Actor) => AlertCounter | null;
  /** Absent where nothing protects the desk. */
  readonly protection?: (actor: Actor) => ProtectionDesk;
}

/** Understands, authorises, runs. The only place where a refusal or a bug becomes a sentence. */
export type Dispatch = (request: CommandRequest) => Promise<Outcome>;

export function createDispatch(deps: DispatchDeps): Dispatch {
  return async (request) => {
    const { say } = deps.voices[request.locale];
    const parsed = parseLine(request.line, deps.commands, say);
    const refused = (command: string | null, problem: string): Outcome => ({
      exit: 2,
      command,
      answer: null,
      problem,
      takenAt: deps.clock.now(),
    });
    if (!mayUse('read', request.actor)) {
      return refused(null, say('refused.noRole'));
    }
    if (!parsed.ok) return refused(null, parsed.error);
    const { command, options } = parsed.value;
    if (!mayUse(command.access, request.actor)) {
      return refused(
        command.name,
        accessText(command, request.actor, { isDemo: deps.isDemo, say }),
      );
    }
    const missing = missingOption(command, options);
    if (missing !== null) {
      const usage = usageOf(command);
      return refused(command.name, say('usage.missing', { name: missing.name, usage }));
    }
    try {
      const result = await command.run(contextOf(request, command, deps), options);
      if (!result.ok) return refused(command.name, result.error.text);
      const outcome: Outcome = {
        exit: result.value.exit ?? (isPartial(result.value) ? 3 : 0),
        command: command.name,
        answer: result.value,
        problem: null,
        takenAt: result.value.reply.takenAt ?? deps.clock.now(),
      };
      // Of a part of the desk nothing is said: the reading is of the whole.
      const isWhole = Object.values(options).every((value) => value === undefined);
      return isWhole ? await withReading(outcome, result.value, { request, deps }) : outcome;
    } catch (cause) {
      return failed(command, cause, deps, say);
    }
  };
}

/** Who may; and on the demo desk, whose people are for trying it out, how to be one of them. */
function accessText(
  { name, access }: CommandSpec,
  { network }: Actor,
  { isDemo, say }: { readonly isDemo: boolean; readonly say: Translate },
): string {
  const roles = rolesFor(access);
  const facts = { command: name, roles: roles.join(', ') };
  return isDemo && network === 'terminal'
    ? say('refused.access.demo', { ...facts, person: roles[0] ?? '' })
    : say('refused.access', facts);
}

async function withReading(
  outcome: Outcome,
  answer: Answer,
  { request, deps }: { readonly request: CommandRequest; readonly deps: DispatchDeps },
): Promise<Outcome> {
  const { commentator, log } = deps;
  if (!commentator || !answer.report) return outcome;
  const { locale } = request;
  const reader = { ...deps.voices[locale], locale, trigger: outcome.command ?? '' };
  const read = await readAnswer(answer, { ...reader, priority: 'reply' }, { commentator, log });
  return {
    ...outcome,
    ...{ answer: read.answer, reading: read.reading },
    later: async () => {
      const found = await read.later();
      return found === null || found === 'moved' ? found : { ...outcome, ...found };
    },
  };
}

function isPartial({ gaps, lacksFigure }: Answer): boolean {
  return gaps.length > 0 || lacksFigure === true;
}

function failed(command: CommandSpec, cause: unknown, deps: DispatchDeps, say: Translate): Outcome {
  const id = deps.ids.next();
  deps.log.error('command failed', {
    id,
    command: command.name,
    error: faultTrace(cause),
  });
  return {
    exit: 1,
    command: command.name,
    answer: null,
    problem: say('failed.internal', { id }),
    takenAt: deps.clock.now(),
  };
}

function contextOf(
  request: CommandRequest,
  command: CommandSpec,
  deps: DispatchDeps,
): CommandContext {
  const { actor, locale } = request;
  const isVisible = (id: string) => actor.accounts === null || actor.accounts.includes(id);
  const accounts = deps.accounts.filter(({ id }) => isVisible(id));
  const alerts = deps.alerts?.(actor);
  const reload = deps.reload?.();
  return {
    actor,
    deskName: deps.deskName,
    isDemo: deps.isDemo,
    accounts,
    snapshot: async () => {
      const snapshot = await deps.desk.snapshot();
      if (command.usesMarket) await deps.marketReady();
      return limit(snapshot, isVisible);
    },
    judge: (snapshot) => deps.judge(snapshot, deps.market(snapshot)),
    market: deps.market,
    varScore: async () => {
      // The models are read then: a start does not wait for them.
      const { varScoreOf } = await import('./daily-forecast.ts');
      return varScoreOf(deps.store.forecasts, deps.clock.now());
    },
    openings: () => openingsOf(accounts, deps),
    dayPoints: () => dayPointsOf(accounts, deps),
    status: deps.status,
    actions: deps.actions.of(actor),
    ...(alerts ? { alerts } : {}),
    ...(reload ? { reload } : {}),
    ...(deps.protection ? { protection: deps.protection(actor) } : {}),
    commands: deps.commands,
    now: deps.clock.now(),
    ...deps.voices[locale],
  };
}

/** Accounts a person may not see are not in their totals either, and leave no gap behind. */
function limit(snapshot: Snapshot, isVisible: (id: string) => boolean): Snapshot {
  return {
    ...snapshot,
    accounts: snapshot.accounts.filter(({ account }) => isVisible(account.id)),
  };
}
