import { defineCommand } from '../src/app/command.ts';
import { actionAnswer } from './layout/action-answer.ts';
import { decideProtection } from './layout/decide-protection.ts';

/** The asker takes a preview back, or an approver turns it down. */
export const cancel = defineCommand({
  name: 'cancel',
  access: 'decide',
  options: [{ name: 'token', type: 'token', neededUnless: [] }],
  async run(context, options) {
    const token = options['token'] ?? '';
    const own = await decideProtection('cancel', { token, typed: null }, context);
    if (own !== null) return own;
    return actionAnswer(await context.actions.cancel(token), context);
  },
});
