import { z } from 'zod';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { ModelFault } from '../../../ports/language-model.ts';

export interface Completion {
  readonly text: string;
  readonly model: string;
}

export type Tokens = { readonly input: number; readonly output: number } | null;

const count = z.int().nonnegative();
const usage = z.object({ prompt_tokens: count, completion_tokens: count });
const completion = z.object({
  model: z.string().default(''),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
});

/** What a 200 holds. Gateways answer a page, nothing, or an error with it: no shape is trusted. */
export function readCompletion(raw: unknown): Result<Completion, ModelFault> {
  const parsed = completion.safeParse(raw);
  const [choice] = parsed.success ? parsed.data.choices : [];
  if (!parsed.success || choice === undefined) return err('bad-shape');
  const { finish_reason: finish, message } = choice;
  if (message.refusal) return err('refusal');
  switch (finish) {
    case 'stop':
      return message.content
        ? ok({ text: message.content, model: parsed.data.model })
        : err('bad-shape');
    case 'length':
      return err('length');
    case 'content_filter':
      return err('filter');
    case 'tool_calls':
    case 'function_call':
      return err('unexpected');
    default:
      return err('bad-shape');
  }
}

/** What was used, also by an answer that is of no use. */
export function readTokens(raw: unknown): Tokens {
  const parsed = z.object({ usage }).safeParse(raw);
  if (!parsed.success) return null;
  const { prompt_tokens: input, completion_tokens: output } = parsed.data.usage;
  return { input, output };
}
