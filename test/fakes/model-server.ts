import type { StubHandler, StubReply } from './stub-http.ts';

/** What an OpenAI-compatible server answers when all is well. */
export function completion(
  content: string | null,
  more: Readonly<Record<string, unknown>> = {},
): StubReply {
  const { finish_reason = 'stop', message, ...rest } = more;
  return {
    body: {
      id: 'c',
      object: 'chat.completion',
      created: 1,
      model: 'stand-in-1',
      choices: [
        { index: 0, finish_reason, message: { role: 'assistant', content, ...(message ?? {}) } },
      ],
      usage: { prompt_tokens: 377, completion_tokens: 98, total_tokens: 475 },
      ...rest,
    },
  };
}

export const failing = (
  status: number,
  error: Readonly<Record<string, unknown>> | string = {},
  headers: Readonly<Record<string, string>> = {},
): StubReply => ({ status, headers, body: typeof error === 'string' ? error : { error } });

/** Each answer once, the last one for ever. */
export function inOrder(
  first: ReturnType<StubHandler>,
  ...more: ReturnType<StubHandler>[]
): StubHandler {
  const left = [first, ...more];
  return () => (left.length > 1 ? left.shift() : left[0]) ?? first;
}
