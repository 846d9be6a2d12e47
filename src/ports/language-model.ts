import type { Result } from '../domain/result.ts';
import type { Usd } from '../domain/units.ts';

/** What leaves the machine: two texts and the form of the answer. Nothing else, and no figure or name in it. */
export interface ModelRequest {
  readonly system: string;
  readonly user: string;
  /** JSON Schema the answer must have; the same one for every request, so that a provider keeps it compiled. */
  readonly schema: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> };
  /** Said to a model whose provider knows no schemas; empty: nothing more. */
  readonly example: string;
  readonly maxTokens: number;
  readonly priority: ModelPriority;
}

/** Whose commentary is shed first when there is not enough for all. */
export type ModelPriority = 'report' | 'reply' | 'warning' | 'critical';

export interface ModelAnswer {
  /** The model's text, at most 64 KiB, not understood yet and never shown. */
  readonly text: string;
  /** As the provider names it. */
  readonly model: string;
  /** Null: the provider does not say. */
  readonly tokens: { readonly input: number; readonly output: number } | null;
  /** What the answer cost; null: no price is configured, or the provider does not count. */
  readonly costUsd: Usd | null;
}

/** Whom to ask and for how much, as configured. */
export interface ModelSettings {
  /** Up to and with `/v1`. https, or http on loopback. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
  readonly perMinute: number;
  /** US dollars in a UTC day; counts only where the model has a price. */
  readonly perDayUsd: Usd;
  /** US dollars for a million tokens; null: only tokens are counted. */
  readonly price: { readonly input: Usd; readonly output: Usd } | null;
}

/**
 * Why there is no answer. A closed list: no text of a provider is in it. `budget`, `busy` and `open` mean
 * that nothing was sent.
 */
export type ModelFault =
  | 'off'
  | 'timeout'
  | 'deadline'
  | 'cancelled'
  | 'network'
  | 'rate-limit'
  | 'quota'
  | 'config'
  | 'unsupported'
  | 'server'
  | 'bad-json'
  | 'bad-shape'
  | 'refusal'
  | 'filter'
  | 'length'
  | 'unexpected'
  | 'cut'
  | 'too-large'
  | 'secret'
  | 'budget'
  | 'busy'
  | 'open';

/** A model that ranks. Never rejects, is never awaited by anything that must be sent, and can do nothing else. */
export interface LanguageModel {
  /** The name of the model as configured, for people; null: none is configured. */
  readonly name: string | null;
  /** Host of the provider, for the record; null: none is configured. */
  readonly host: string | null;
  /** The body that would be sent for a request now, to the last character; null: none would be. */
  bodyOf(request: ModelRequest): string | null;
  ask(request: ModelRequest, signal: AbortSignal): Promise<Result<ModelAnswer, ModelFault>>;
}
