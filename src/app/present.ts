import type { Gap } from '../portfolio/snapshot.ts';
import type { Formatter } from '../replies/format.ts';
import { gapReason } from '../replies/gap-text.ts';
import { renderText, type TextOptions } from '../replies/render-text.ts';
import type { Translate } from '../replies/translate.ts';
import { wrapText } from '../replies/wrap-text.ts';
import { answerJson } from './answer-json.ts';
import type { Outcome } from './dispatch.ts';

/** What a command line tool prints and how it exits. */
export interface Printed {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface PrintOptions extends TextOptions {
  readonly locale: string;
  readonly json: boolean;
  readonly say: Translate;
  readonly format: Formatter;
}

/** The reply, or the problem, as text for a person. */
export function presentText(outcome: Outcome, options: TextOptions): string {
  if (outcome.answer) return renderText(outcome.answer.reply, options);
  return wrapText(outcome.problem ?? '', options.width).join('\n');
}

/** An answer goes to standard output, a refusal or failure to standard error. */
export function presentPrinted(outcome: Outcome, options: PrintOptions): Printed {
  if (!outcome.answer) {
    // What was typed is quoted in it, and may hold line breaks.
    const line = (outcome.problem ?? '').replace(/\s+/gu, ' ');
    return { exit: outcome.exit, stdout: '', stderr: `${line}\n` };
  }
  const text = presentText(outcome, options);
  const reasonOf = (gap: Gap) => gapReason(gap, { ...options, now: outcome.takenAt });
  const stdout = options.json
    ? answerJson({ outcome, locale: options.locale, text, reasonOf })
    : text;
  return { exit: outcome.exit, stdout: `${stdout}\n`, stderr: '' };
}
