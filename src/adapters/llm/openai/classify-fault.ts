import type OpenAI from 'openai';
import type { ModelFault } from '../../../ports/language-model.ts';
import type { Refused } from './ability-ladder.ts';
import { ExchangeStopped } from './capped-fetch.ts';

/** A fault in our words; nothing a provider wrote is in it. */
export interface ProviderFault {
  readonly kind: ModelFault;
  /** How long the provider wants to be left alone; null: it did not say. */
  readonly retryAfterMs: number | null;
  /** The part of the request that it does not know; null: something else. */
  readonly refused: Refused | null;
}

/** The SDK's classes, once it is loaded. */
export type Sdk = typeof OpenAI;

/** What the SDK threw, as one of our faults. `now` dates a `retry-after` that is a date. */
export function classifyFault(thrown: unknown, sdk: Sdk, now: number): ProviderFault {
  const kind = kindOf(thrown, sdk);
  const isAnswered = thrown instanceof sdk.APIError && thrown.status !== undefined;
  return {
    kind,
    retryAfterMs: isAnswered ? retryAfterOf(thrown.headers, now) : null,
    refused: kind === 'unsupported' && isAnswered ? refusedPart(thrown) : null,
  };
}

function kindOf(thrown: unknown, sdk: Sdk): ModelFault {
  const stopped = stoppedBy(thrown);
  if (stopped) return stopped.why === 'too-large' ? 'too-large' : 'config';
  // A timeout is a connection error too, so it is asked for first.
  if (thrown instanceof sdk.APIConnectionTimeoutError) return 'timeout';
  if (thrown instanceof sdk.APIUserAbortError) return 'cancelled';
  if (thrown instanceof sdk.APIConnectionError) return 'network';
  if (thrown instanceof SyntaxError) return 'bad-json';
  if (!(thrown instanceof sdk.APIError)) return 'bad-shape';
  const { status, code } = thrown;
  if (status === 402 || code === 'insufficient_quota') return 'quota';
  if (status === 429) return 'rate-limit';
  if (status === 400 || status === 422) return 'unsupported';
  if (status === 401 || status === 403 || status === 404) return 'config';
  return status === 408 ? 'timeout' : 'server';
}

function stoppedBy(thrown: unknown): ExchangeStopped | null {
  for (let at = thrown, depth = 0; at instanceof Error && depth < 5; depth += 1) {
    if (at instanceof ExchangeStopped) return at;
    at = at.cause;
  }
  return null;
}

const PARTS: readonly (readonly [RegExp, Refused])[] = [
  [/response_format|json_schema|json_object/i, 'format'],
  [/max_(completion_)?tokens/i, 'tokens'],
  [/temperature/i, 'temperature'],
];

/** By the parameter it names, else by the first one its sentence speaks of; the sentence goes no further. */
function refusedPart({ param, message }: { param?: string | null | undefined; message: string }) {
  const part = (text: string) => PARTS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
  return part(param ?? '') ?? part(message);
}

function retryAfterOf(headers: Headers | undefined, now: number): number | null {
  const ms = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(ms)) return Math.max(0, ms);
  const told = headers?.get('retry-after') ?? null;
  if (told === null) return null;
  const seconds = Number(told);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(told) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}
