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

export interface ModelSeat {
  readonly origin: string;
  readonly clock?: Clock;
  readonly settings?: Partial<ModelSettings>;
  readonly secrets?: readonly string[];
}

export function modelAt({ origin, clock = systemTime(), settings, secrets = [] }: ModelSeat) {
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
    timeoutMs: 250,
    deadlineMs: 400,
  });
  return { model, warned };
}

export const NEVER = new AbortController().signal;
