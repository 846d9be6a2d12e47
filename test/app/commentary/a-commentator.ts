import { createHash } from 'node:crypto';
import { createPlanCache } from '../../../src/adapters/cache/node-cache/plan-cache.ts';
import { createCommentator, type Reader } from '../../../src/app/commentary/commentator.ts';
import type { Report } from '../../../src/commentary/sheet.ts';
import { dec } from '../../../src/domain/decimal.ts';
import type { Result } from '../../../src/domain/result.ts';
import { err, ok } from '../../../src/domain/result.ts';
import { asUsd } from '../../../src/domain/units.ts';
import type { Snapshot } from '../../../src/portfolio/snapshot.ts';
import type { CommentaryAttempt } from '../../../src/ports/commentary-record.ts';
import type { LanguageModel, ModelAnswer, ModelFault } from '../../../src/ports/language-model.ts';
import { createFormatter } from '../../../src/replies/format.ts';
import { createTranslate, type Locale } from '../../../src/replies/translate.ts';
import { assessDesk } from '../../../src/risk/assess-desk.ts';
import { judgeDesk } from '../../../src/risk/probability/judge-desk.ts';
import { type AccountFacts, snapshotOf } from '../../commands/small-desk.ts';
import { NOW } from '../../commands/small-market.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

export const A: AccountFacts = {
  ...{ id: 'desk-a', venue: 'bybit', equity: '1000', available: '200' },
  ...{ initial: '800', maintenance: '100', coins: { USDT: '1000' } },
  fundedBy: ['desk-b'],
};
export const B: AccountFacts = {
  ...{ id: 'desk-b', venue: 'bybit', equity: '900', available: '300' },
  ...{ initial: '540', maintenance: '50', coins: { USDT: '900' } },
};

/** Judged without a market, as before the first candle. */
export function reportOf(snapshot: Snapshot): Report {
  const evidence = {
    ...{ outlooks: new Map(), fundingAnnual: new Map(), depth: new Map() },
    simulation: null,
  };
  return { snapshot, desk: judgeDesk(assessDesk(snapshot), evidence) };
}

export const readerIn = (locale: Locale): Reader => ({
  ...{ locale, say: createTranslate(locale), format: createFormatter(locale, 'UTC') },
  ...{ trigger: 'margin', priority: 'reply' },
});

export const item = (fact: string, act: string | null = null, ...aclaims: string[]) => ({
  ...{ fact, claims: ['beyond'], act, aclaims },
});
export const planText = (...items: object[]) => JSON.stringify({ items });

export function answerOf(text: string): Result<ModelAnswer, ModelFault> {
  const tokens = { input: 300, output: 50 };
  return ok({ text, model: 'm-1', tokens, costUsd: asUsd(dec('0.001')) });
}
export const faultOf = (fault: ModelFault): Result<ModelAnswer, ModelFault> => err(fault);

/** A commentator whose model answers as told; null: no model. */
export function aCommentator(answer: Result<ModelAnswer, ModelFault> | null) {
  const clock = fakeClock(NOW);
  const attempts: CommentaryAttempt[] = [];
  const desk = { lastKnown: snapshotOf(A, B) };
  const asked: string[] = [];
  const model: LanguageModel = {
    ...{ name: answer === null ? null : 'm', host: 'h', bodyOf: () => null },
    ask: async ({ user }) => {
      asked.push(user);
      return answer ?? err('off');
    },
  };
  const commentator = createCommentator({
    ...{ model, clock, cache: createPlanCache(), signal: new AbortController().signal },
    record: { attempted: (line) => attempts.push(line) },
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    lastKnown: () => desk.lastKnown,
  });
  return { commentator, clock, attempts, asked, desk };
}
