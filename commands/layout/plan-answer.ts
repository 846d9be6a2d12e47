import type { Answer, AnswerButton, CommandContext, Refusal } from '../../src/app/command.ts';
import type { PlanCard, PlanRefusal } from '../../src/app/protection/plan-draft.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import { note } from '../../src/replies/table-of.ts';
import { latchNotes } from './latch-answer.ts';
import { planRefusalText, planText } from './plan-text.ts';
import { planData, planTable } from './protection-view.ts';

/** A plan on its way to be agreed to. */
export function planAnswer(
  made: Result<PlanCard, PlanRefusal>,
  context: CommandContext,
): Result<Answer, Refusal> {
  if (!made.ok) return err({ text: planRefusalText(made.error, context) });
  const { token, draft } = made.value;
  const { say, format } = context;
  const { state, plan, asker, expiresAt, changedAt } = draft;
  const expires = note(say('action.expires', { time: format.time(expiresAt) }));
  const next = {
    pending: [note(say('action.confirmWith', { line: `/confirm ${token}` })), expires],
    confirmed: [
      note(say('action.waits', { person: asker.person })),
      note(say('action.approveWith', { line: `/approve ${token}` })),
      expires,
    ],
    agreed: [],
    cancelled: [],
  };
  const shared = { token, action: 'protect', account: plan.account, id: plan.id };
  const outcome = { ...shared, state: OUTCOME[state], reason: null };
  return ok({
    data:
      state === 'pending'
        ? {
            preview: {
              ...shared,
              needsApproval: true,
              expiresAt: new Date(expiresAt).toISOString(),
            },
          }
        : { outcome },
    gaps: [],
    buttons: buttonsOf(made.value, context),
    reply: {
      title: say(`plan.state.${state}`, { plan: plan.id }),
      severity: state === 'agreed' ? 'ok' : null,
      ...{ figures: [], tables: [], paragraphs: planText(plan, context) },
      notes: next[state],
      takenAt: changedAt,
    },
  });
}

const OUTCOME = {
  ...{ pending: 'pending', confirmed: 'pending', agreed: 'done', cancelled: 'cancelled' },
} as const;

function buttonsOf({ token, draft }: PlanCard, { say }: CommandContext): AnswerButton[] {
  const cancel: AnswerButton = {
    ...{ label: say('action.button.cancel'), style: 'plain', line: `/cancel ${token}` },
  };
  if (draft.state === 'pending') {
    const line = `/confirm ${token}`;
    return [{ label: say('action.button.confirm'), style: 'success', line }, cancel];
  }
  if (draft.state !== 'confirmed') return [];
  const line = `/approve ${token}`;
  return [{ label: say('action.button.approve'), style: 'success', line }, cancel];
}

/** Every plan that this person may see. */
export async function planListAnswer(context: CommandContext): Promise<Result<Answer, Refusal>> {
  const { protection, say, now } = context;
  if (!protection) return err({ text: say('protect.off') });
  const [plans, latch] = await Promise.all([protection.plans(), protection.latch()]);
  return ok({
    data: { plans: plans.map(planData) },
    gaps: [],
    reply: {
      title: say('plan.table'),
      severity: null,
      figures: [],
      tables: [planTable(plans, context)],
      paragraphs: [],
      notes: [...latchNotes(latch, context), note(say('plan.how'))],
      takenAt: now,
    },
  });
}
