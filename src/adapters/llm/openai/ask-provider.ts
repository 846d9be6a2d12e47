import type OpenAI from 'openai';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { ModelFault, ModelRequest, ModelSettings } from '../../../ports/language-model.ts';
import type { AbilityLadder } from './ability-ladder.ts';
import { cappedFetch } from './capped-fetch.ts';
import { classifyFault, type ProviderFault, type Sdk } from './classify-fault.ts';
import type { Judged } from './model-breaker.ts';
import { type ProviderBody, providerBody } from './provider-body.ts';
import { type Completion, readCompletion, readTokens, type Tokens } from './read-completion.ts';

/** What came of asking, also for the breaker and the budget. */
export interface Asked extends Judged {
  readonly result: Result<Completion, ModelFault>;
  readonly tokens: Tokens;
}

export interface ProviderDeps {
  readonly settings: ModelSettings;
  readonly ladder: AbilityLadder;
  readonly clock: Clock;
  /** Limit of one exchange. */
  readonly timeoutMs: number;
}

export type AskProvider = (request: ModelRequest, signal: AbortSignal) => Promise<Asked>;

/** With less time than this left, one more try would only be cut off. */
const RETRY_WITHIN_MS = 3000;
/** Three parts may be refused, one of them twice. */
const MOST_STEPS = 4;

/** One question: steps down where the provider refuses a part, tries once more where the way was broken. */
export function createAskProvider({
  settings,
  ladder,
  clock,
  timeoutMs,
}: ProviderDeps): AskProvider {
  // At once, and not under the first question's deadline: reading the SDK takes its time.
  const opening = openClient(settings, timeoutMs);
  return async (request, signal) => {
    const client = await opening;
    const startedAt = clock.now();
    let isRetried = false;
    for (let step = 0; ; ) {
      const body = providerBody(request, settings.model, ladder.abilities());
      const answered = await exchange(client, body, signal);
      if (answered.ok) return judged(answered.value);
      const fault = classifyFault(answered.error, client.constructor as Sdk, clock.now());
      if (fault.refused !== null && step < MOST_STEPS && ladder.stepDown(fault.refused)) {
        step += 1;
        continue;
      }
      const isSoon = clock.now() - startedAt < RETRY_WITHIN_MS;
      if (isRetried || !isSoon || signal.aborted || !isWayBroken(fault)) return failed(fault);
      isRetried = true;
    }
  };
}

/** Loaded only where a key is configured: the SDK has 35 MB, and most desks need none of it. */
async function openClient({ baseUrl, apiKey }: ModelSettings, timeout: number): Promise<OpenAI> {
  const { default: Client } = await import('openai');
  return new Client({
    baseURL: baseUrl,
    apiKey,
    timeout,
    maxRetries: 0,
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    logLevel: 'off',
    fetch: cappedFetch(apiKey),
  });
}

async function exchange(
  client: OpenAI,
  body: ProviderBody,
  signal: AbortSignal,
): Promise<Result<unknown, unknown>> {
  try {
    return ok(await client.chat.completions.create(body, { signal }));
  } catch (thrown) {
    return err(thrown);
  }
}

function judged(raw: unknown): Asked {
  const result = readCompletion(raw);
  const kind = result.ok ? null : result.error;
  return { result, kind, retryAfterMs: null, tokens: readTokens(raw) };
}

function failed({ kind, retryAfterMs }: ProviderFault): Asked {
  return { result: err(kind), kind, retryAfterMs, tokens: null };
}

const isWayBroken = ({ kind, retryAfterMs }: ProviderFault) =>
  (kind === 'network' || kind === 'server') && retryAfterMs === null;
