import { createLanguageModel } from '../../../../src/adapters/llm/openai/create-language-model.ts';
import { dec } from '../../../../src/domain/decimal.ts';
import { asUsd } from '../../../../src/domain/units.ts';
import type { Clock } from '../../../../src/ports/clock.ts';
import type { ModelRequest, ModelSettings } from '../../../../src/ports/language-model.ts';
import { systemTime } from '../../../fakes/system-time.ts';

export const KEY = 'the-key-of-the-provider';

export const REQUEST: ModelRequest = {
  system: 'Output one JSON object.',
  user: 'facts:\nA1.mu crit worse beyond,worst\nacts:',
  schema: { name: 'plan', schema: { type: 'object' } },
  example: '{"items":[]}',
  maxTokens: 200,
  priority: 'reply',
};

/** Longer than a loaded machine takes for an answer over loopback. */
const DEFAULT_MS = 400;
export const DEADLINE_MS = DEFAULT_MS * 1.5;

export interface ModelSeat {
  readonly origin: string;
  readonly clock?: Clock;
  readonly settings?: Partial<ModelSettings>;
  readonly secrets?: readonly string[];
  /** Of one exchange; a question may take half as long again. */
  readonly timeoutMs?: number;
}

export function modelAt({
  origin,
  clock = systemTime(),
  settings,
  secrets = [],
  timeoutMs = DEFAULT_MS,
}: ModelSeat) {
  const warned: string[] = [];
  const model = createLanguageModel({
    settings: {
      baseUrl: `${origin}/v1`,
      apiKey: KEY,
      model: 'stand-in',
      perMinute: 1000,
      perDayUsd: asUsd(dec('1')),
      price: { input: asUsd(dec('2')), output: asUsd(dec('8')) },
      ...settings,
    },
    clock,
    log: {
      error: (event, fields) => warned.push(JSON.stringify([event, fields])),
      warn: (event, fields) => warned.push(JSON.stringify([event, fields])),
    },
    secrets,
    timeoutMs,
    deadlineMs: timeoutMs * 1.5,
  });
  return { model, warned };
}

export const NEVER = new AbortController().signal;
