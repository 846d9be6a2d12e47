import { createHash } from 'node:crypto';
import { createPlanCache } from '../adapters/cache/node-cache/plan-cache.ts';
import { createAttemptFile } from '../adapters/log/attempt-file.ts';
import { type Commentator, createCommentator } from '../app/commentary/commentator.ts';
import { err } from '../domain/result.ts';
import type { Snapshot } from '../portfolio/snapshot.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import { clock, log } from './parts.ts';
import type { Setup } from './setup.ts';

export interface CommentaryRunning {
  readonly commentator: Commentator;
  readonly model: LanguageModel;
}

/** Readings, and the model behind them where one is configured: its SDK is only loaded then. */
export async function openCommentary(
  setup: Setup,
  desk: { lastKnown(): Snapshot; readonly signal: AbortSignal },
): Promise<CommentaryRunning> {
  const model = await modelOf(setup);
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const record = createAttemptFile(setup.attemptFile, log);
  const cache = createPlanCache();
  return { model, commentator: createCommentator({ ...desk, model, cache, record, clock, hash }) };
}

async function modelOf({ commentary, connections, chat }: Setup): Promise<LanguageModel> {
  if (commentary.model === null) return NO_MODEL;
  const { createLanguageModel } = await import('../adapters/llm/openai/create-language-model.ts');
  const keys = connections.flatMap(({ credentials }) =>
    Object.values(credentials).filter((value) => typeof value === 'string'),
  );
  const tokens = [chat.discord?.token, chat.telegram?.token].filter((each) => each !== undefined);
  const secrets = [...keys, ...tokens, commentary.model.apiKey];
  return createLanguageModel({ settings: commentary.model, clock, log, secrets });
}

const NO_MODEL: LanguageModel = {
  name: null,
  host: null,
  bodyOf: () => null,
  ask: async () => err('off'),
};
