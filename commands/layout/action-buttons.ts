import type { ActionCard } from '../../src/app/actions/action-desk.ts';
import type { AnswerButton, CommandContext } from '../../src/app/command.ts';
import { plain } from './action-text.ts';

/** What can be done about an action now. A button holds only what names it: who presses is looked at then. */
export function actionButtons(card: ActionCard, { say }: CommandContext): AnswerButton[] {
  const { state, token, isConfirmed, needsApproval, amount } = card;
  if (state === 'unknown' || state === 'executing') {
    return [{ label: say('action.button.check'), style: 'plain', line: `/check ${token}` }];
  }
  if (state !== 'pending') return [];
  const cancel: AnswerButton = {
    ...{ label: say('action.button.cancel'), style: 'plain', line: `/cancel ${token}` },
  };
  if (isConfirmed) {
    const line = `/approve ${token}`;
    return [{ label: say('action.button.approve'), style: 'success', line }, cancel];
  }
  const isTyped = needsApproval && amount !== null;
  const typed = isTyped
    ? {
        typed: {
          title: say('action.typed.title'),
          label: say('action.typed.label', { amount: plain(amount) }),
          example: plain(amount),
        },
      }
    : {};
  const label = say('action.button.confirm');
  const line = isTyped ? `/confirm ${token} amount=` : `/confirm ${token}`;
  return [{ label, style: 'success', line, ...typed }, cancel];
}
