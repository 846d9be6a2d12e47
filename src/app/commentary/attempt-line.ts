import type { HashText } from '../../actions/hash-text.ts';
import { PROMPT_VERSION } from '../../commentary/blind-sheet.ts';
import type { Report } from '../../commentary/sheet.ts';
import type { CommentaryAttempt } from '../../ports/commentary-record.ts';
import type { LanguageModel, ModelRequest } from '../../ports/language-model.ts';
import type { Ranked } from './rank.ts';
import type { PlanFault, Reading } from './reading.ts';

/** What came of having a report ranked. */
export interface Attempt {
  readonly report: Report;
  readonly reader: { readonly trigger: string };
  readonly ranked: Ranked;
  readonly reading: Reading;
  readonly verdicts: readonly string[];
  readonly fault: PlanFault | null;
  readonly moved: boolean;
}

interface By {
  readonly request: ModelRequest;
  readonly model: Pick<LanguageModel, 'name' | 'host'>;
  readonly now: number;
  readonly hash: HashText;
}

/** The line that is kept of it. */
export function attemptLine(
  attempt: Attempt,
  { request, model, now, hash }: By,
): CommentaryAttempt {
  const { ranked, reading } = attempt;
  const { answer, plan } = ranked;
  return {
    at: now,
    trigger: attempt.reader.trigger,
    promptVersion: PROMPT_VERSION,
    sheetHash: hash(request.user),
    host: model.host,
    modelAsked: model.name,
    modelAnswered: answer?.model ?? null,
    isFromMemory: ranked.isFromMemory,
    tokensIn: answer?.tokens?.input ?? null,
    tokensOut: answer?.tokens?.output ?? null,
    costUsd: answer?.costUsd?.toFixed() ?? null,
    tookMs: ranked.tookMs,
    fault: attempt.fault,
    plan: plan.ok ? plan.value : null,
    verdicts: attempt.verdicts,
    ...reading.verified,
    mode: reading.mode,
    hasMoved: attempt.moved,
    snapshotAt: attempt.report.snapshot.takenAt,
    textHash: hash(reading.paragraphs.join('\n')),
  };
}
