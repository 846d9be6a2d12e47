import type { Gap } from '../portfolio/snapshot.ts';
import type { Outcome } from './dispatch.ts';

export interface AnswerJson {
  readonly outcome: Outcome;
  readonly locale: string;
  /** The rendered reply. */
  readonly text: string;
  readonly reasonOf: (gap: Gap) => string;
}

/** The one object that `ask --json` prints (see the README). */
export function answerJson({ outcome, locale, text, reasonOf }: AnswerJson): string {
  const gaps = outcome.answer?.gaps ?? [];
  const object = {
    command: outcome.command,
    takenAt: new Date(outcome.takenAt).toISOString(),
    locale,
    partial: outcome.exit === 3,
    gaps: gaps.map((gap) => ({
      account: gap.account,
      venue: gap.venue,
      kind: gap.kind,
      reason: reasonOf(gap),
      scope: gap.scope,
      lastGoodAt: gap.lastGoodAt === null ? null : new Date(gap.lastGoodAt).toISOString(),
    })),
    data: outcome.answer?.data ?? null,
    text,
    commentary: commentaryJson(outcome.reading ?? null),
  };
  return JSON.stringify(object, jsonFigure);
}

function commentaryJson(reading: Outcome['reading'] | null) {
  if (!reading) return null;
  const { mode, paragraphs, verified } = reading;
  return { mode, text: paragraphs.join('\n'), verified };
}

/** Decimals have turned themselves into text before a replacer sees them. */
const NO_FIGURES: readonly unknown[] = ['NaN', 'Infinity', '-Infinity'];

/**
 * Figures are decimal strings, and null where one is no number. A fractional number here is a float that
 * slipped in, which is a bug worth a crash in tests rather than a wrong last digit in somebody's sheet.
 */
export function jsonFigure(key: string, value: unknown): unknown {
  if (NO_FIGURES.includes(value)) return null;
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new TypeError(`${key} is a float`);
  }
  return value;
}
