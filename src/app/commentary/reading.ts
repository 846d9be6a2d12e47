import type { Commentary } from '../../commentary/commentary.ts';
import type { ModelFault } from '../../ports/language-model.ts';
import type { Translate } from '../../replies/translate.ts';

/** What is shown of a commentary: its paragraphs, and a line that says who ranked it and what is proven. */
export interface Reading {
  readonly mode: Commentary['mode'];
  readonly paragraphs: readonly string[];
  readonly verified: Commentary['verified'];
}

/** Why a model was of no use: its own fault, or a plan that could not be used. */
export type PlanFault = ModelFault | 'no-plan' | 'not-true';

/** `fault`: why a model that was asked did not rank; null: none was, or it did. */
export function readingOf(
  { mode, paragraphs, verified }: Commentary,
  by: { readonly model: string | null; readonly fault: PlanFault | null },
  say: Translate,
): Reading {
  const { shown, proven } = verified;
  const figures = { shown, proven };
  const footer =
    mode === 'plan'
      ? say('commentary.plan', { ...figures, model: by.model ?? '' })
      : by.fault === null
        ? say('commentary.rule', figures)
        : say('commentary.fault', { ...figures, reason: say(`commentary.fault.${by.fault}`) });
  return { mode, paragraphs: [...paragraphs, footer], verified };
}
