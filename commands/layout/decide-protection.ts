import type { Answer, CommandContext, Refusal } from '../../src/app/command.ts';
import type { Result } from '../../src/domain/result.ts';
import { flattenAnswer } from './flatten-answer.ts';
import { planAnswer } from './plan-answer.ts';

/** A click on a flatten or a plan; null: the token is an action's. */
export async function decideProtection(
  verb: 'confirm' | 'approve' | 'cancel' | 'check',
  to: { readonly token: string; readonly typed: string | null },
  context: CommandContext,
): Promise<Result<Answer, Refusal> | null> {
  const { protection } = context;
  if (!protection) return null;
  const { token } = to;
  if (protection.isFlatten(token)) return flattenAnswer(await protection[verb](to), context);
  if (protection.plan.isOurs(token)) return planAnswer(await protection.plan[verb](token), context);
  return null;
}
