import { defineCommand } from '../src/app/command.ts';
import { actionAnswer } from './layout/action-answer.ts';

/** The asker takes a preview back, or an approver turns it down. */
export const cancel = defineCommand({
  name: 'cancel',
  access: 'decide',
  options: [{ name: 'token', type: 'token', neededUnless: [] }],
  async run(context, options) {
    return actionAnswer(await context.actions.cancel(options['token'] ?? ''), context);
  },
});
