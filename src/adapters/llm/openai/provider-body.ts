import type { ModelRequest } from '../../../ports/language-model.ts';

/** What a provider turned out to understand. */
export interface Abilities {
  readonly format: 'json_schema' | 'json_object' | 'none';
  readonly tokenField: 'max_tokens' | 'max_completion_tokens';
  readonly hasTemperature: boolean;
}

const TEMPERATURE = 0.3;

/** The whole body of a request: model, two messages, one token limit, and what the provider understands. */
export function providerBody(request: ModelRequest, model: string, can: Abilities) {
  // A grammar that is enforced needs no example, and every word costs.
  const example = can.format === 'json_schema' ? '' : request.example;
  const system = example === '' ? request.system : `${request.system}\nExample:\n${example}`;
  const { name, schema } = request.schema;
  return {
    model,
    messages: [
      { role: 'system' as const, content: system },
      { role: 'user' as const, content: request.user },
    ],
    ...(can.tokenField === 'max_tokens'
      ? { max_tokens: request.maxTokens }
      : { max_completion_tokens: request.maxTokens }),
    ...(can.hasTemperature && { temperature: TEMPERATURE }),
    ...(can.format === 'json_schema' && {
      response_format: {
        type: 'json_schema' as const,
        json_schema: { name, strict: true, schema: { ...schema } },
      },
    }),
    ...(can.format === 'json_object' && { response_format: { type: 'json_object' as const } }),
  };
}

export type ProviderBody = ReturnType<typeof providerBody>;
