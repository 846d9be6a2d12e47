import { defineCommand } from '../src/app/command.ts';
import { actionAnswer } from './layout/action-answer.ts';
import { flattenAnswer } from './layout/flatten-answer.ts';

/** The asker takes a preview back, or an approver turns it down. */
export const cancel = defineCommand({
  name: 'cancel',
  access: 'decide',
  options: [{ name: 'token', type: 'token', neededUnless: [] }],
  async run(context, options) {
    const token = options['token'] ?? '';
    const { protection } = context;
    if (protection?.isFlatten(token)) return flattenAnswer(await protection.cancel(token), context);
    return actionAnswer(await context.actions.cancel(token), context);
  },
});
