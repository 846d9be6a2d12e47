import { err, ok, type Result } from '../../../domain/result.ts';
import type { Clock } from '../../../ports/clock.ts';
import type {
  LanguageModel,
  ModelAnswer,
  ModelFault,
  ModelRequest,
  ModelSettings,
} from '../../../ports/language-model.ts';
import type { Log } from '../../../ports/log.ts';
import { createAbilityLadder } from './ability-ladder.ts';
import { type Asked, createAskProvider } from './ask-provider.ts';
import { createModelBreaker } from './model-breaker.ts';
import { createModelBudget } from './model-budget.ts';
import { createModelQueue } from './model-queue.ts';
import { mayLeave } from './outbound-guard.ts';
import { providerBody } from './provider-body.ts';
import type { Tokens } from './read-completion.ts';

export interface LanguageModelDeps {
  readonly settings: ModelSettings;
  readonly clock: Clock;
  readonly log: Log;
  /** Keys and tokens of the desk: a request in which one stands is not sent. */
  readonly secrets: readonly string[];
  /** Of one exchange, and of a question with its waiting; tests shorten them. */
  readonly timeoutMs?: number;
  readonly deadlineMs?: number;
}

const TIMEOUT_MS = 8000;
const DEADLINE_MS = 10_000;
/** No tokenizer counts more tokens than this of such text. */
const BYTES_PER_TOKEN = 2;

/** A model behind an OpenAI-compatible address. Every fault comes back as a word of our own. */
export function createLanguageModel(deps: LanguageModelDeps): LanguageModel {
  const { settings, clock, log, secrets, deadlineMs = DEADLINE_MS } = deps;
  const ladder = createAbilityLadder(clock);
  const timeoutMs = deps.timeoutMs ?? TIMEOUT_MS;
  const askProvider = createAskProvider({ settings, ladder, clock, timeoutMs });
  const throughBreaker = createModelBreaker();
  const budget = createModelBudget(settings, clock);
  const queue = createModelQueue();
  const host = new URL(settings.baseUrl).host;
  let toldOf: ModelFault | null = null;
  const tellOperator = (fault: ModelFault | null) => {
    const isTheirs = fault === 'quota' || fault === 'config';
    if (isTheirs && toldOf !== fault) log.warn('model refuses', { host, fault });
    if (isTheirs || fault === null) toldOf = fault;
  };

  const inTurn = async (request: ModelRequest, signal: AbortSignal) => {
    const reserved = budget.reserve(worstOf(request), request.priority);
    if (reserved === null) return unsent('budget');
    const asked = await throughBreaker(() => askProvider(request, signal));
    reserved.settle(asked === null ? NOTHING : asked.tokens);
    tellOperator(asked?.kind ?? null);
    return asked ?? unsent('open');
  };

  const bodyOf = (request: ModelRequest) =>
    providerBody(request, settings.model, ladder.abilities());

  return {
    name: settings.model,
    host,
    bodyOf: (request) => JSON.stringify(bodyOf(request)),
    async ask(request, signal) {
      if (!mayLeave(bodyOf(request), secrets)) return err('secret');
      const late = AbortSignal.timeout(deadlineMs);
      const either = AbortSignal.any([signal, late]);
      const whyEnded = () => err<ModelFault>(signal.aborted ? 'cancelled' : 'deadline');
      if (!(await queue.enter(request.priority, either))) {
        return either.aborted ? whyEnded() : err('busy');
      }
      const asking = inTurn(request, either).finally(queue.leave);
      const ended = whenAborted(either);
      const asked = await Promise.race([asking, ended.promise]);
      ended.forget();
      if (asked === null || asked.kind === 'cancelled') return whyEnded();
      return answerOf(asked, settings.model, budget.costOf);
    },
  };
}

const NOTHING = { input: 0, output: 0 };

function unsent(fault: ModelFault): Asked {
  return { result: err(fault), kind: fault, retryAfterMs: null, tokens: null };
}

function worstOf({ system, user, example, schema, maxTokens }: ModelRequest) {
  const text = `${system}${user}${example}${JSON.stringify(schema)}`;
  return { input: Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN), output: maxTokens };
}

function answerOf(
  { result, tokens }: Asked,
  model: string,
  costOf: (used: NonNullable<Tokens>) => ModelAnswer['costUsd'],
): Result<ModelAnswer, ModelFault> {
  if (!result.ok) return result;
  const { text, model: named } = result.value;
  return ok({ text, model: named || model, tokens, costUsd: tokens && costOf(tokens) });
}

function whenAborted(signal: AbortSignal) {
  const over = new AbortController();
  const promise = new Promise<null>((resolve) => {
    if (signal.aborted) return resolve(null);
    signal.addEventListener('abort', () => resolve(null), { once: true, signal: over.signal });
  });
  return { promise, forget: () => over.abort() };
}
